namespace ConfigEngine.Resources;

/// <summary>
/// The keys of a section in a file of sections: <c>[section]</c>, and below it <c>name = value</c>. Comments begin with <c>#</c> or
/// <c>;</c>. Everything that is not about the key stays as it is, with its spaces.
/// </summary>
/// <param name="lines">The lines of the file.</param>
/// <param name="section">The section; empty for what comes before the first one.</param>
/// <param name="name">The key.</param>
sealed class IniLines(TextLines lines, string section, string name)
{
    /// <summary>The lines with the key, in all sections of that name.</summary>
    public IReadOnlyList<int> There { get; } =
    [.. Sections(lines).Where(line => line.Section == section && NameOf(line.Text) == name).Select(line => line.Index)];

    /// <summary>The value of the first of them; null where there is none.</summary>
    public string? Value => There is [var at, ..] ? lines[at][(Separator(lines[at]) + 1)..].Trim() : null;

    /// <summary>
    /// Whether the value may go on in the next line, which is farther in than its own: some programs read it so, and others do not.
    /// </summary>
    public bool GoesOn => There is [.., var at] && IsMore(at + 1, Indent(lines[at]));

    bool IsMore(int at, int indent) =>
        at < lines.Count
        && lines[at].TrimStart() is { Length: > 0 } text
        && text[0] is not ('#' or ';' or '[')
        && Indent(lines[at]) > indent;

    /// <summary>Gives the key a value: in its own line, or in a new one at the end of the section.</summary>
    public void Set(string value)
    {
        if (There is [.., var at])
        {
            if (Value == value)
                return;
            var (before, rest) = (lines[at][..(Separator(lines[at]) + 1)], lines[at][(Separator(lines[at]) + 1)..]);
            lines[at] = before + rest[..(rest.Length - rest.TrimStart().Length)] + value;
            return;
        }

        var all = Sections(lines).ToList();
        var own = all.FindAll(line => line.Section == section);
        var like =
            own.Find(line => NameOf(line.Text) is not null).Text
            ?? all.Find(line => NameOf(line.Text) is not null).Text
            ?? all.Select(line => Suggested(line.Text)).FirstOrDefault(line => line is not null);
        var written = like is null ? $"{name} = {value}" : like[..Indent(like)] + name + Between(like) + value;
        if (own.Count == 0 && section.Length > 0)
        {
            if (lines.Count > 0 && lines[^1].Trim().Length > 0)
                lines.Add("");
            lines.Add($"[{section}]");
            lines.Add(written);
            return;
        }

        // After the last key: a comment at the end of a section may be about the next one.
        var last = own.FindLast(line => NameOf(line.Text) is not null || line.Text.TrimStart() is ['[', ..]);
        if (last.Text is null)
        {
            lines.Insert(0, written);
            return;
        }

        var end = last.Index + 1;
        while (IsMore(end, Indent(last.Text)))
            end++;
        lines.Insert(end, written);
    }

    /// <summary>Takes the key away.</summary>
    public void Remove()
    {
        foreach (var at in There.Reverse())
            lines.RemoveAt(at);
    }

    static IEnumerable<(int Index, string Section, string Text)> Sections(TextLines lines)
    {
        var at = "";
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Trim() is ['[', .. var inner] && inner.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
                at = inner[..end].Trim();
            yield return (i, at, lines[i]);
        }
    }

    /// <summary>The key of a line; null for a comment, a section, or a line without a value.</summary>
    static string? NameOf(string line) =>
        line.TrimStart() is { Length: > 0 } text && text[0] is not ('#' or ';' or '[') && Separator(line) is > 0 and var at
            ? line[..at].Trim()
            : null;

    /// <summary>A key that is only a comment, as in <c>#Storage=auto</c>; null where the comment is prose.</summary>
    static string? Suggested(string line) =>
        line.TrimStart() is ['#' or ';', .. var rest] && NameOf(rest) is { } key && rest.StartsWith(key, StringComparison.Ordinal)
            ? rest
            : null;

    static int Separator(string line) => line.IndexOfAny(['=', ':']);

    static int Indent(string line) => line.Length - line.TrimStart().Length;

    /// <summary>What stands between a key and its value: the separator, with the spaces beside it.</summary>
    static string Between(string line)
    {
        var at = Separator(line);
        var from = line[..at].TrimEnd().Length;
        var to = at + 1;
        while (to < line.Length && line[to] is ' ' or '\t')
            to++;
        return line[from..to];
    }
}
