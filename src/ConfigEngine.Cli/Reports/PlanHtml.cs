using System.Net;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Reports;

/// <summary>
/// A plan as one file of HTML, which loads nothing and runs nothing: it can be attached, archived, and opened without a network. Hosts and
/// the details of their changes can be folded (<c>details</c> of the HTML standard).
/// </summary>
static class PlanHtml
{
    /// <summary>The page, which is well-formed XML too.</summary>
    public static string Write(PlanReport report)
    {
        StringBuilder page = new();
        page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Plan of {Escaped(report.Recipe)}</title>
            <style>
            {EmbeddedText.Read("plan.css")}</style>
            </head>
            <body>
            <h1>Plan of <code>{Escaped(report.Recipe)}</code></h1>

            """
        );
        foreach (var line in report.Closing)
            page.Append($"<p>{Spans(line)}</p>\n");
        foreach (var hosts in report.Hosts)
            Append(page, hosts);
        page.Append($"<footer>Made by cfg {Escaped(Cfg.Version)}</footer>\n</body>\n</html>\n");
        return page.ToString();
    }

    static void Append(StringBuilder page, ReportHosts hosts)
    {
        var title = $"<b>{Escaped(hosts.Title)}</b>";
        if (hosts.What is { } what)
            title += $" <span class=\"{Class(hosts.Kind)}\">{Escaped(what)}</span>";
        if (hosts.Items.Count == 0)
        {
            page.Append($"<p class=\"hosts\">{title}</p>\n");
            return;
        }

        page.Append($"<details class=\"hosts\" open=\"open\">\n<summary>{title}</summary>\n");
        if (hosts.NamesIfFolded is { } names)
            page.Append($"<p class=\"names\">{Escaped(names)}</p>\n");
        foreach (var item in hosts.Items)
            page.Append(
                item.Details.Count == 0
                    ? $"<p class=\"item\">{Spans(item.Heading)}</p>\n"
                    : $"<details class=\"item\" open=\"open\">\n<summary>{Spans(item.Heading)}</summary>\n"
                        + $"<pre>{string.Join('\n', item.Details.Select(Detail))}</pre>\n</details>\n"
            );
        page.Append("</details>\n");
    }

    static string Class(ReportKind kind) => kind is ReportKind.Failed ? "failed" : "dim";

    /// <summary>A line below a change, without the columns that it is indented by in the text: here it has a box of its own.</summary>
    static string Detail(OutputLine line) => Spans(line.Outdented(PlanText.AttributeColumn - PlanText.ChangeColumn));

    static string Spans(OutputLine line) => string.Concat(line.Spans.Select(Coloured));

    static string Coloured(Span span) =>
        span.Ink is Ink.Plain || string.IsNullOrWhiteSpace(span.Text)
            ? Escaped(span.Text)
            : $"<span class=\"{Values.Text.Kebab(span.Ink.ToString())}\">{Escaped(span.Text)}</span>";

    static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
