using ConfigEngine.Cli.Applying;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>The work on one host of a run, in order, in the form of plans.</summary>
static class HostHistory
{
    /// <summary>How it ended there.</summary>
    public static (string Text, Ink Ink) State(RecordedRun run, RecordedHost host) =>
        host switch
        {
            { IsNotStarted: true } => ("not started", Ink.Warning),
            { Error: not null } => ("failed", Ink.Failed),
            { HasEnded: true, Left.Count: > 0 } => ("stopped", Ink.Warning),
            { HasEnded: true, Events.Count: 0 } => ("nothing to do", Ink.Dim),
            { HasEnded: true } => ("done", Ink.Added),
            { Begun: not null } when run.IsRunning => ("under way", Ink.Changed),
            { Begun: not null } => ("in doubt", Ink.Failed),
            _ => ("not done", Ink.Warning),
        };

    /// <summary>The lines below the host's name.</summary>
    /// <param name="run">The run.</param>
    /// <param name="host">The host.</param>
    /// <param name="durations">The text about the duration of each event; empty where there is none.</param>
    /// <param name="zone">The time zone for times.</param>
    /// <param name="options">How changes are rendered.</param>
    public static IEnumerable<OutputLine> Body(
        RecordedRun run,
        RecordedHost host,
        IReadOnlyList<string> durations,
        TimeZoneInfo zone,
        PlanTextOptions options
    )
    {
        OutputLine margin = new("  ");
        foreach (var (happened, i) in host.Events.Select((happened, i) => (happened, i)))
        {
            foreach (var line in Timed([.. Event(happened, options)], durations.ElementAtOrDefault(i), options.Width))
                yield return line.Indented(margin.Width);
        }

        if (host.Error is { } error)
        {
            foreach (
                var line in Wrap.Hanging(
                    durations.Count == 0 ? ErrorText.OfAny(host.Name, error) : ErrorText.Of(host.Name, error),
                    Ink.Plain,
                    margin,
                    options.Width
                )
            )
                yield return line;
        }

        if (host.Begun is { } begun)
        {
            var since = durations.Count == 0 && host.Events.Count > 0 ? "" : $" at {TimeZoneInfo.ConvertTime(begun.Since, zone):HH:mm:ss}";
            var end = run.IsRunning ? "" : ", and how it ended is not known";
            foreach (
                var line in Wrap.Hanging(
                    $"begun{since}{end}: {Printable.Line(begun.Address)}",
                    run.IsRunning ? Ink.Changed : Ink.Failed,
                    margin,
                    options.Width
                )
            )
                yield return line;
        }

        if (run.IsRunning)
        {
            if (host.Open.Where(address => address != host.Begun?.Address).ToList() is { Count: > 0 } open)
            {
                foreach (
                    var line in Wrap.Hanging(
                        $"not done yet: {string.Join(", ", open.Select(Printable.Line))}",
                        Ink.Warning,
                        margin,
                        options.Width
                    )
                )
                    yield return line;
            }

            yield break;
        }

        foreach (var (words, ink, addresses) in Results.Open([.. host.Left.Where(change => change.Address != host.Begun?.Address)]))
        {
            foreach (
                var line in Wrap.Hanging($"{words}: {string.Join(", ", addresses.Select(Printable.Line))}", ink, margin, options.Width)
            )
                yield return line;
        }
    }

    static IEnumerable<OutputLine> Event(RecordedEvent happened, PlanTextOptions options) =>
        happened.What switch
        {
            "change-done" => RecordedChange.Of(happened) is { } change
                ? ChangeText.Of(change, options)
                : [Named('~', Ink.Changed, happened)],
            "handler-done" => [Named('↻', Ink.Changed, happened)],
            "already-converged" =>
            [
                new(new("? ", Ink.Dim), new($"{Printable.Line(happened.Address)}  was up to date when it was checked again", Ink.Dim)),
            ],
            "reboot-started" => [new(new Span("· rebooted for ", Ink.Dim), new(Printable.Line(happened.Address), Ink.Bold))],
            "reboot-done" => [new(new Span("· up again", Ink.Dim))],
            "replanned" =>
            [
                new(new Span($"· looked again, {Counts.Of(RecordedChange.Addresses(happened.Body).Count(), "change")} left", Ink.Dim)),
            ],
            _ => [],
        };

    static OutputLine Named(char glyph, Ink ink, RecordedEvent happened) =>
        new(new($"{glyph} ", ink), new(Printable.Line(happened.Address), Ink.Bold));

    /// <summary>The duration after the heading, or below it if the line would be too long.</summary>
    static IEnumerable<OutputLine> Timed(IReadOnlyList<OutputLine> lines, string? took, int? width)
    {
        if (lines.Count == 0 || took is null or "")
            return lines;
        Span span = new(took, Ink.Dim);
        return width is { } columns && lines[0].Width + 4 + Cells.Of(took) > columns
            ? [lines[0], new("    ", span), .. lines.Skip(1)]
            : [new([.. lines[0].Spans, "  ", span]), .. lines.Skip(1)];
    }
}
