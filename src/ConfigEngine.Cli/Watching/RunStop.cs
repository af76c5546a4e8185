namespace ConfigEngine.Cli.Watching;

/// <summary>Why a run ends early.</summary>
/// <param name="Outcome">The reason in short, for the journal.</param>
/// <param name="Sentence">The reason for people.</param>
/// <param name="ExitCode">The exit code of the command.</param>
sealed record StopReason(string Outcome, string Sentence, int ExitCode)
{
    /// <summary>A signal ended it.</summary>
    public static StopReason Signal { get; } = new("stopped at once", "Stopped at once.", Cli.ExitCode.Interrupted);

    /// <summary>The deadline of the whole run is over.</summary>
    public static StopReason Deadline(TimeSpan limit) =>
        new("deadline", $"The run reached --deadline {Durations.Text(limit)} and was stopped.", Cli.ExitCode.Failed);

    /// <summary>The running steps did not finish in time.</summary>
    public static StopReason DrainTimeout(TimeSpan limit) =>
        new(
            "stopped at once",
            $"Stopped at once: --drain-timeout {Durations.Text(limit)} was over before the running steps ended.",
            Cli.ExitCode.Interrupted
        );
}

/// <summary>Ends a run at once, for the first reason that comes, and keeps the state of every host at that moment.</summary>
sealed class RunStop : IDisposable
{
    readonly Lock gate = new();

    // Never disposed: a timer may still be about to cancel it, and it holds no resources.
    readonly CancellationTokenSource source = new();
    readonly List<ITimer> timers = [];
    readonly Whereabouts whereabouts;
    readonly TimeProvider time;
    readonly CancellationTokenRegistration signal;

    public RunStop(Whereabouts whereabouts, TimeProvider time, CancellationToken ct)
    {
        (this.whereabouts, this.time) = (whereabouts, time);
        signal = ct.Register(() => Now(StopReason.Signal));
    }

    /// <summary>Cancelled when the run should end.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Why it ended; null while nothing ended it.</summary>
    public StopReason? Reason { get; private set; }

    /// <summary>The state of every host at that moment.</summary>
    public IReadOnlyList<Whereabout> Where { get; private set; } = [];

    /// <summary>Ends it after some time.</summary>
    public void After(TimeSpan delay, StopReason reason)
    {
        lock (gate)
            timers.Add(time.CreateTimer(_ => Now(reason), null, delay > TimeSpan.Zero ? delay : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
    }

    void Now(StopReason reason)
    {
        lock (gate)
        {
            if (Reason is not null)
                return;
            (Reason, Where) = (reason, whereabouts.Look());
        }

        source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        signal.Dispose();
        lock (gate)
            timers.ForEach(timer => timer.Dispose());
    }
}

/// <summary>Planning took longer than the command line allows.</summary>
sealed class RunDeadlineException(StopReason reason, IReadOnlyList<Whereabout> where, TimeProvider time)
    : CfgException($"{reason.Sentence} Where each host was:\n{string.Join('\n', WhereText.Of(where, time, null))}\nNothing was changed.");
