namespace ConfigEngine.Rendering;

/// <summary>One host's part of a plan, without its name: hosts with the same lines are shown once.</summary>
static class HostText
{
    const int Causes = 3;

    /// <summary>The lines below the host's name; none where there is nothing to do.</summary>
    public static IReadOnlyList<Line> Body(HostPlan host, PlanTextOptions options)
    {
        if (host.Error is { } error)
            return [.. Wrap.Hanging(ErrorText.OfAny(host.Host, error), Ink.Plain, new("  "), options.Width)];
        return
        [
            .. KeptText.Of(host, options).Select(line => line.Indented(PlanText.ChangeColumn)),
            .. host.IsWork ? host.Blocks.SelectMany(block => Block(block, options)).Select(line => line.Indented(PlanText.ChangeColumn)) : [],
        ];
    }

    static IEnumerable<Line> Block(BlockPlan block, PlanTextOptions options) =>
    [
        .. block.Entries.Select(entry => entry.Change).OfType<Change>().SelectMany(change => ChangeText.Of(change, options)),
        .. block.Handlers.SelectMany(call => Handler(call, options)),
    ];

    static IEnumerable<Line> Handler(HandlerCall call, PlanTextOptions options)
    {
        var name = Printable.Line(call.Handler.Name);
        Span why = new(call.Owed is { } owed
            ? $"owed since {KeptText.Time(owed.Since)} by {Printable.Line(owed.By)}, because {Because(owed.Because, "changed", "changed")}"
            : $"{(call.Certainty is Certainty.Exact ? "because" : "if")} {Because(call.Because, "changes", "change")}", Ink.Dim);
        Line lead = new(new Span("↻ ", Ink.Changed), new Span(name, Ink.Bold), new Span(",", Ink.Dim));
        Line whole = new([.. lead.Spans, " ", why]);
        var width = options.Width - PlanText.ChangeColumn;
        foreach (var line in width is null || whole.Width <= width ? [whole] : (IEnumerable<Line>)[lead, .. Wrap.Hanging(why.Text, why.Ink, new("    "), width)])
            yield return line;
        if (options.Verbose)
            yield return new Line(new Span($"$ {Printable.Line(call.Handler.Script.Text)}", Ink.Dim)).Indented(PlanText.AttributeColumn - PlanText.ChangeColumn);
    }

    static string Because(IReadOnlyList<string> addresses, string one, string several)
    {
        var named = addresses.Select(Printable.Line).ToList();
        return named.Count switch
        {
            0 => "it is still owed",
            1 => $"{named[0]} {one}",
            <= Causes => $"{string.Join(", ", named[..^1])} and {named[^1]} {several}",
            _ => $"{string.Join(", ", named[..(Causes - 1)])} and {named.Count - Causes + 1} more {several}",
        };
    }
}
