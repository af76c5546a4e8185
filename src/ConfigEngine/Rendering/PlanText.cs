namespace ConfigEngine.Rendering;

/// <summary>A plan for people.</summary>
public static class PlanText
{
    /// <summary>The plan as plain text, as <c>cfg plan</c> prints it where its output is no terminal.</summary>
    /// <example><code>Console.Out.Write(PlanText.Plain(plan, new() { Width = 80 }));</code></example>
    public static string Plain(Plan plan, PlanTextOptions options) => Ansi.Plain(Render(plan, options));

    /// <summary>The column where a change's line begins.</summary>
    internal const int ChangeColumn = 2;

    /// <summary>The column where the lines below a change begin.</summary>
    internal const int AttributeColumn = 6;

    /// <summary>
    /// The plan in lines: hosts with nothing to do on one line, hosts with the same changes together, hosts that could not be
    /// planned last, and the summary.
    /// </summary>
    internal static IReadOnlyList<OutputLine> Render(Plan plan, PlanTextOptions options)
    {
        if (options.Summary)
            return [.. SummaryText.Of(plan, options), .. Closing(new(plan), options)];
        List<OutputLine> lines = [.. AlikeHosts.Of(plan, options).SelectMany(group => group.Render(options))];
        if (lines.Count > 0 && lines[^1].Spans.Count > 0)
            lines.Add(OutputLine.Empty);
        lines.AddRange(Order(plan.Rollouts, plan.Waits, options));
        lines.AddRange(Closing(new(plan), options));
        return lines;
    }

    /// <summary>The order in which hosts are changed: the rollouts, and the blocks that wait for others.</summary>
    internal static IEnumerable<OutputLine> Order(
        IEnumerable<RolloutPlan> rollouts,
        IEnumerable<BlockWait> waits,
        PlanTextOptions options
    ) =>
        rollouts
            .Select(Sentence)
            .Concat(waits.Select(wait => $"{wait.Block} begins after {Text.List(wait.After)}."))
            .SelectMany(sentence => Wrap.Hanging(Printable.Line(sentence), Ink.Plain, OutputLine.Empty, options.Width));

    static string Sentence(RolloutPlan rollout)
    {
        var sizes = rollout.Batches.Select(batch => batch.Count).ToList();
        var batches =
            sizes.Count <= 1 ? "all at once"
            : sizes.Count == 2 || sizes[0] != sizes[1]
                ? $"{sizes[0]} first, then {(sizes.Count == 2 ? $"{sizes[1]}" : $"{sizes[1]} at a time")}"
            : $"{sizes[0]} at a time";
        return $"Rollout of {rollout.Block}: {Text.Count(sizes.Sum(), "host")}, {batches}; stops when "
            + $"{(rollout.MaxFailures == 0 ? "one fails" : $"more than {rollout.MaxFailures} fail")}.";
    }

    /// <summary>The plan in one sentence, and the changes that may cut connections.</summary>
    internal static IEnumerable<OutputLine> Closing(PlanSummary summary, PlanTextOptions options)
    {
        foreach (var line in Wrap.Hanging(summary.ToString(), summary.Failed > 0 ? Ink.Failed : Ink.Bold, OutputLine.Empty, options.Width))
            yield return line;
        foreach (
            var (sentence, what) in new[]
            {
                ("Connections will be cut by", summary.Cuts),
                ("Connections may be cut by", summary.MayCut),
            }.Where(cuts => cuts.Item2.Count > 0)
        )
        {
            foreach (var line in Wrap.Hanging($"{sentence} {Named(what)}.", Ink.Warning, OutputLine.Empty, options.Width))
                yield return line;
        }
    }

    static string Named(IReadOnlyList<string> what)
    {
        const int Named = 5;
        return Text.List([.. what.Select(Printable.Line)], Named);
    }
}

/// <summary>The rendering options of a plan.</summary>
public sealed record PlanTextOptions
{
    /// <summary>The terminal's columns; nothing is wrapped when null.</summary>
    public int? Width { get; init; }

    /// <summary>
    /// Whether to show operations, whole new files, long lines, notified handlers and the places of declarations.
    /// </summary>
    public bool Verbose { get; init; }

    /// <summary>How much of the contents of files is shown.</summary>
    public DiffDetail Diff { get; init; } = DiffDetail.Short;

    /// <summary>Shows one line for each host.</summary>
    public bool Summary { get; init; }

    /// <summary>Says how long ago a time is, as in "2 hours ago"; only the time is shown when null.</summary>
    public Func<DateTimeOffset, string>? Ago { get; init; }

    /// <summary>Whether the places of declarations are shown too: they are other ones whenever a line is added above.</summary>
    internal bool Places { get; init; } = true;

    /// <summary>Whether contents are shown in full.</summary>
    internal bool ShowsAll => Verbose || Diff is DiffDetail.Full;
}

/// <summary>How much of the contents of files a plan shows.</summary>
public enum DiffDetail
{
    /// <summary>Only that they change, and by how much.</summary>
    None,

    /// <summary>What changes, with three lines around it; of whole files and long lines the beginning.</summary>
    Short,

    /// <summary>All of it.</summary>
    Full,
}
