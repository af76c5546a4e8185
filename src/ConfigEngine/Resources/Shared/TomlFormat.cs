namespace ConfigEngine.Resources;

/// <summary>
/// TOML. A new entry is written at the end of its table; a new table at the end of the file, or with dots in its name where it belongs to
/// one entry of a list.
/// </summary>
sealed class TomlFormat : DataFormat
{
    /// <summary>The format.</summary>
    public static TomlFormat Only { get; } = new();

    /// <inheritdoc/>
    public override string Name => "TOML";

    /// <inheritdoc/>
    public override DataNode Read(string text) => new TomlReader(this, text).Read();

    /// <inheritdoc/>
    protected override string Replace(string text, DataNode there, DataValue value) =>
        text[..there.Start] + Write(value, text[there.Start]) + text[there.End..];

    /// <inheritdoc/>
    protected override string Insert(string text, DataNode root, DataPath path, int depth, DataNode map, DataValue value)
    {
        List<string> names = [.. path.Steps.Skip(depth).Select(step => step.Name ?? "")];
        var table = (TomlTable)map;
        var section = table.Section;
        if (table.Origin is TomlOrigin.Inline)
        {
            var entry = Inline(names, value);
            return table.Entries.Count == 0
                ? text[..table.Start] + $"{{ {entry} }}" + text[table.End..]
                : text[..table.LastEnd] + $", {entry}" + text[table.LastEnd..];
        }

        if (table.Origin is TomlOrigin.Dotted)
        {
            var dotted = path.Steps.Take(depth).Select(step => step.Name).OfType<string>().Skip(section.Names.Count);
            return Line(text, section, (table.LastLine, table.LastEnd), [.. dotted, .. names], value);
        }

        if (table.Origin is TomlOrigin.Section && (names.Count == 1 || section.IsInEntry))
            return Line(text, section, section.Last, names, value);
        if (path.Steps.Any(step => step.Name is null))
            throw new DataRefusedException(
                $"{path.First(depth)} has no line [{path.First(depth)}] of its own",
                "write that line by hand first"
            );
        var newLine = DataText.NewLine(text);
        List<string> all = [.. path.Steps.Select(step => step.Name ?? "")];
        var start =
            text.TrimStart('\uFEFF').Length == 0 ? ""
            : text.EndsWith('\n') ? newLine
            : newLine + newLine;
        return text + $"{start}[{Keys(all.SkipLast(1))}]{newLine}{Keys(all.TakeLast(1))} = {Write(value, '"')}{newLine}";
    }

    /// <summary>
    /// The text with an entry in a line of its own: after another one, after the line in brackets, or before the first of these.
    /// </summary>
    static string Line(string text, TomlSection section, (int Line, int End)? lastEntry, IEnumerable<string> names, DataValue value)
    {
        if (lastEntry is var (lastLine, end))
            return DataText.AddLines(
                text,
                end,
                $"{DataText.Indent(text, lastLine)}{Keys(names)}{Between(text, lastLine)}{Write(value, '"')}"
            );
        var line = $"{Keys(names)} = {Write(value, '"')}";
        if (section.Names.Count > 0)
            return DataText.AddLines(text, section.Start, DataText.Indent(text, section.Start) + line);

        // Before the first line in brackets, with the comments right above it.
        var newLine = DataText.NewLine(text);
        var first = section.BodyStart;
        var (at, isThere) = (first, false);
        for (var i = first; i < text.Length && !isThere; i = DataText.NextLine(text, i))
        {
            var content = text[i..DataText.LineEnd(text, i)].TrimStart();
            isThere = content is ['[', ..];
            if (!isThere && content is not ['#', ..])
                at = DataText.NextLine(text, i);
        }

        return isThere ? text[..at] + line + newLine + (text[at] is '[' or '#' ? newLine : "") + text[at..]
            : text.Length == first ? text + line + newLine
            : DataText.AddLines(text, text.Length - 1, line);
    }

    /// <summary>What is between the name and the value in a line.</summary>
    static string Between(string text, int line)
    {
        var whole = text[line..DataText.LineEnd(text, line)];
        var at = whole.IndexOf('=', StringComparison.Ordinal);
        if (at < 0 || whole.AsSpan(0, at).IndexOfAny('"', '\'') >= 0)
            return " = ";
        var from = whole[..at].TrimEnd().Length;
        var to = at + 1;
        while (to < whole.Length && whole[to] is ' ' or '\t')
            to++;
        return whole[from..to];
    }

    /// <inheritdoc/>
    protected override string Take(string text, DataNode root, DataPath path, DataNode map, int index)
    {
        var (_, start, value) = map.Entries[index];
        if (value is TomlList or TomlTable { Origin: not TomlOrigin.Inline })
            throw new DataRefusedException(
                $"{path} is a table with lines of its own",
                "take each value in it out, or write the file whole with a File"
            );
        if (map is not TomlTable { Origin: TomlOrigin.Inline } inline)
            return DataText.Without(text, start, value.End, "#");
        if (index == map.Entries.Count - 1)
            return index == 0
                ? text[..inline.Start] + "{}" + text[inline.End..]
                : text[..map.Entries[index - 1].Value.End] + text[value.End..];
        return text[..start] + text[map.Entries[index + 1].Start..];
    }

    static string Inline(List<string> names, DataValue value) =>
        $"{Keys(names[..1])} = {(names.Count == 1 ? Write(value, '"') : $"{{ {Inline(names[1..], value)} }}")}";

    static string Keys(IEnumerable<string> names) => string.Join('.', names.Select(name => IsBare(name) ? name : DataText.Quote(name)));

    static bool IsBare(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    static string Write(DataValue value, char was) =>
        value.Kind switch
        {
            DataKind.Text when was is '\'' && !value.Text.Any(c => char.IsControl(c) || c is '\'') => $"'{value.Text}'",
            DataKind.Text => DataText.Quote(value.Text),
            DataKind.Float => DataNumber.Fraction(value.Text),
            _ => value.Text,
        };
}
