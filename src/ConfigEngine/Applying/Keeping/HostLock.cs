namespace ConfigEngine.Applying;

/// <summary>
/// The lock of a host, held by a session. While the session lives, it sends a sign of life every few seconds, so that the host can
/// tell a quiet session from a dead one. When the session ends, the kernel releases the lock.
/// </summary>
sealed class HostLock : IAsyncDisposable
{
    /// <summary>The time between two signs of life: short enough that one of them may be lost.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(HostRecords.Silence / 3.5);

    /// <summary>
    /// How long a session whose connection is lost takes to end: until it notices that, and has finished what it must finish.
    /// </summary>
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(90);

    /// <summary>How long an operation that must not be interrupted, such as a package transaction, may take after that.</summary>
    static readonly TimeSpan Supervised = TimeSpan.FromMinutes(15);

    readonly CancellationTokenSource over = new();
    readonly Task beating;
    readonly Task<Output> taking;

    /// <summary>Requests the lock. If it is refused, chained requests after it are not run.</summary>
    /// <param name="session">The session that gets it.</param>
    /// <param name="run">The run, for the note beside the lock.</param>
    /// <param name="token">Identifies this run's work on this host: with it, a run finds its own steps again.</param>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Stops waiting.</param>
    public HostLock(ISession session, Run run, string token, TimeSpan wait, TimeProvider time, CancellationToken ct)
    {
        Session = session;
        taking = session.Ask(Request(run, token, wait, time.GetUtcNow()), ct);
        beating = Beat(time);
    }

    /// <summary>The session that has the lock, or requests it.</summary>
    public ISession Session { get; }

    /// <summary>Whether the lock is taken.</summary>
    public bool IsTaken => taking is { IsCompletedSuccessfully: true, Result.Exit: 0 };

    /// <summary>How long to wait for a host that another run has locked; null if waiting is useless.</summary>
    public static TimeSpan? Patience(Holder holder, EngineOptions options) =>
        options.WaitForLock
        ?? (
            holder.Supervised is not null && holder.IsGone ? Supervised
            : holder.IsGone || options.Run.IsOver(holder.Process) ? Gone
            : null
        );

    /// <summary>Waits until the lock is free, at most this long.</summary>
    public static Task Free(ISession session, TimeSpan patience, CancellationToken ct) =>
        session.Ask(
            new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_free {(long)patience.TotalSeconds}", "the host's lock to be free")
            {
                Deadline = patience + TimeSpan.FromMinutes(1),
            },
            ct
        );

    /// <summary>Waits until the lock is taken.</summary>
    /// <returns>How far the steps came that were sent earlier with the same token.</returns>
    /// <exception cref="HostLockedException">Another run has the lock.</exception>
    /// <exception cref="CannotKeepException">The host cannot write records.</exception>
    /// <exception cref="ProbeFailedException">The host's answer is not understood.</exception>
    public async Task<StepLog> Taken(string host)
    {
        var answer = await taking;
        switch (answer.Exit)
        {
            case 0:
                return Ledger.Understood(host, "how far this run came there", () => StepLog.Read(answer));
            case HostRecords.Locked:
                throw new HostLockedException(
                    host,
                    Ledger.Understood(
                        host,
                        "who has its lock",
                        () =>
                            Holder.Read(answer.Lines.Select(line => NameValue.Read(line)).ToLookup(pair => pair.Name, pair => pair.Value))
                    )
                );
            default:
                throw new CannotKeepException(
                    host,
                    answer.Error.Trim() is { Length: > 0 } said ? Text.Sentence(said) : $"exit code {answer.Exit}"
                );
        }
    }

    /// <summary>The host's note about the run that has its lock; <see cref="Holder.Read"/> reads it.</summary>
    static string NoteOf(Run run, DateTimeOffset now) =>
        $"who={Text.Excerpt(run.By)}\nrun={Text.Excerpt(run.Id)}\nsince={now.ToUniversalTime():O}\nprocess={Text.Excerpt(run.Process)}";

    static Request Request(Run run, string token, TimeSpan wait, DateTimeOffset now) =>
        new(
            $"{HostRecords.LedgerFunctions}\n{HostRecords.Functions}\n{HostRecords.Places}cfg_take {Math.Max(1, (long)wait.TotalSeconds)} "
                + $"{Shell.Quote(NoteOf(run, now))} {Shell.Quote(Text.Excerpt(run.Process))} {token}",
            "the host's lock"
        )
        {
            Chained = true,
            Resets = true,
            Stays = true,
            Deadline = wait + TimeSpan.FromMinutes(2),
        };

    async Task Beat(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pace, time, over.Token);
                await Session.Ask(new(":", "a sign of life") { Deadline = TimeSpan.FromSeconds(HostRecords.Silence) }, over.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or CfgException)
        {
            // Other requests of this session report the failure themselves.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await beating;
        await taking.ContinueWith(_ => { }, TaskScheduler.Default);
        over.Dispose();
    }
}
