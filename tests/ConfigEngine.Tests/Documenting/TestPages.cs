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
    public static string Plan(string page) =>
        string.Join(
            '\n',
            page.Split('\n')
                .SkipWhile(line => !line.StartsWith("plan  ", StringComparison.Ordinal))
                .TakeWhile((line, i) => i == 0 || line.StartsWith(Margin, StringComparison.Ordinal))
                .Select(line => line[Margin.Length..])
        );

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
