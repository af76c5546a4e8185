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
    /// <summary>The text; of a plan that is too long for a comment, less is shown, and the text says so.</summary>
    /// <param name="report">Makes the report with some options.</param>
    /// <param name="options">How much is shown.</param>
    public static string Write(Func<PlanTextOptions, PlanReport> report, PlanTextOptions options) =>
        LessAndLess(report, options).FirstOrDefault(text => text.Length <= Markdown.Longest)
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
        text.Append($"### Plan of {Markdown.Code(report.Recipe)}\n\n");
        foreach (var line in report.Closing)
            text.Append($"{(line == report.Closing[0] ? $"**{Markdown.Escaped($"{line}")}**" : Markdown.Escaped($"{line}"))}\n\n");
        if (left is not null)
            text.Append($"This plan is longer than a comment may be: {left}. `cfg plan` shows all of it.\n\n");
        foreach (var hosts in report.Hosts)
            Append(text, hosts, details);
        return text.Append($"<sub>Made by cfg {Markdown.Escaped(Cfg.Version)}</sub>\n").ToString();
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
        text.Append(Markdown.Folded(title, lines, hosts.Kind is ReportKind.Failed ? " open" : ""));
    }
}
