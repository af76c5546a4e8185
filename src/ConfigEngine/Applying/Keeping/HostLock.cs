namespace ConfigEngine.Applying;

/// <summary>
/// The lock of a host, in the session that has it. While that session lives, it says so every few seconds, so that the host
/// can tell a quiet session from a dead one; when it ends, the kernel gives the lock back.
/// </summary>
sealed class HostLock : IAsyncDisposable
{
    /// <summary>How often the host hears something: often enough for one to be lost on the way.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(HostRecords.Silence / 3.5);

    /// <summary>How long a session that has lost its other side takes to end: by its own watch, and with what it must finish.</summary>
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(90);

    /// <summary>How long what must not be cut in half may take behind that: a package transaction.</summary>
    static readonly TimeSpan Supervised = TimeSpan.FromMinutes(15);

    readonly CancellationTokenSource over = new();
    readonly Task beating;
    readonly Task<Output> taking;

    /// <summary>Asks for the lock. What is sent after it and chained is not run when it is refused.</summary>
    /// <param name="session">The session that is to have it.</param>
    /// <param name="run">The run, for the note beside the lock.</param>
    /// <param name="token">What tells this run's work on this host from all other: with it, a run finds its own steps again.</param>
    /// <param name="wait">How long to wait for it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Gives up.</param>
    public HostLock(ISession session, Run run, string token, TimeSpan wait, TimeProvider time, CancellationToken ct)
    {
        Session = session;
        taking = session.Ask(Request(run, token, wait, time.GetUtcNow()), ct);
        beating = Beat(time);
    }

    /// <summary>The session that has the lock, or asks for it.</summary>
    public ISession Session { get; }

    /// <summary>Whether the lock is taken.</summary>
    public bool IsTaken => taking is { IsCompletedSuccessfully: true, Result.Exit: 0 };

    /// <summary>How long it is worth waiting for a host that somebody has; null where it is not.</summary>
    public static TimeSpan? Patience(Holder holder, EngineOptions options) =>
        options.WaitForLock
        ?? (
            holder.Supervised is not null && holder.IsGone ? Supervised
            : holder.IsGone || options.Run.IsOver(holder.Process) ? Gone
            : null
        );

    /// <summary>Waits until nobody has the lock, at most so long.</summary>
    public static Task Free(ISession session, TimeSpan patience, CancellationToken ct) =>
        session.Ask(
            new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_free {(long)patience.TotalSeconds}", "the host's lock to be free")
            {
                Deadline = patience + TimeSpan.FromMinutes(1),
            },
            ct
        );

    /// <summary>Waits until the lock is taken.</summary>
    /// <returns>How far the steps came that were sent with the same token before.</returns>
    /// <exception cref="HostLockedException">Somebody else has it.</exception>
    /// <exception cref="CannotKeepException">The host cannot write.</exception>
    /// <exception cref="ProbeFailedException">What the host says is not understood.</exception>
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

    /// <summary>What the host keeps of who has its lock; <see cref="Holder.Read"/> reads it.</summary>
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
            // Whoever works in this session learns it from its own request.
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
