namespace ConfigEngine;

/// <summary>
/// Applies one host's plan, block by block, under the host's lock. What is exact is sent at once; where only the host can tell
/// what a change did, the rest is looked at and planned again before it goes on; behind a reboot, on fresh facts.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="link">The way to the host.</param>
/// <param name="declare">What the recipe says for a host with such facts: all its blocks.</param>
/// <param name="options">How the run goes about it.</param>
/// <param name="report">Told of all that happens.</param>
/// <param name="drain">Starts nothing new from then on.</param>
sealed class HostRun(
    HostPlan plan,
    HostLink link,
    Func<Facts, IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)>> declare,
    EngineOptions options,
    Action<ApplyEvent> report,
    CancellationToken drain) : IAsyncDisposable
{
    readonly Queue<BlockPlan> blocks = new(plan.Blocks);
    readonly List<Change> done = [];
    readonly List<string> handlersDone = [];
    readonly Dictionary<string, Handler> owed = [];
    readonly TimeProvider time = options.Time;
    readonly Lifeline lifeline = new(link, options.Lifeline, options.Time);
    readonly List<Entry> risks = [];
    BlockPlan current = new(0, [], []);
    List<Entry> pending = [];
    IReadOnlyList<Entry> failed = [];
    HostLock? hold;

    string Host => plan.Host;

    bool IsDrained => drain.IsCancellationRequested;

    /// <summary>Applies the next block.</summary>
    public async Task RunBlock(CancellationToken ct)
    {
        current = blocks.Dequeue();
        pending = [.. current.Entries];
        foreach (var call in current.Handlers.Where(call => call.Owed is not null))
            owed.TryAdd(call.Handler.Name, call.Handler);
        while (pending.Exists(entry => entry.Change is not null) && !IsDrained)
        {
            var sure = pending.TakeWhile(entry => entry.Change is null || entry.Guard is not null).ToList();
            var steps = Step.Of(sure.Where(entry => entry.Change is not null)).ToList();
            foreach (var alike in Alike(steps))
                await Send(alike, ct);
            if (IsDrained)
                break;
            pending.RemoveRange(0, sure.Count);
            if (steps.Count == 0)
                await PlanAgain(Rest(), ct);
            else if (steps[^1].Reboots is not null)
                await PlanAgain(RestBehind(sure[^1].Resource, await link.Open(ct)), ct);
        }

        if (!IsDrained)
            await RunHandlers(ct);
        if (lifeline.Drop() is { } drop)
            await (await Hold(ct)).Ask(drop, ct);
        risks.Clear();
    }

    /// <summary>What was done and what was not.</summary>
    public HostReport ReportWith(CfgException? error) => new(
        Host,
        [.. done],
        [.. handlersDone],
        [.. failed.Select(entry => entry.Resource.Address)],
        [.. pending.Concat(blocks.SelectMany(block => block.Entries))
            .Where(entry => entry.Change is { Verb: not Verb.Recheck } change && !done.Contains(change) && !failed.Contains(entry))
            .Select(entry => entry.Change!.Address), .. owed.Keys],
        error);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref hold, null) is { } held)
            await held.DisposeAsync();
    }

    /// <summary>The session; its first use asks for the lock, in the same breath as what follows.</summary>
    async Task<(ISession Session, HostLock Lock)> Enter(CancellationToken ct)
    {
        var session = await link.Open(ct);
        if (hold?.Session != session)
            await DisposeAsync();
        hold ??= new(session, options.Run, options.WaitForLock ?? TimeSpan.Zero, time, ct);
        return (session, hold);
    }

    async Task<ISession> Hold(CancellationToken ct)
    {
        var (session, taken) = await Enter(ct);
        await taken.Taken(Host);
        return session;
    }

    /// <summary>Steps that may cut the way to the host, and those that may not, each in one go.</summary>
    static IEnumerable<List<Step>> Alike(List<Step> steps)
    {
        for (var i = 0; i < steps.Count;)
        {
            var alike = steps.Skip(i).TakeWhile(step => step.IsRisky == steps[i].IsRisky).ToList();
            yield return alike;
            i += alike.Count;
        }
    }

    async Task Send(List<Step> steps, CancellationToken ct)
    {
        if (IsDrained)
            return;
        if (!steps[0].IsRisky)
        {
            await SendAll(steps, null, ct);
            return;
        }

        IReadOnlyList<string> addresses = [.. steps.Select(step => step.Address)];
        risks.AddRange(steps.SelectMany(step => step.Entries));
        try
        {
            await SendAll(steps, lifeline.Arm(), ct);
        }
        catch (CfgException failure) when (failure is not (HostLockedException or CannotKeepException))
        {
            // What was done before the failure stays, as everywhere, if the host can be reached with it.
            await Confirm(addresses, ct);
            throw;
        }

        await Confirm(addresses, ct);
    }

    /// <summary>Comes in anew; where that fails, the changes were made and undone.</summary>
    async Task Confirm(IReadOnlyList<string> what, CancellationToken ct)
    {
        try
        {
            await lifeline.Confirm(what, ct);
        }
        catch (WayCutException)
        {
            failed = [.. failed.Union(risks)];
            done.RemoveAll(change => risks.Exists(entry => entry.Change == change));
            throw;
        }
    }

    async Task SendAll(List<Step> steps, Request? first, CancellationToken ct)
    {
        var (session, taken) = await Enter(ct);
        var now = time.GetUtcNow();
        var armed = first is null ? null : session.Ask(first with { Resets = taken.IsTaken }, ct);
        var sent = steps.Select((step, i) => (
            Step: step,
            Act: session.Ask(step.ToRequest(options.Run, now) with { Resets = i == 0 && first is null && taken.IsTaken }, ct),
            Looks: step.Reboots is not null ? [] : Look(session, step, chained: true, ct))).ToList();
        using var halt = drain.Register(() => _ = session.Halt(ct));
        await taken.Taken(Host);
        if (armed is not null)
            Lifeline.Armed(Host, await armed);

        CfgException? failure = null;
        foreach (var (step, act, looks) in sent)
        {
            var began = time.GetTimestamp();
            if (failure is null && !IsDrained)
                report(new ChangeStarted(Host, step.Entries[0].Resource.Address));
            var acted = await Answer(step, act);
            await Task.WhenAll(looks.Select(look => look.Answer));
            link.Used();
            if (acted.Exit is Request.Skipped)
                continue;
            if (Verdict.Of(Host, step, acted) is { } failing)
            {
                failed = failing is DriftException ? failed : step.Entries;
                failure ??= failing;
                continue;
            }

            // What was done before the run was told to stop is looked at all the same.
            var seen = step.Reboots is { } reboot ? await LookBehind(step, reboot, ct)
                : looks.Exists(look => look.Answer.Result.Exit == Request.Skipped) ? Look(session, step, chained: false, ct)
                : looks;

            // What was sent behind a change that did not take may have been made: it is told as what it is.
            foreach (var (entry, look, answer) in seen)
            {
                if (Verdict.Of(Host, entry, look, await answer) is { } notTaken)
                {
                    failed = [.. failed, entry];
                    failure ??= notTaken;
                }
                else
                {
                    Finish(entry, time.GetElapsedTime(began));
                }
            }
        }

        if (failure is not null)
            throw failure;
    }

    /// <summary>A step's answer; one that never comes leaves it open what became of the step, so that it is not told as one that was not begun.</summary>
    async Task<Output> Answer(Step step, Task<Output> act)
    {
        try
        {
            return await act;
        }
        catch (CfgException)
        {
            failed = [.. failed.Union(step.Entries)];
            throw;
        }
    }

    static List<(Entry Entry, Look Look, Task<Output> Answer)> Look(ISession session, Step step, bool chained, CancellationToken ct) =>
        [.. step.Verifications().Select(look => (look.Entry, look.Look, session.Ask(look.Request with { Chained = chained }, ct)))];

    void Finish(Entry entry, TimeSpan duration)
    {
        done.Add(entry.Change!);
        foreach (var handler in entry.Resource.Notifies)
            owed.TryAdd(handler.Name, handler);
        report(new ChangeDone(Host, entry.Change!, duration));
    }

    /// <summary>Goes through a reboot, and looks at what it should have made so.</summary>
    async Task<List<(Entry Entry, Look Look, Task<Output> Answer)>> LookBehind(Step step, RebootOptions reboot, CancellationToken ct)
    {
        try
        {
            return await GoThrough(step.Address, reboot, ct) is { } session ? Look(session, step, chained: false, ct) : [];
        }
        catch
        {
            failed = step.Entries;
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
        await link.Take(await new RebootGate(link, reboot, time).Pass(facts.BootId, ct));
        report(new RebootDone(Host, time.GetElapsedTime(began)));
        return await Hold(ct);
    }

    /// <summary>What is left of the recipe for this host.</summary>
    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> Rest() =>
        [(current.Number, [.. pending.Select(entry => entry.Resource)]), .. blocks.Select(block => (block.Number, (IReadOnlyList<Resource>)[.. block.Entries.Select(entry => entry.Resource)]))];

    /// <summary>What is left behind a resource that rebooted the host, or the end of a block that did, as the recipe says it for the facts of now.</summary>
    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> RestBehind(Resource? resource, ISession session)
    {
        var anew = declare(session.Facts).ToDictionary(block => block.Number, block => block.Resources);
        return [.. Rest().Select((block, i) => (block.Number, i > 0 ? anew[block.Number] : Behind(resource, anew[block.Number]) ?? block.Resources))];
    }

    static IReadOnlyList<Resource>? Behind(Resource? resource, IReadOnlyList<Resource> all) =>
        resource is not null && all.Any(one => one.Address == resource.Address) ? [.. all.SkipWhile(one => one.Address != resource.Address).Skip(1)] : null;

    async Task PlanAgain(IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> rest, CancellationToken ct)
    {
        var session = await Hold(ct);
        var answers = await Looking.Ask(session, Planner.Questions(rest.SelectMany(block => block.Resources)), ct);
        var again = await Preview.Ask(session, Planner.Plan(Host, rest, answers, plan.Kept.Owed), ct);
        link.Used();

        foreach (var (before, now) in pending.Zip(again.Blocks[0].Entries))
        {
            if (before.Change is not null && now.Change is null)
                report(new AlreadyConverged(Host, before.Resource.Address));
        }

        pending = [.. again.Blocks[0].Entries];
        blocks.Clear();
        foreach (var block in again.Blocks.Skip(1))
            blocks.Enqueue(block);
        report(new Replanned(Host, [.. again.Changes]));
    }

    async Task RunHandlers(CancellationToken ct)
    {
        foreach (var handler in owed.Values.OrderBy(handler => handler.Reboots is null ? 0 : 1).ToList())
        {
            if (IsDrained)
                return;
            var session = await Hold(ct);
            var began = time.GetTimestamp();
            report(new ChangeStarted(Host, handler.Name));
            var isRisky = risks.Exists(entry => entry.Resource.Notifies.Any(one => one.Name == handler.Name));
            if (isRisky)
                Lifeline.Armed(Host, await session.Ask(lifeline.Arm() with { Resets = true }, ct));
            var output = await session.Ask(Owing.ToRequest(handler), ct);
            link.Used();
            if (output.Exit == 0 && handler.Reboots is null)
                owed.Remove(handler.Name);
            if (isRisky && handler.Reboots is null)
                await Confirm([handler.Name], ct);
            if (output.Exit is not (0 or Keeper.NotOwed))
                throw new OperationFailedException(Host, $"handler \"{handler.Name}\"", $"$ {handler.Script.Text}", output.Exit, output.Error);
            var isSelf = output.Exit == 0 && handler.Reboots is { } reboot && await GoThrough(handler.Name, reboot, ct) is null;
            owed.Remove(handler.Name);
            if (output.Exit is Keeper.NotOwed)
                continue;
            handlersDone.Add(handler.Name);
            report(new HandlerDone(Host, handler.Name, time.GetElapsedTime(began)));
            if (handler.Reboots is not null && !isSelf && blocks.Count > 0)
                await PlanAgain(RestBehind(null, await link.Open(ct)), ct);
        }
    }
}
