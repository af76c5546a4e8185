using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Showing;

/// <summary>A saved plan for people, as <c>cfg plan</c> showed it: hosts with the same changes together, and the summary.</summary>
static class SavedPlanText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<Line> Of(PlanDocument plan, PlanTextOptions options)
    {
        foreach (
            var line in Wrap.Hanging(
                $"A plan of {Printable.Line(plan.Recipe.Path)}, made by cfg {plan.Cfg}",
                Ink.Dim,
                Line.Empty,
                options.Width
            )
        )
            yield return line;
        yield return Line.Empty;
        var alike = plan
            .Hosts.Select(host => (Host: host, Body: Body(host, options).ToList()))
            .GroupBy(host => (host.Host.System, Text: string.Join('\n', host.Body)))
            .OrderBy(group => group.Key.Text.Length == 0 ? 0 : 1);
        foreach (var group in alike)
        {
            var (first, body) = group.First();
            var system = Printable.Line(body.Count == 0 ? "up to date" : first.System ?? "");
            yield return new(
                new(HostList.Of([.. group.Select(host => host.Host.Name)], options.Width, system), Ink.Bold),
                new($"  {system}", Ink.Dim)
            );
            foreach (var line in body)
                yield return line.Indented(PlanText.ChangeColumn);
            if (body.Count > 0)
                yield return Line.Empty;
        }

        foreach (var line in PlanText.Closing(new(plan.Summary), options))
            yield return line;
    }

    static IEnumerable<Line> Body(HostDocument host, PlanTextOptions options) =>
        [
            .. host.Error is { } error ? Marks.Error(ErrorText.Of(host.Name, error), options.Width - PlanText.ChangeColumn) : [],
            .. host.Changes.SelectMany(change => ChangeText.Of(PlanJson.Change(change), options)),
            .. host.Handlers.SelectMany(handler => Handler(handler, options)),
        ];

    static IEnumerable<Line> Handler(HandlerDocument handler, PlanTextOptions options)
    {
        var why = handler.Because.Count == 0 ? "it is still owed" : string.Join(", ", handler.Because.Select(Printable.Line));
        Line lead = new(new Span("↻ ", Ink.Changed), new Span($"{Printable.Line(handler.Name)}, ", Ink.Bold));
        var word = handler.Certainty is Certainty.Exact ? "because of" : "if it changes:";
        return Wrap.Hanging(
            $"{word} {why}",
            handler.Certainty is Certainty.Exact ? Ink.Dim : Ink.Doubt,
            lead,
            options.Width - PlanText.ChangeColumn
        );
    }
}
