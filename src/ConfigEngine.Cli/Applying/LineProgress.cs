using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Applying;

/// <summary>Progress for a log: a line for each finished step.</summary>
sealed class LineProgress(Terminal terminal) : IApplyProgress
{
    readonly Lock gate = new();

    public void Tell(ApplyEvent happened)
    {
        var line = happened switch
        {
            ChangeDone done => $"{ChangeText.Sign(done.Change.Verb).Glyph} {done.Change.Address} ({Counts.Of(done.Duration)})",
            AlreadyConverged converged => $"? {converged.Address} is up to date",
            HandlerDone handler => $"↻ {handler.Handler} ({Counts.Of(handler.Duration)})",
            ChangeEnded ended when Words(ended) is { } words => $"{ended.Address}: {words}",
            Reconnecting => "the connection was lost; connecting again",
            Reconnected => "connected again; going on",
            RebootStarted reboot => $"{reboot.Address}: rebooting",
            RebootDone reboot => $"up again ({Counts.Of(reboot.Duration)})",
            Replanned replanned => $"looked again: {Counts.Of(replanned.Changes.Count, "change")} left",
            HostFailed => "failed",
            HostNotStarted => "not started",
            HostStopped => "stopped",
            HostDone => "done",
            _ => null,
        };
        if (line is null)
            return;
        if (happened is HostFailed or ChangeEnded { State: not ChangeState.Done })
            Fail($"{happened.Host}: {line}");
        else
            Say($"{happened.Host}: {line}");
    }

    /// <summary>How a change ended, in the report's words.</summary>
    static string? Words(ChangeEnded ended) =>
        Results
            .Open([new(ended.Address ?? ended.Host, ended.State) { Reached = ended.Reached }])
            .Select(one => one.Words)
            .FirstOrDefault();

    void Fail(string text)
    {
        lock (gate)
            terminal.Fail(text.ReplaceLineEndings(" "));
    }

    public void Say(string text)
    {
        lock (gate)
            terminal.Say(text.ReplaceLineEndings(" "));
    }

    public void Print(IReadOnlyList<OutputLine> lines)
    {
        lock (gate)
            terminal.Say(lines);
    }

    public ValueTask DisposeAsync() => default;
}
