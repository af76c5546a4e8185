using System.Text;

namespace ConfigEngine.Tests.Documenting;

/// <summary>The verified pages of a resource's tests, in the order of the tests.</summary>
static class TestPages
{
    /// <summary>The text of a link to a resource's pages.</summary>
    public const string Link = "All pages of its tests";

    const string Margin = "            ";

    /// <summary>The pages below a directory, by the name of the test class.</summary>
    public static ILookup<string, (string Title, string Text)> Below(string directory) =>
        Directory
            .EnumerateFiles(directory, "*.verified.txt", SearchOption.AllDirectories)
            .Select(path => (Path: path, Words: Path.GetFileName(path).Split('.')))
            .OrderBy(page => PlaceOf(page.Path, page.Words))
            .ThenBy(page => page.Path, StringComparer.Ordinal)
            .ToLookup(
                page => page.Words[0],
                page => (page.Words[1].Replace('_', ' '), Body(File.ReadAllText(page.Path))),
                StringComparer.Ordinal
            );

    /// <summary>Pages as Markdown sections that open on a click.</summary>
    public static string Render(IEnumerable<(string Title, string Text)> pages)
    {
        StringBuilder text = new();
        foreach (var (title, page) in pages)
            text.Append($"<details><summary>{title}</summary>\n\n{DocText.Fence(page, "text")}\n</details>\n");
        return text.ToString();
    }

    /// <summary>The plan of a page; empty where it has none.</summary>
    public static string Plan(string page) => string.Join('\n', Section(page, "plan"));

    /// <summary>
    /// The operations of a page, as a plan shows them: an operation with a title by its title, and another one by the beginning of its
    /// script. All pages of the tests have the scripts in full.
    /// </summary>
    public static string Operations(string page)
    {
        IReadOnlyList<string> lines = [.. Section(page, "operations")];
        List<string> shown = [];
        for (var i = 0; i < lines.Count; i++)
        {
            var isTitle = !IsScript(lines[i]) && IsScript(lines.ElementAtOrDefault(i + 1));
            if (isTitle || (IsScript(lines[i]) && (i == 0 || !IsTitle(i - 1))))
                shown.Add(Short(lines[i], isTitle ? null : lines.ElementAtOrDefault(i + 1)));
        }

        return string.Join('\n', shown);

        bool IsTitle(int at) => !IsScript(lines[at]) && !lines[at].StartsWith("< ", StringComparison.Ordinal) && IsScript(lines[at + 1]);
    }

    const int Width = 120;

    static bool IsScript(string? line) => line is ['$', ' ', ..];

    /// <summary>A line that fits on a page; the end says where there is more.</summary>
    static string Short(string line, string? next) =>
        line.Length > Width ? $"{line[..Width].TrimEnd()} …"
        : next is { Length: > 0 } && !IsScript(next) && !next.StartsWith("< ", StringComparison.Ordinal) ? $"{line} …"
        : line;

    static IEnumerable<string> Section(string page, string name) =>
        page.Split('\n')
            .SkipWhile(line => !line.StartsWith($"{name,-12}", StringComparison.Ordinal))
            .TakeWhile((line, i) => i == 0 || line.StartsWith(Margin, StringComparison.Ordinal))
            .Select(line => line[Margin.Length..]);

    static int PlaceOf(string page, string[] words)
    {
        var source = Path.Combine(Path.GetDirectoryName(page) ?? "", $"{words[0]}.cs");
        return File.Exists(source) ? File.ReadAllText(source).IndexOf($" {words[1]}(", StringComparison.Ordinal) : -1;
    }

    // The title is the page's first line. Control characters become their pictures; otherwise the whole reference would not count
    // as text.
    static string Body(string page) =>
        string.Concat(
            (page.StartsWith("# ", StringComparison.Ordinal) ? page[(page.IndexOf('\n') + 1)..] : page).Select(c =>
                c is < ' ' and not ('\n' or '\t') ? (char)('\u2400' + c) : c
            )
        );
}
