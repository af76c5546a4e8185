using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// YAML. A text is written without quotes only where every version of YAML reads it as a text. A new entry is written at the end of its
/// map, in the style of that map.
/// </summary>
sealed partial class YamlFormat : DataFormat
{
    /// <summary>The format.</summary>
    public static YamlFormat Only { get; } = new();

    /// <inheritdoc/>
    public override string Name => "YAML";

    /// <inheritdoc/>
    public override DataNode Read(string text) => new YamlReader(this, text).Read();

    /// <summary>Where nothing is written after a name, values can be added below it.</summary>
    protected override bool CanHold(DataNode node) => node.Kind is DataKind.Null && node.Start == node.End;

    /// <inheritdoc/>
    protected override string Replace(string text, DataNode there, DataValue value) =>
        there.Start == there.End
            ? text[..there.Start] + " " + Write(value, '\0') + text[there.End..]
            : text[..there.Start] + Write(value, text[there.Start]) + text[there.End..];

    /// <inheritdoc/>
    protected override string Insert(string text, DataNode root, DataPath path, int depth, DataNode map, DataValue value)
    {
        if (map.IsMerged)
            throw new DataRefusedException(
                $"{path.First(depth + 1)} may come from what is merged there (<<)",
                "write it by hand, or the whole file with a File"
            );
        List<string> names = [.. path.Steps.Skip(depth).Select(step => step.Name ?? "")];
        if (map.IsFlow)
        {
            var inline = Inline(names, value);
            return map.Entries is [.., { Value.End: var end }]
                ? text[..end] + ", " + inline + text[end..]
                : text[..(map.Start + 1)] + inline + text[(map.End - 1)..];
        }

        var unit = Unit(root, text);
        if (map.Kind is DataKind.Null)
            return DataText.AddLines(
                text,
                map.Start,
                Lines(names, value, Spaces(text, EntryOf(root, path, depth).Start) + unit, unit, DataText.NewLine(text))
            );
        if (map.Entries is not [var first, ..])
        {
            var added = Lines(names, value, "", unit, DataText.NewLine(text));
            return text.TrimStart('\uFEFF').Length == 0
                ? text + added + DataText.NewLine(text)
                : DataText.AddLines(text, text.Length - 1, added);
        }

        return DataText.AddLines(
            text,
            Math.Max(0, map.End - 1),
            Lines(names, value, Spaces(text, first.Start), unit, DataText.NewLine(text))
        );
    }

    /// <summary>As many spaces as there are characters before a place in its line.</summary>
    static string Spaces(string text, int at) =>
        new(' ', at - DataText.LineStart(text, at) - (text is ['\uFEFF', ..] && DataText.LineStart(text, at) == 0 ? 1 : 0));

    /// <summary>The spaces of one level: those of the first map in a map.</summary>
    static string Unit(DataNode root, string text) =>
        root.Entries.Select(entry => entry.Value)
            .Where(value => value is { Kind: DataKind.Map, IsFlow: false, Entries.Count: > 0 })
            .Select(value => DataText.Indent(text, value.Start))
            .FirstOrDefault(indent => indent.Length > 0)
        ?? "  ";

    static string Lines(List<string> names, DataValue value, string indent, string unit, string newLine) =>
        names.Count == 1
            ? $"{indent}{Key(names[0])}: {Write(value, '\0')}"
            : $"{indent}{Key(names[0])}:{newLine}{Lines(names[1..], value, indent + unit, unit, newLine)}";

    static string Inline(List<string> names, DataValue value) =>
        $"{Key(names[0])}: {(names.Count == 1 ? Write(value, '\0') : $"{{{Inline(names[1..], value)}}}")}";

    /// <inheritdoc/>
    protected override string Take(string text, DataNode root, DataPath path, DataNode map, int index)
    {
        var (_, start, value) = map.Entries[index];
        if (value.Trouble is { } trouble)
            throw new DataRefusedException($"{path} {trouble}", "take it out by hand");
        if (map.IsFlow)
            return index < map.Entries.Count - 1 ? text[..start] + text[map.Entries[index + 1].Start..]
                : index > 0 ? text[..map.Entries[index - 1].Value.End] + text[value.End..]
                : text[..(map.Start + 1)] + text[(map.End - 1)..];
        if (!DataText.IsFirstInLine(text, start))
            throw new DataRefusedException($"{path} is in the line where an entry of a list begins", "take it out by hand");
        var end = Math.Max(value.End, start + 1);
        var (first, next) = (DataText.LineStart(text, start), DataText.NextLine(text, end - 1));
        if (map.Entries.Count > 1 || map == root)
            return text[..first] + text[next..];

        // Without its only entry, a map would be null.
        if (path.Steps[^2].Name is null)
            throw new DataRefusedException($"{path} is the only value of an entry of a list", "take that entry out by hand");
        var after = EntryOf(root, path, path.Steps.Count - 1).AfterName;
        return text[..after] + " {}" + text[after..first] + text[next..];
    }

    static string Key(string name) => Safe().IsMatch(name) && YamlReader.Plainly(name) is DataKind.Text ? name : DataText.Quote(name);

    static string Write(DataValue value, char was) =>
        value.Kind switch
        {
            DataKind.Text when was is '\'' && !value.Text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF') =>
                $"'{value.Text.Replace("'", "''", StringComparison.Ordinal)}'",
            DataKind.Text when was is not '"' && Safe().IsMatch(value.Text) && YamlReader.Plainly(value.Text) is DataKind.Text =>
                value.Text,
            DataKind.Text => DataText.Quote(value.Text),
            DataKind.Float => DataNumber.Fraction(value.Text),
            _ => value.Text,
        };

    /// <summary>What needs no quotes anywhere.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./@%+=-]*( [A-Za-z0-9_./@%+=-]+)*\z")]
    private static partial Regex Safe();
}
