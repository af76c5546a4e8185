namespace ConfigEngine.Rendering;

/// <summary>One host's part of a plan, without its name: hosts with the same lines are shown once.</summary>
static class HostText
{
    const int Causes = 3;

    /// <summary>The lines below the host's name; none where there is nothing to do.</summary>
    /// <param name="host">The host.</param>
    /// <param name="words">Gives the text of one of its errors: with its name, or for any host.</param>
    /// <param name="options">The rendering options.</param>
    public static IReadOnlyList<OutputLine> Body(HostPlan host, Func<string, CfgException, string> words, PlanTextOptions options)
    {
        if (host.Error is { } error && !host.Obstacles.Any() && host.Lacking is null)
            return [.. Marks.Error(words(host.Host, error), options.Width, PlanText.ChangeColumn)];
        HashSet<string> told = [];
        return
        [
            .. KeptText.Of(host, options).Select(line => line.Indented(PlanText.ChangeColumn)),
            .. host.Lacking is { } lacking
                ? Obstacle(words(host.Host, lacking), options).Select(line => line.Indented(PlanText.ChangeColumn))
                : [],
            .. host.IsWork || host.Error is not null || host.Untold.Any()
                ? host
                    .Blocks.SelectMany(block => Block(block, error => words(host.Host, error), told, options))
                    .Select(line => line.Indented(PlanText.ChangeColumn))
                : [],
        ];
    }

    static IEnumerable<OutputLine> Block(
        BlockPlan block,
        Func<CfgException, string> words,
        HashSet<string> told,
        PlanTextOptions options
    ) =>
        [
            .. block.Entries.SelectMany(entry =>
                entry.Obstacle is { } obstacle ? Obstacle(words(obstacle), options)
                : entry is PlannedChange planned ? ChangeText.Of(ChangeText.WithoutTold(planned.Change, told), options)
                : []
            ),
            .. block.Handlers.SelectMany(call => Handler(call, options)),
        ];

    static IEnumerable<OutputLine> Obstacle(string words, PlanTextOptions options) =>
        Marks.Error(words, options.Width - PlanText.ChangeColumn);

    /// <summary>A handler that will run, and why.</summary>
    public static IEnumerable<OutputLine> Handler(HandlerCall call, PlanTextOptions options)
    {
        var name = Printable.Line(call.Handler.Name);
        Span why = new(
            call.Owed is { } owed
                ? $"pending since {KeptText.Time(owed.Since, options)}{(options.Ago is null ? "" : ",")} by {Printable.Line(owed.By)}, "
                    + $"because {Because(owed.Because, "changed", "changed")}"
                : $"{(call.Certainty is Certainty.Exact ? "because" : "if")} {Because(call.Because, "changes", "change")}",
            call.Owed is null && call.Certainty is not Certainty.Exact ? Ink.Doubt : Ink.Dim
        );
        OutputLine lead = new(new Span("↻ ", Ink.Changed), new Span(name, Ink.Bold), new Span(",", Ink.Dim));
        OutputLine whole = new([.. lead.Spans, " ", why]);
        var width = options.Width - PlanText.ChangeColumn;
        foreach (
            var line in width is null || whole.Width <= width
                ? [whole]
                : (IEnumerable<OutputLine>)[lead, .. Wrap.Hanging(why.Text, why.Ink, new("    "), width)]
        )
            yield return line;
        if (!options.Verbose)
            yield break;
        const int Column = PlanText.AttributeColumn - PlanText.ChangeColumn;
        OutputLine script = new(new Span($"$ {Printable.Line(call.Handler.Script.Text)}", Ink.Dim));
        foreach (var line in Wrap.Folded(script, width - Column))
            yield return line.Indented(Column);
    }

    static string Because(IReadOnlyList<string> addresses, string one, string several)
    {
        var named = addresses.Select(Printable.Line).ToList();
        return named.Count == 0 ? "it is still pending" : $"{Text.List(named, Causes)} {(named.Count == 1 ? one : several)}";
    }
}
