namespace ConfigEngine.Cli.Showing;

/// <summary>The reference, in pages: one for each resource or type. Doc comments and tests make it.</summary>
sealed class ReferencePages
{
    const string Heading = "### ";
    const string Chapter = "## ";

    readonly List<string> lines;
    readonly List<(string Name, int Line)> pages;

    ReferencePages(List<string> lines)
    {
        this.lines = lines;
        pages =
        [
            .. lines
                .Select((line, i) => (Name: Title(line), i))
                .Where(page => page.Name is not null)
                .Select(page => (page.Name ?? "", page.i)),
        ];
    }

    /// <summary>The names of the pages.</summary>
    public IEnumerable<string> Names => pages.Select(page => page.Name);

    /// <summary>Reads the reference that was built in.</summary>
    public static ReferencePages Read() =>
        new([.. EmbeddedText.In("reference/").OrderBy(page => page.Name is not "REFERENCE").SelectMany(page => page.Text.Split('\n'))]);

    /// <summary>The table of all resources, by theme.</summary>
    public IReadOnlyList<string> List() =>
        [
            .. lines
                .SkipWhile(line => !line.StartsWith(Chapter, StringComparison.Ordinal))
                .TakeWhile(line => line != $"{Chapter}What every resource has"),
        ];

    /// <summary>One page, without the link to the pages of its tests.</summary>
    /// <param name="name">A resource, a type, or a resource's kind, in any spelling: <c>systemd-unit</c>.</param>
    /// <exception cref="UsageException">There is no such page; the error names the nearest one.</exception>
    public IReadOnlyList<string> Page(string name)
    {
        var found = pages.Where(page => Key(page.Name) == Key(name)).ToList();
        if (found.Count == 0)
            throw new UsageException(
                $"the reference has no {name}\n  hint: "
                    + (Similar.Closest(name, Names) is { } close ? $"did you mean {close}?" : "cfg docs lists the resources")
            );
        return [.. found.SelectMany(page => lines.Skip(page.Line).Take(1).Concat(lines.Skip(page.Line + 1).TakeWhile(IsOfPage)))];
    }

    static bool IsOfPage(string line) =>
        !line.StartsWith(Heading, StringComparison.Ordinal)
        && !line.StartsWith(Chapter, StringComparison.Ordinal)
        && !line.StartsWith("# ", StringComparison.Ordinal)
        && !line.StartsWith("[All pages ", StringComparison.Ordinal);

    static string? Title(string line) =>
        line.StartsWith(Heading, StringComparison.Ordinal) ? line[Heading.Length..].Trim('`').Split('(', '<')[0] : null;

    static string Key(string name) => name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
