using System.Globalization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>One run for people: a description, then the work on each host; hosts with the same work are shown together.</summary>
static class RunText
{
    const int Column = 9;

    /// <summary>The lines.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hosts">The requested hosts.</param>
    /// <param name="zone">The time zone for times.</param>
    /// <param name="options">How changes are rendered.</param>
    public static IEnumerable<OutputLine> Of(
        RecordedRun run,
        IReadOnlyList<RecordedHost> hosts,
        TimeZoneInfo zone,
        PlanTextOptions options
    )
    {
        var (ink, end) = (HistoryTable.InkOf(run), run.ExitCode is { } code ? $"exit code {code}" : "");
        yield return new(new($"run {run.Id}", Ink.Bold), "  ", new(run.Outcome, ink), end.Length > 0 ? $", {end}" : "");
        foreach (var (name, value) in Header(run, zone, options))
        {
            foreach (
                var line in Wrap.Hanging(
                    Printable.Line(value),
                    Ink.Plain,
                    new(new Span($"  {name.PadRight(Column)}", Ink.Dim)),
                    options.Width
                )
            )
                yield return line;
        }

        var alike = hosts
            .Select(host =>
                (Host: host, State: HostHistory.State(run, host), Body: HostHistory.Body(run, host, [], zone, options).ToList())
            )
            .GroupBy(host => (host.State, Text: string.Join('\n', host.Body)))
            .OrderBy(group => group.Key.State.Ink)
            .ThenBy(group => group.Key.Text.Length == 0 ? 0 : 1);
        foreach (var group in alike)
        {
            yield return OutputLine.Empty;
            List<RecordedHost> same = [.. group.Select(host => host.Host)];
            var (state, made) = (
                group.Key.State,
                same[0].Events.Count == 0 && same[0].Error is null ? "" : HistoryTable.Made(same[0].Changes, same[0].HandlersDone, 0)
            );
            var name = HostList.Of([.. same.Select(host => host.Name)], options.Width, $"{state.Text}  {made}");
            yield return new(new(name, Ink.Bold), "  ", new(state.Text, state.Ink), made.Length > 0 ? $"  {made}" : "");
            foreach (var line in HostHistory.Body(run, same[0], Durations(same), zone, options))
                yield return line;
        }

        yield return OutputLine.Empty;
        foreach (var line in Closing(run).SelectMany(text => Wrap.Hanging(text, Ink.Plain, OutputLine.Empty, options.Width)))
            yield return line;
    }

    static IEnumerable<(string Name, string Value)> Header(RecordedRun run, TimeZoneInfo zone, PlanTextOptions options)
    {
        var started = TimeZoneInfo.ConvertTime(run.Started, zone);
        var took = Counts.Of(run.Last - run.Started);
        yield return (
            "when",
            $"{started.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}"
                + $"{(options.Ago is { } ago ? $", {ago(run.Started)}" : "")}, "
                + $"{(run.Ended is null ? $"last heard of {took} later" : $"took {took}")}"
        );
        yield return ("user", run.User);
        yield return ("recipe", $"{run.Recipe} (sha256 {(run.Digest.Length > 12 ? run.Digest[..12] : run.Digest)})");
        if (run.Commit is { } commit)
            yield return ("commit", commit);
        if (run.Directory is { } directory)
            yield return ("in", directory);
        yield return ("command", $"cfg {string.Join(' ', run.Arguments.Select(HostShell.Shell.Quote))}");
        yield return (
            "hosts",
            run.Hosts.Count == 0 ? "none" : HostList.Of([.. run.Hosts.Select(host => host.Name)], options.Width - Column - 2, null)
        );
        yield return ("journal", run.Path);
    }

    static IEnumerable<string> Closing(RecordedRun run)
    {
        yield return $"{run.Id}: {Counts.Of(run.Hosts.Count, "host")}, {HistoryTable.Made(run.Changes, run.Handlers, run.Failed)}.";
        if (run is { Ended: null, IsRunning: false })
            yield return "The run did not end: cfg was killed, or the machine went down. " + Doubt.Sentence;
        if (run.Unreadable > 0)
            yield return $"{Counts.Of(run.Unreadable, "line")} of the journal could not be read.";
        if (run.Format < 2 && run.ExitCode is not 0)
            yield return "This journal is of an older cfg, which did not write down what was not started.";
    }

    /// <summary>How long each event took; for several hosts, on the slowest one.</summary>
    static List<string> Durations(List<RecordedHost> hosts) =>
        [
            .. Enumerable
                .Range(0, hosts[0].Events.Count)
                .Select(i =>
                    hosts.Max(host => host.Events.ElementAtOrDefault(i)?.Seconds) is { } seconds
                        ? $"{(hosts.Count == 1 ? "" : "up to ")}{Counts.Of(TimeSpan.FromSeconds(seconds))}"
                        : ""
                ),
        ];
}
