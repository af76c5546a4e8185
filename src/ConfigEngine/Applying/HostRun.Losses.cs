namespace ConfigEngine.Applying;

/// <summary>How a run continues after it lost its connection.</summary>
sealed partial class HostRun
{
    /// <summary>How often a host's connection may be lost in one run before it is left alone.</summary>
    const int MostLosses = 5;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// How long an operation that must not be interrupted, such as a package transaction, may keep the lock after the connection
    /// was lost.
    /// </summary>
    static readonly TimeSpan Supervised = TimeSpan.FromMinutes(15);

    /// <summary>Entries whose answers were lost, and whether the host noted that all of their operations were finished.</summary>
    readonly Dictionary<PlannedChange, bool> lost = new(ReferenceEqualityComparer.Instance);

    int losses;

    /// <summary>Does some work. When the connection is lost, connects again and does the rest of the work.</summary>
    async Task ThroughLosses(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await work(ct);
                return;
            }
            catch (CfgException failure) when (failure is ConnectionLostException or DeadlineException)
            {
                await Learn(failure, ct);
            }
        }
    }

    /// <summary>
    /// Connects again, and asks the host how far the unanswered steps came. A step that exceeded its deadline is not started again,
    /// and neither is a step whose result cannot be known: it then fails as before, with that knowledge.
    /// </summary>
    async Task Learn(CfgException failure, CancellationToken ct)
    {
        var boot = link.BootId;
        if (IsDrained || ++losses > MostLosses || !await Reconnect(failure, ct))
            throw failure;
        var (session, taken) = await Enter(Supervised, ct);
        var log = await taken.Taken(Host);
        var isWhole = log.IsWhole(plan.Kept.Steps) && boot is not null && session.Facts.BootId == boot;
        var ledger = await Records.Read(session, Host, ct);
        link.Used();
        var isKnown = true;
        foreach (var (number, step) in unanswered.OrderBy(sent => sent.Key).ToList())
        {
            if (isWhole && !log.Began.Contains(number) && !DidAll(step, log, number))
                SetAll(step, ChangeState.Planned);
            else
                isKnown &= Learn(step, log, number);
        }

        unanswered.Clear();
        foreach (var handler in owed.Values.Where(handler => tally.Of(current.Number, handler) is ChangeState.Sent).ToList())
            Learn(handler, ledger);
        if (failure is DeadlineException || !isKnown)
            throw failure;
        pending.RemoveAll(entry => tally.Of(current.Number, entry.Resource) is ChangeState.Done);
        if (HasWork)
            await PlanAgain(Rest(), ct);
        report(new Reconnected(Host));
    }

    static Finished? ResultOf(Step step, StepLog log) =>
        log.Finished is { } result && result.What == step.Address && step.Operations.Count == 1 ? result : null;

    static bool DidAll(Step step, StepLog log, int number) => log.Did.Contains(number) || ResultOf(step, log)?.Exit == 0;

    /// <summary>The result of a step whose answer was lost, and that may have been started.</summary>
    /// <returns>Whether it is known, or a probe can tell it.</returns>
    bool Learn(Step step, StepLog log, int number)
    {
        var didAll = DidAll(step, log, number);
        var isKnown = true;
        foreach (var entry in step.Entries)
        {
            if (entry.Resource.IsVerified)
                lost[entry] = didAll;
            else if (didAll)
                Finish(entry, TimeSpan.Zero);
            else
                isKnown = false;
        }

        if (!isKnown)
            SetAll(step, ResultOf(step, log) is null ? ChangeState.InDoubt : ChangeState.Failed, Reached.Unknown);
        return isKnown;
    }

    /// <summary>A handler that ran is no longer owed.</summary>
    void Learn(Handler handler, Ledger ledger)
    {
        if (ledger.Owed.Any(one => one.Handler == handler.Name))
        {
            tally.Set(current.Number, handler, ChangeState.Planned);
            return;
        }

        owed.Remove(handler.Name);
        tally.Set(current.Number, handler, ChangeState.Done);
        last.Touch();
        report(new HandlerDone(Host, handler.Name, TimeSpan.Zero));
    }

    /// <summary>Connects again, within the time that the run allows.</summary>
    async Task<bool> Reconnect(CfgException failure, CancellationToken ct)
    {
        report(new Reconnecting(Host, failure));
        await DisposeAsync();
        await link.Close();
        using CancellationTokenSource over = new(options.Reconnect, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
        await using Attempts attempts = new(link);
        var boot = link.BootId;
        try
        {
            while (true)
            {
                try
                {
                    await link.Take(await attempts.Next(limit.Token));
                    await UntilUp(boot, ct);
                    return true;
                }
                catch (HostUnreachableException other) when (other.IsAnotherHost)
                {
                    return false;
                }
                catch (CfgException down) when (down is HostUnreachableException or ConnectionLostException or DeadlineException)
                {
                    await Task.Delay(Pause, time, limit.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits until a host that has rebooted meanwhile is up, and as long as for a connection at most: it lets us in before its services
    /// run.
    /// </summary>
    async Task UntilUp(string? boot, CancellationToken ct)
    {
        var session = await link.Open(ct);
        var began = time.GetTimestamp();
        while (
            boot is not null
            && session.Facts.BootId != boot
            && time.GetElapsedTime(began) < options.Reconnect
            && await RebootGate.Doing(session, ct) is not null
        )
            await Task.Delay(Pause, time, ct);
        link.Used();
    }

    NotConvergedException DidNotTake(PlannedChange entry, Change left)
    {
        tally.Set(current.Number, entry, ChangeState.DidNotTake);
        report(new ChangeEnded(Host, entry.Resource.Address, ChangeState.DidNotTake, Reached.All));
        return new(Host, left, Verdict.Differences(left.Attributes));
    }
}
