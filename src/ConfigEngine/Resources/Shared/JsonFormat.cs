namespace ConfigEngine.Resources;

/// <summary>JSON. A new entry is written as the others of its map are: on a line of its own or not, with their indentation.</summary>
sealed class JsonFormat : DataFormat
{
    /// <summary>The format.</summary>
    public static JsonFormat Only { get; } = new();

    /// <inheritdoc/>
    public override string Name => "JSON";

    /// <inheritdoc/>
    public override DataNode Read(string text) => new JsonReader(this, text).Read();

    /// <summary>In JSON there is one type of number: 1 is 1.0.</summary>
    protected override bool IsSame(DataNode there, DataValue value) =>
        there.Kind is DataKind.Integer or DataKind.Float && value.Kind is DataKind.Integer or DataKind.Float
            ? DataNumber.Said(there.Said) == DataNumber.Said(value.Text)
            : base.IsSame(there, value);

    /// <inheritdoc/>
    protected override string Replace(string text, DataNode there, DataValue value) =>
        text[..there.Start] + Write(value) + text[there.End..];

    /// <inheritdoc/>
    protected override string Insert(string text, DataNode root, DataPath path, int depth, DataNode map, DataValue value)
    {
        var newLine = DataText.NewLine(text);
        List<string> names = [.. path.Steps.Skip(depth).Select(step => step.Name ?? "")];
        if (map.Start == map.End)
            return text
                + (text.TrimEnd('\uFEFF').Length == 0 || text.EndsWith('\n') ? "" : newLine)
                + Wrapped("", "  ", newLine, names)
                + newLine;
        var outer = DataText.Indent(text, map.Start);
        if (map.Entries is not [.., var last])
        {
            var inner = text[(map.Start + 1)..(map.End - 1)];
            if (inner.Contains('\n', StringComparison.Ordinal))
            {
                var line = DataText.LineStart(text, map.End - 1);
                return text[..line]
                    + $"{outer}{Unit(text, root)}{Entry(outer + Unit(text, root), Unit(text, root), newLine)}{newLine}"
                    + text[line..];
            }

            var isWide = map == root || text.Contains('\n', StringComparison.Ordinal);
            return isWide && inner.Trim().Length == 0
                ? text[..map.Start] + Wrapped(outer, Unit(text, root), newLine, names) + text[map.End..]
                : text[..(map.End - 1)].TrimEnd(' ') + (inner.Trim().Length == 0 ? "" : " ") + Entry("", "", null) + text[(map.End - 1)..];
        }

        var isApart = DataText.IsFirstInLine(text, last.Start) && text[map.Start..map.End].Contains('\n', StringComparison.Ordinal);
        var after = JsonReader.After(this, text, last.Value.End);
        var ends = text[after] is ',';
        var end = ends ? after + 1 : last.Value.End;
        var (before, rest) = (text[..end] + (ends ? "" : ","), text[end..]);
        if (!isApart)
            return before + " " + Entry("", "", null) + (ends ? "," : "") + rest;
        var indent = DataText.Indent(text, last.Start);
        var comment = OwnComment(rest);
        return before
            + rest[..comment]
            + newLine
            + indent
            + Entry(indent, Unit(text, root), newLine)
            + (ends ? "," : "")
            + rest[comment..];

        string Entry(string indent, string unit, string? newLine) =>
            DataText.Quote(names[0])
            + Colon(text, map)
            + (
                names.Count == 1 ? Write(value)
                : newLine is null ? Inline(names[1..])
                : Wrapped(indent, unit, newLine, names[1..])
            );

        string Wrapped(string indent, string unit, string newLine, List<string> inner)
        {
            var deeper = indent + unit;
            var content = inner.Count == 1 ? Write(value) : Wrapped(deeper, unit, newLine, inner[1..]);
            return $"{{{newLine}{deeper}{DataText.Quote(inner[0])}{Colon(text, map)}{content}{newLine}{indent}}}";
        }

        string Inline(List<string> inner) => $"{{{DataText.Quote(inner[0])}: {(inner.Count == 1 ? Write(value) : Inline(inner[1..]))}}}";
    }

    /// <summary>How many characters of a rest are a comment that ends its line; 0 where something else follows in the line.</summary>
    static int OwnComment(string rest)
    {
        var line = rest[..DataText.LineEnd(rest, 0)];
        var said = line.Trim();
        return
            said.StartsWith("//", StringComparison.Ordinal)
            || (
                said.StartsWith("/*", StringComparison.Ordinal)
                && said.IndexOf("*/", StringComparison.Ordinal) is > 0 and var end
                && end == said.Length - 2
            )
            ? line.Length
            : 0;
    }

    /// <summary>What is between a name and its value, as the last entry of a map has it.</summary>
    static string Colon(string text, DataNode map)
    {
        if (map.Entries is not [.., { Start: var start, Value.Start: var value }])
            return ": ";
        var between = text[start..value];
        var tail = between[(between.LastIndexOf('"') + 1)..];
        return tail.Trim() is ":" && !tail.Contains('\n', StringComparison.Ordinal) ? tail : ": ";
    }

    /// <summary>The indentation of one level: that of the first entry of the file.</summary>
    static string Unit(string text, DataNode root) =>
        root.Entries is [var first, ..]
        && DataText.IsFirstInLine(text, first.Start)
        && DataText.Indent(text, first.Start) is { Length: > 0 } unit
            ? unit
            : "  ";

    /// <inheritdoc/>
    protected override string Take(string text, DataNode root, DataPath path, DataNode map, int index)
    {
        var (_, start, value) = map.Entries[index];
        var after = JsonReader.After(this, text, value.End);
        if (text[after] is ',')
            return DataText.Without(text, start, after + 1, "//");
        var cut = DataText.Without(text, start, value.End, "//");
        if (index == 0)
            return cut;
        var comma = JsonReader.After(this, text, map.Entries[index - 1].Value.End);
        var without = cut[..comma] + cut[(comma + 1)..];
        return DataText.IsFirstInLine(text, start) ? without : without[..comma] + without[comma..].TrimStart(' ');
    }

    static string Write(DataValue value) => value.Kind is DataKind.Text ? DataText.Quote(value.Text) : value.Text;
}
