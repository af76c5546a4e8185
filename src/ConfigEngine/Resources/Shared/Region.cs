namespace ConfigEngine.Resources;

/// <summary>The lines of a file between two marker comments.</summary>
/// <param name="name">The region's name, in both markers.</param>
/// <param name="comment">The text that begins a comment in the file; for comments that also need an end, both with a space between:
/// <c>&lt;!-- --&gt;</c>.</param>
sealed class Region(string name, string comment)
{
    readonly string begin = Marker("BEGIN", name, comment);
    readonly string end = Marker("END", name, comment);

    /// <summary>
    /// Sets the lines of the region. An existing region keeps its place; <c>place</c> gives the place of a new one. If there are
    /// several, only the first stays.
    /// </summary>
    public void Set(TextLines lines, IReadOnlyList<string> content, Func<int> place)
    {
        var at = Remove(lines) ?? place();
        lines.Insert(at, [begin, .. content, end]);
    }

    /// <summary>Removes every region of the name, and returns the position of the first one.</summary>
    /// <exception cref="UnexpectedOutputException">A marker has no counterpart, so the end of the region is unknown.</exception>
    public int? Remove(TextLines lines)
    {
        int? first = null;
        while (Find(lines) is var (from, to))
        {
            lines.RemoveRange(from, to - from + 1);
            first ??= from;
        }

        return first;
    }

    /// <summary>What is wrong with a name, a comment or content.</summary>
    public static IEnumerable<string> Problems(string name, string comment, IEnumerable<string> content)
    {
        if (name.Trim().Length == 0 || name != name.Trim() || name.Any(char.IsControl))
            yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a block: it is written into a comment of one line, without "
                + $"space around it";
        if (comment.Trim().Length == 0 || comment.Any(char.IsControl) || comment.Split(' ').Length > 2)
            yield return $"Comment = \"{Text.Excerpt(comment)}\" is not what begins a comment, such as \"#\", \";\", \"//\", or begins "
                + $"and ends one: \"<!-- -->\"";
        Region region = new(name, comment);
        if (content.FirstOrDefault(line => Is(line, region.begin) || Is(line, region.end)) is { } marker)
            yield return $"its content holds a marker of its own: \"{Text.Excerpt(marker)}\"";
    }

    (int From, int To)? Find(TextLines lines)
    {
        var from = lines.FindIndex(line => Is(line, begin));
        var to = lines.FindIndex(from + 1, line => Is(line, end) || Is(line, begin));
        return (from, to) switch
        {
            (-1, -1) => null,
            (-1, _) => throw Broken(to, "ends a block that no line begins"),
            (_, -1) => throw Broken(from, "begins a block that no line ends"),
            _ when Is(lines[to], begin) => throw Broken(from, "begins a block that no line ends before it begins again"),
            _ when lines.FindIndex(line => Is(line, end)) < from => throw Broken(
                lines.FindIndex(line => Is(line, end)),
                "ends a block that no line begins"
            ),
            _ => (from, to),
        };

        UnexpectedOutputException Broken(int line, string what) =>
            new($"line {line + 1} ({lines[line].Trim()}) {what}; repair the markers by hand");
    }

    static bool Is(string line, string marker) => line.AsSpan().Trim().SequenceEqual(marker);

    static string Marker(string word, string name, string comment) =>
        comment.Split(' ') switch
        {
            [var opening, var closing] => $"{opening} {word} {name} {closing}",
            _ => $"{comment} {word} {name}",
        };
}
