namespace ConfigEngine.Cli.Showing;

/// <summary>The reference, which is made from the doc comments, in pages: one for each resource or type.</summary>
sealed class ReferencePages
{
    const string Heading = "### ";

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
    public static ReferencePages Read()
    {
        using var stream =
            typeof(ReferencePages).Assembly.GetManifestResourceStream("reference")
            ?? throw new UsageException("this cfg has no reference in it");
        using StreamReader reader = new(stream);
        return new([.. reader.ReadToEnd().Split('\n')]);
    }

    /// <summary>The table of all resources.</summary>
    public IReadOnlyList<string> List() =>
        [.. lines.SkipWhile(line => !line.StartsWith("| resource ", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];

    /// <summary>One page, without the pages of tests.</summary>
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
        && !line.StartsWith("## ", StringComparison.Ordinal)
        && !line.StartsWith("<details>", StringComparison.Ordinal);

    static string? Title(string line) =>
        line.StartsWith(Heading, StringComparison.Ordinal) ? line[Heading.Length..].Trim('`').Split('(', '<')[0] : null;

    static string Key(string name) => name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
