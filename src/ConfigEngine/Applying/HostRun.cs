using System.Security.Cryptography;

namespace ConfigEngine.Applying;

/// <summary>
/// Applies one host's plan, block by block, under the host's lock. Exact changes are sent at once. If only the host can tell what a
/// change did, the rest is probed and planned again before the run continues; after a reboot, with new facts. When the connection
/// is lost, it connects again, finds out how far it came, and continues.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="link">The link to the host.</param>
/// <param name="declaring">The recipe's resources for the host.</param>
/// <param name="values">The states of resources of this host and of others.</param>
/// <param name="options">The options of the run.</param>
/// <param name="report">Called for every event.</param>
/// <param name="drain">When cancelled, nothing new is started.</param>
sealed partial class HostRun(
    HostPlan plan,
    HostLink link,
    Declaring declaring,
    KnownValues values,
    EngineOptions options,
    Action<ApplyEvent> report,
    CancellationToken drain
) : IAsyncDisposable
{
    readonly string token = RandomNumberGenerator.GetHexString(16, lowercase: true);
    readonly Queue<BlockPlan> blocks = new(plan.Blocks);
    readonly Tally tally = new();
    readonly LastProbes last = new();
    readonly Dictionary<string, Handler> owed = [];
    readonly TimeProvider time = options.Time;
    readonly Lifeline lifeline = new(link, options.Lifeline, options.Time);
    BlockPlan current = new(0, [], []);
    List<Entry> pending = [];
    HostLock? hold;
    int steps;

    string Host => plan.Host;

    bool IsDrained => drain.IsCancellationRequested;

    bool HasWork => pending.Exists(entry => entry is PlannedChange);

    /// <summary>Applies the next block.</summary>
    public async Task RunBlock(CancellationToken ct)
    {
        if (steps == 0)
            tally.Plan(plan.Blocks, []);
        current = blocks.Dequeue();
        pending = [.. current.Entries];
        foreach (var call in current.Handlers.Where(call => call.Owed is not null))
            owed.TryAdd(call.Handler.Name, call.Handler);
        await ThroughLosses(Work, ct);
    }

    /// <summary>
    /// Probes everything that the run changed once more, after the host's last change. If a later change undid an earlier one, that
    /// is an error now, and not a surprise in the next plan.
    /// </summary>
    /// <exception cref="NotConvergedException">Something is no longer in the desired state.</exception>
    public Task FinalProbes(CancellationToken ct) => last.IsDue && !IsDrained ? ThroughLosses(ProbeAll, ct) : Task.CompletedTask;

    /// <summary>The results of all changes and handlers.</summary>
    /// <param name="errors">The errors that the run of this host ended with.</param>
    public HostReport ReportWith(IReadOnlyList<CfgException> errors) => new(Host, tally.AtTheEnd, [.. errors, .. besides]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref hold, null) is { } held)
            await held.DisposeAsync();
    }

    async Task Work(CancellationToken ct)
    {
        while (HasWork && !IsDrained)
        {
            var sure = pending.TakeWhile(entry => entry is not PlannedChange { Guard: null }).ToList();
            var sending = Step.Of(sure.OfType<PlannedChange>()).ToList();
            var isLast =
                sure.Count == pending.Count
                && blocks.All(block => block.IsEmpty)
                && owed.Count == 0
                && sure.All(entry => entry is not PlannedChange || entry.Resource.Notifies.Count == 0);
            if (!await SendAsPlanned(sending, isLast ? Remaining.Nothing : Remaining.More, ct))
                continue;
            if (IsDrained)
                return;

            // Requests that were sent after a step whose shell was killed did not begin, even if the step itself was finished.
            if (sure.Any(IsUnmade))
            {
                pending = Unmade();
                continue;
            }

            pending.RemoveRange(0, sure.Count);
            if (sending.Count == 0)
                await PlanAgain(Rest(), ct);
            else if (sending[^1].Reboots is not null)
                await PlanAgain(await RestAfter(sure[^1].Resource, ct), ct);
        }

        if (!IsDrained)
            await RunHandlers(ct);
        if ((blocks.Count == 0 || IsDrained) && lifeline.Drop() is { } drop)
            await (await Hold(ct)).Ask(drop, ct);
    }

    /// <summary>The session. Its first use requests the lock, together with the request that follows.</summary>
    async Task<(ISession Session, HostLock Lock)> Enter(TimeSpan wait, CancellationToken ct)
    {
        var session = await link.Open(ct);
        if (hold?.Session != session)
            await DisposeAsync();
        hold ??= new(session, options.Run, token, wait, time, ct);
        return (session, hold);
    }

    Task<(ISession Session, HostLock Lock)> Enter(CancellationToken ct) => Enter(options.WaitForLock ?? TimeSpan.Zero, ct);

    async Task<ISession> Hold(CancellationToken ct)
    {
        var (session, taken) = await Enter(ct);
        await taken.Taken(Host);
        return session;
    }

    /// <summary>Waits for a reboot, and probes the resources that it should have changed.</summary>
    async Task<List<Sighting>> ProbeAfterReboot(Step step, RebootOptions reboot, CancellationToken ct)
    {
        try
        {
            return await GoThrough(step.Address, reboot, ct) is { } session
                ? ProbeAfter(session, step.Entries, ProbeTime.AfterSteps, ct)
                : [];
        }
        catch
        {
            SetAll(step, ChangeState.Failed, Reached.Unknown);
            throw;
        }
    }

    /// <summary>Ends the session of a host that was told to reboot, and waits for its next boot.</summary>
    /// <returns>The new session, with the lock; null where the host is the machine that this run is on.</returns>
    async Task<ISession?> GoThrough(string address, RebootOptions reboot, CancellationToken ct)
    {
        var facts = (await link.Open(ct)).Facts;
        report(new RebootStarted(Host, address));
        if (OwnReboot.Is(facts, options.OwnBootId))
            return null;
        var began = time.GetTimestamp();
        await DisposeAsync();
        await link.Close();
        var atRisk = lifeline.AtRisk;
        try
        {
            await link.Take(await new RebootGate(link, reboot, lifeline, time).Pass(facts.BootId, address, ct));
        }
        catch (WayCutException cut)
        {
            Undone(atRisk, cut);
            throw;
        }

        report(new RebootDone(Host, time.GetElapsedTime(began)));
        return await Hold(ct);
    }

    async Task ProbeAll(CancellationToken ct)
    {
        var session = await Hold(ct);
        await Settle(last.Ask(session, ct));
    }

    async Task RunHandlers(CancellationToken ct)
    {
        while (owed.Count > 0 && !IsDrained)
        {
            var handler = Planner.InOrder(current.Handlers, owed.Values)[0];
            var isLast = owed.Count == 1 && handler.Reboots is null && blocks.All(block => block.IsEmpty);
            await RunHandler(handler, isLast ? Remaining.Nothing : Remaining.More, ct);
        }
    }

    async Task RunHandler(Handler handler, Remaining remaining, CancellationToken ct)
    {
        var session = await Hold(ct);
        var began = time.GetTimestamp();
        report(new ChangeStarted(Host, handler.Name));
        var defined = lifeline.Define(session, handler) is { } define ? session.Ask(define, ct) : Task.CompletedTask;
        var guarded = lifeline.Guarded(handler, Owing.ToRequest(handler));
        var isRisky = lifeline.IsArmed;
        tally.Set(current.Number, handler, ChangeState.Sent);
        var running = session.Ask(guarded, ct);
        var looksLast = remaining is Remaining.Nothing && !isRisky;
        var probes = looksLast ? last.Ask(session, ct) : [];
        await defined;
        var output = await running;
        link.Used();
        lifeline.Armed(output);
        output = await Owing.Outcome(session, handler, output, ct);
        if (output.Exit == 0 && handler.Reboots is null)
            owed.Remove(handler.Name);
        if (handler.Reboots is null)
            await Confirm(handler, ct);
        if (output.Exit is not (0 or HostRecords.NotOwed))
        {
            tally.Set(current.Number, handler, ChangeState.Failed, Reached.Unknown);
            throw new OperationFailedException(
                Host,
                $"handler \"{handler.Name}\"",
                $"$ {handler.Script.Text}",
                output.Exit,
                output.Error,
                tally.SourceOf(current.Number, handler),
                $"{handler.Name} is still pending: the next run does it again."
            );
        }

        var isSelf = output.Exit == 0 && handler.Reboots is { } reboot && await GoThrough(handler, reboot, ct) is null;
        owed.Remove(handler.Name);
        if (output.Exit is HostRecords.NotOwed)
        {
            tally.Drop(current.Number, handler);
        }
        else
        {
            tally.Set(current.Number, handler, ChangeState.Done);
            report(new HandlerDone(Host, handler.Name, time.GetElapsedTime(began)));
        }

        if (looksLast)
            await Settle(probes);
        else if (!isSelf)
            last.Touch();
        if (handler.Reboots is not null && !isSelf && blocks.Count > 0)
            await PlanAgain(await RestAfter(null, ct), ct);
    }

    async Task Confirm(Handler handler, CancellationToken ct)
    {
        try
        {
            await Confirm([handler.Name], null, ct);
        }
        catch (WayCutException cut)
        {
            tally.Set(current.Number, handler, cut.StateOf(handler));
            throw;
        }
    }

    async Task<ISession?> GoThrough(Handler handler, RebootOptions reboot, CancellationToken ct)
    {
        try
        {
            return await GoThrough(handler.Name, reboot, ct);
        }
        catch
        {
            tally.Set(current.Number, handler, ChangeState.Failed, Reached.Unknown);
            throw;
        }
    }
}
