using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Showing;

/// <summary>A saved plan for people, as <c>cfg plan</c> showed it: hosts with the same changes together, and the summary.</summary>
static class SavedPlanText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(PlanDocument plan, PlanTextOptions options)
    {
        foreach (
            var line in Wrap.Hanging(
                $"A plan of {Printable.Line(plan.Recipe.Path)}, made by cfg {plan.Cfg}",
                Ink.Dim,
                OutputLine.Empty,
                options.Width
            )
        )
            yield return line;
        yield return OutputLine.Empty;
        var groups = AlikeHosts.Of(
            plan.Hosts.Select(host => new HostLines(
                host.Name,
                host.System,
                host.Error is not null,
                [.. Body(host, options).Select(line => line.Indented(PlanText.ChangeColumn))]
            ))
        );
        foreach (var line in groups.SelectMany(group => group.Render(options)))
            yield return line;
        foreach (var line in PlanText.Order(plan.Rollouts, plan.Waits, options).Concat(PlanText.Closing(new(plan.Summary), options)))
            yield return line;
    }

    static IReadOnlyList<OutputLine> Body(HostDocument host, PlanTextOptions options)
    {
        HashSet<string> told = [];
        return
        [
            .. host.Error is { } error ? Marks.Error(ErrorText.Of(host.Name, error), options.Width - PlanText.ChangeColumn) : [],
            .. host.Changes.SelectMany(change => ChangeText.Of(ChangeText.WithoutTold(PlanJson.Change(change), told), options)),
            .. host.Handlers.SelectMany(handler => Handler(handler, options)),
        ];
    }

    static IEnumerable<OutputLine> Handler(HandlerDocument handler, PlanTextOptions options)
    {
        var why = handler.Because.Count == 0 ? "it is still pending" : string.Join(", ", handler.Because.Select(Printable.Line));
        OutputLine lead = new(new Span("↻ ", Ink.Changed), new Span($"{Printable.Line(handler.Name)}, ", Ink.Bold));
        var word = handler.Certainty is Certainty.Exact ? "because of" : "if it changes:";
        return Wrap.Hanging(
            $"{word} {why}",
            handler.Certainty is Certainty.Exact ? Ink.Dim : Ink.Doubt,
            lead,
            options.Width - PlanText.ChangeColumn
        );
    }
}
