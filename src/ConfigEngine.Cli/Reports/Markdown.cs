namespace ConfigEngine.Cli.Reports;

/// <summary>
/// Pieces of Markdown, for the discussion of a pull request (CommonMark, with the folds of GitHub, GitLab, Gitea and Forgejo).
/// </summary>
static class Markdown
{
    /// <summary>GitHub refuses a comment that is longer, in characters.</summary>
    public const int Longest = 65_536;

    /// <summary>Lines below a title that opens them; additions and removals are coloured.</summary>
    /// <param name="title">The title, as HTML.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="open">The attribute of an open one, or nothing.</param>
    public static string Folded(string title, IReadOnlyList<string> lines, string open = "")
    {
        var text = string.Join('\n', lines);
        var fence = Fence(text, 3);
        return $"<details{open}><summary>{title}</summary>\n\n{fence}diff\n{text}\n{fence}\n\n</details>\n\n";
    }

    /// <summary>Text as code.</summary>
    public static string Code(string text)
    {
        var fence = Fence(text, 1);
        return fence.Length == 1 ? $"`{text}`" : $"{fence} {text} {fence}";
    }

    /// <summary>More backticks than there are in a row in a text, so that nothing in it ends the block (CommonMark, 4.5).</summary>
    static string Fence(string text, int least)
    {
        var (longest, here) = (0, 0);
        foreach (var c in text)
        {
            here = c == '`' ? here + 1 : 0;
            longest = Math.Max(longest, here);
        }

        return new('`', Math.Max(least, longest + 1));
    }

    /// <summary>
    /// A sentence in which no character means anything to Markdown or HTML (CommonMark, 2.4: any punctuation can be escaped).
    /// </summary>
    public static string Escaped(string text) => string.Concat(text.Select(c => "\\`*_[]<>&#|~".Contains(c) ? $"\\{c}" : $"{c}"));
}
