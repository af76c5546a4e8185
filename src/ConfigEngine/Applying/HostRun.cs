using System.Security.Cryptography;

namespace ConfigEngine.Applying;

/// <summary>
/// Applies one host's plan, block by block, under the host's lock. What is exact is sent at once; where only the host can tell
/// what a change did, the rest is looked at and planned again before it goes on; after a reboot, on fresh facts. When the connection
/// is lost, it connects again, learns how far it came, and goes on.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="link">The way to the host.</param>
/// <param name="declaring">What the recipe says for the host.</param>
/// <param name="values">What resources are like, of this host and of others.</param>
/// <param name="options">How the run goes about it.</param>
/// <param name="report">Told of all that happens.</param>
/// <param name="drain">Starts nothing new from then on.</param>
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
    /// Looks once more at everything that the run changed, after the last change of the host: what a later change undid is an error,
    /// and not a surprise for the next plan.
    /// </summary>
    /// <exception cref="NotConvergedException">Something is not so any more.</exception>
    public Task FinalProbes(CancellationToken ct) => last.IsDue && !IsDrained ? ThroughLosses(ProbeAll, ct) : Task.CompletedTask;

    /// <summary>What became of everything.</summary>
    /// <param name="errors">What the run of this host ended with.</param>
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

            // What was sent after a step whose shell was killed was not begun, also where the step itself came to its end.
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

    /// <summary>The session; its first use asks for the lock, in the same breath as what follows.</summary>
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

    /// <summary>Goes through a reboot, and looks at what it should have made so.</summary>
    async Task<List<Sighting>> ProbeAfterReboot(Step step, RebootOptions reboot, CancellationToken ct)
    {
        try
        {
            return await GoThrough(step.Address, reboot, ct) is { } session ? ProbeAfter(session, step, ProbeTime.AfterSteps, ct) : [];
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
                $"{handler.Name} is still owed: the next run does it again."
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
