using System.Net;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Reports;

/// <summary>
/// A plan in Markdown, for the discussion of a pull request: hosts are folded, and additions and removals are coloured where a
/// <c>diff</c> block is (GitHub, GitLab, Gitea, Forgejo).
/// </summary>
static class PlanMarkdown
{
    /// <summary>GitHub refuses a comment that is longer, in characters.</summary>
    public const int Longest = 65_536;

    /// <summary>The text; of a plan that is too long for a comment, less is shown, and the text says so.</summary>
    /// <param name="report">Makes the report with some options.</param>
    /// <param name="options">How much is shown.</param>
    public static string Write(Func<PlanTextOptions, PlanReport> report, PlanTextOptions options) =>
        LessAndLess(report, options).FirstOrDefault(text => text.Length <= Longest)
        ?? Of(report(options) with { Hosts = [] }, _ => [], "only the counts are shown");

    static IEnumerable<string> LessAndLess(Func<PlanTextOptions, PlanReport> report, PlanTextOptions options)
    {
        var whole = report(options);
        yield return Of(whole, item => item.Details, null);
        var without = report(options with { Diff = DiffDetail.None, Verbose = false });
        yield return Of(without, item => item.Details, "contents of files are left out");
        yield return Of(whole, _ => [], "only the first line of each change is shown");
    }

    static string Of(PlanReport report, Func<ReportItem, IReadOnlyList<OutputLine>> details, string? left)
    {
        StringBuilder text = new();
        text.Append($"### Plan of {Code(report.Recipe)}\n\n");
        foreach (var line in report.Closing)
            text.Append($"{(line == report.Closing[0] ? $"**{Escaped($"{line}")}**" : Escaped($"{line}"))}\n\n");
        if (left is not null)
            text.Append($"This plan is longer than a comment may be: {left}. `cfg plan` shows all of it.\n\n");
        foreach (var hosts in report.Hosts)
            Append(text, hosts, details);
        return text.Append($"<sub>Made by cfg {Escaped(Cfg.Version)}</sub>\n").ToString();
    }

    static void Append(StringBuilder text, ReportHosts hosts, Func<ReportItem, IReadOnlyList<OutputLine>> details)
    {
        var what = hosts.What is { } known ? $" {WebUtility.HtmlEncode(known)}" : "";
        var title = $"<b>{WebUtility.HtmlEncode(hosts.Title)}</b>{what}";
        if (hosts.Items.Count == 0)
        {
            text.Append($"{title}\n\n");
            return;
        }

        var lines = hosts.Items.SelectMany(item => details(item).Prepend(item.Heading)).Select(line => $"{line}").ToList();
        var fence = Fence(string.Join('\n', lines), 3);
        text.Append($"<details{(hosts.Kind is ReportKind.Failed ? " open" : "")}><summary>{title}</summary>\n\n");
        text.Append($"{fence}diff\n{string.Join('\n', lines)}\n{fence}\n\n</details>\n\n");
    }

    static string Code(string text)
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
    static string Escaped(string text) => string.Concat(text.Select(c => "\\`*_[]<>&#|~".Contains(c) ? $"\\{c}" : $"{c}"));
}
