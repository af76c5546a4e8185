using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Reports;

/// <summary>A plan as a page with parts that can be folded: for a browser, or for the discussion of a pull request.</summary>
/// <param name="Recipe">The recipe's path.</param>
/// <param name="Closing">The sentences about the whole plan: its counts first, then orders, then what cuts connections.</param>
/// <param name="Hosts">The hosts with the same changes together, as in the plan's text.</param>
sealed record PlanReport(string Recipe, IReadOnlyList<OutputLine> Closing, IReadOnlyList<ReportHosts> Hosts)
{
    /// <summary>The report of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="recipe">The recipe's path.</param>
    /// <param name="redaction">Removes the secrets of the run.</param>
    /// <param name="options">How much is shown.</param>
    public static PlanReport Of(Plan plan, string recipe, Redaction redaction, PlanTextOptions options)
    {
        // The reader's window is as wide as it is, and breaks long lines itself.
        var unwrapped = options with
        {
            Width = null,
        };
        return new(
            Printable.Line(recipe),
            [.. PlanText.Closing(new(plan), unwrapped).Concat(PlanText.Order(plan.Rollouts, plan.Waits, unwrapped)).Select(Redacted)],
            [.. AlikeHosts.Of(plan, unwrapped).Select(group => ReportHosts.Of(group, group.Lines(unwrapped).Select(Redacted)))]
        );

        OutputLine Redacted(OutputLine line)
        {
            var text = line.ToString();
            var kept = redaction.Of(text);
            return kept == text ? line : new(new Span(kept));
        }
    }
}

/// <summary>Hosts with the same changes.</summary>
/// <param name="Names">All of their names.</param>
/// <param name="What">What they are, or how it is with them; null where nothing is known.</param>
/// <param name="Kind">How it is with them.</param>
/// <param name="Items">Their changes, handlers and errors.</param>
sealed record ReportHosts(IReadOnlyList<string> Names, string? What, ReportKind Kind, IReadOnlyList<ReportItem> Items)
{
    /// <summary>The title: as many names as fit on a line.</summary>
    public string Title => HostList.Of(Names, null, What);

    /// <summary>All of the names, where the title does not show each of them.</summary>
    public string? NamesIfFolded => string.Join(", ", Names) is var all && Title.StartsWith(all, StringComparison.Ordinal) ? null : all;

    /// <summary>A group of hosts, and the lines below their names.</summary>
    public static ReportHosts Of(AlikeHosts group, IEnumerable<OutputLine> lines)
    {
        List<List<OutputLine>> items = [];
        foreach (var line in lines)
        {
            var indent = line.ToString().TakeWhile(c => c == ' ').Count();
            if (items.Count == 0 || (indent <= PlanText.ChangeColumn && line.Spans.Count > 0))
                items.Add([]);
            items[^1].Add(line.Outdented(PlanText.ChangeColumn));
        }

        return new(
            [.. group.Names.Select(Printable.Line)],
            group.What,
            group.HaveErrors ? ReportKind.Failed
                : group.AreUpToDate ? ReportKind.UpToDate
                : ReportKind.Changes,
            [.. items.Select(item => new ReportItem(item[0], [.. item.Skip(1)]))]
        );
    }
}

/// <summary>How it is with the hosts of a part of a report.</summary>
enum ReportKind
{
    /// <summary>There is something to do.</summary>
    Changes,

    /// <summary>There is nothing to do.</summary>
    UpToDate,

    /// <summary>They could not be planned.</summary>
    Failed,
}

/// <summary>A change, a handler or an error.</summary>
/// <param name="Heading">Its first line.</param>
/// <param name="Details">The lines below, indented as in the plan's text.</param>
sealed record ReportItem(OutputLine Heading, IReadOnlyList<OutputLine> Details);
