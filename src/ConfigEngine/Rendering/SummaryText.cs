namespace ConfigEngine.Rendering;

/// <summary>A plan with one line for each host.</summary>
static class SummaryText
{
    /// <summary>The lines: first the hosts with changes, then those that are up to date, then those that could not be planned.</summary>
    public static IEnumerable<OutputLine> Of(Plan plan, PlanTextOptions options)
    {
        var groups = plan
            .Hosts.Select(host => (Host: host, Summary: new PlanSummary(new Plan([host]))))
            .GroupBy(one =>
                one.Host.Error is not null ? 2
                : one.Host.IsWork || one.Summary.Untold > 0 ? 0
                : 1
            )
            .OrderBy(group => group.Key);
        var column = plan.Hosts.Select(host => Cells.Of(Printable.Line(host.Host))).DefaultIfEmpty().Max() + 2;
        foreach (var group in groups)
        {
            foreach (var (host, summary) in group)
            {
                Span name = new(Printable.Line(host.Host), Ink.Bold);
                OutputLine lead = new(name, new string(' ', column - Cells.Of(name.Text)));
                var (words, ink) = group.Key switch
                {
                    2 => ("could not be planned", Ink.Failed),
                    1 => ("up to date", Ink.Dim),
                    _ => (summary.Words, Ink.Plain),
                };
                foreach (var line in Wrap.Hanging(words, ink, lead, options.Width))
                    yield return line;
            }
        }

        if (plan.Hosts.Count > 0)
            yield return OutputLine.Empty;
    }
}
