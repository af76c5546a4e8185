namespace ConfigEngine.Applying;

/// <summary>How a run sends its steps, and how it reads the answers.</summary>
sealed partial class HostRun
{
    /// <summary>Steps that were sent and have not been answered, by number.</summary>
    readonly Dictionary<int, Step> unanswered = [];

    /// <summary>Further errors, besides the one that ends the run of this host.</summary>
    readonly List<CfgException> besides = [];

    /// <summary>
    /// Groups of adjacent steps: those that may cut the connection to the host, and those that may not. Each group is sent
    /// together.
    /// </summary>
    static IEnumerable<List<Step>> Alike(List<Step> steps)
    {
        for (var i = 0; i < steps.Count;)
        {
            var alike = steps.Skip(i).TakeWhile(step => step.IsRisky == steps[i].IsRisky).ToList();
            yield return alike;
            i += alike.Count;
        }
    }

    async Task Send(List<Step> sending, Remaining remaining, CancellationToken ct)
    {
        if (IsDrained)
            return;
        IReadOnlyList<string> addresses = [.. sending.Select(step => step.Address)];
        var isRisky = sending[0].IsRisky;
        try
        {
            await SendAll(sending, isRisky ? Remaining.More : remaining, ct);
        }
        catch (CfgException failure) when (isRisky && failure is not HostLockedException)
        {
            // Steps that were done before the failure stay, as always, if the host can still be reached. A step whose copy could
            // not be kept did nothing, but its neighbours before it may have.
            await Confirm(addresses, failure, ct);
            throw;
        }

        await Confirm(addresses, null, ct);
    }

    /// <summary>
    /// Connects once more. If that fails, the changes were made and the host has undone them, as far as it reports so.
    /// </summary>
    async Task Confirm(IReadOnlyList<string> what, CfgException? failure, CancellationToken ct)
    {
        var atRisk = lifeline.AtRisk;
        try
        {
            await lifeline.Confirm(what, failure, ct);
        }
        catch (WayCutException cut)
        {
            Undone(atRisk, cut);
            throw;
        }
    }

    /// <summary>Notes the changes at risk that were started as undone, as far as the host reports so.</summary>
    void Undone(IReadOnlyList<(int Block, PlannedChange Entry)> atRisk, WayCutException cut)
    {
        foreach (var (block, entry) in atRisk.Where(one => tally.Of(one.Block, one.Entry.Resource) is not ChangeState.Planned))
            tally.Set(block, entry, cut.StateOf(entry.Resource));
        last.Forget(atRisk.Select(one => one.Entry));
    }

    async Task SendAll(List<Step> sending, Remaining remaining, CancellationToken ct)
    {
        var (session, taken) = await Enter(ct);
        var now = time.GetUtcNow();
        var defined = lifeline.Define(session, sending) is { } define ? session.Ask(define, ct) : Task.CompletedTask;
        report(new ChangesSent(Host, [.. sending.SelectMany(step => step.Entries).Select(entry => entry.Resource.Address)]));
        List<(int Number, Step Step, Task<Output> Act, Afterwards After)> sent = [];
        List<Task> asides = [];
        var resets = taken.IsTaken;
        Task<Output> Ask(Request request)
        {
            var answer = session.Ask(request with { Resets = resets }, ct);
            resets = false;
            return answer;
        }

        List<StepSet> sets = [.. StepSet.Of(sending)];
        foreach (var set in sets)
        {
            if (set.Before(steps + 1) is { } before)
                asides.Add(Ask(before));
            Afterwards after = new(set);
            foreach (var step in set.Steps)
            {
                unanswered.Add(++steps, step);
                SetAll(step, ChangeState.Sent);
                var request = step.ToRequest(options.Run, now, steps, set, (one, limit) => lifeline.Arm(current.Number, one, limit));
                sent.Add((steps, step, Ask(request), after));
            }

            if (set.Steps[^1].Reboots is null)
                after.Probes = ProbeAfter(session, set.Entries, ProbeTime.WithSteps, ct);
            if (set.After is { } forget)
                asides.Add(session.Ask(forget, ct));
        }

        // The last probes are sent with the last steps, so they cost no extra round trip. What the last set made has just been probed.
        var looksLast = remaining is Remaining.Nothing && sending[^1].Reboots is null;
        var final = looksLast ? last.AskWith(session, current.Number, sets.SkipLast(1).SelectMany(set => set.Entries), ct) : [];
        var halting = Task.CompletedTask;
        var halt = drain.Register(() => halting = Halt(session, ct));
        try
        {
            await taken.Taken(Host);
            await defined;

            CfgException? failure = null;
            foreach (var (number, step, act, after) in sent)
            {
                try
                {
                    failure = await Answered(number, step, act, after, failure, ct) ?? failure;
                }
                catch (CfgException lost) when (failure is not null)
                {
                    besides.Add(lost);
                    break;
                }
            }

            await Task.WhenAll(asides);
            if (failure is not null)
                throw failure;
            if (looksLast && !IsDrained)
                await Settle(final);
            else
                last.Touch();
        }
        finally
        {
            // A halt that is still running belongs to the report of this host.
            await halt.DisposeAsync();
            await halting;
        }
    }

    async Task Halt(ISession session, CancellationToken ct)
    {
        if (await Halting.Halt(session, Host, options.Say, ct))
            report(new Halted(Host));
    }

    /// <summary>Waits for a step's answer and for the probes after it.</summary>
    /// <returns>Why it did not succeed, or was not started; null if it succeeded, or if an earlier step is the reason.</returns>
    async Task<CfgException?> Answered(
        int number,
        Step step,
        Task<Output> act,
        Afterwards after,
        CfgException? before,
        CancellationToken ct
    )
    {
        var began = time.GetTimestamp();
        if (before is null && !IsDrained)
            report(new ChangeStarted(Host, step.Entries[0].Resource.Address));
        var acted = await Outcome(step, await act, ct);
        await Task.WhenAll(after.Probes.Select(probe => probe.Answer));
        unanswered.Remove(number);
        link.Used();
        if (acted.Exit is Request.Skipped)
        {
            SetAll(step, ChangeState.Planned);
            return null;
        }

        if (Verdict.Of(Host, step, acted) is { } failed)
        {
            SetAll(step, failed.State, failed.Reached);
            return failed.Error;
        }

        // Steps that were done before the run was told to stop are still probed.
        if (after.Probes.Exists(probe => probe.Answer.Result.Exit == Request.Skipped))
            after.Probes = ProbeAfter(await link.Open(ct), after.Set.Entries, ProbeTime.AfterSteps, ct);
        var seen = step.Reboots is { } reboot ? await ProbeAfterReboot(step, reboot, ct) : after.Of(step);
        CfgException? first = null;
        foreach (var sighting in seen)
        {
            if (Verdict.Of(Host, sighting.Entry, sighting.Probe, await sighting.Answer) is { } notTaken)
            {
                // Where the probe failed, it is unknown whether the change was made.
                var state = notTaken is NotConvergedException ? ChangeState.DidNotTake : ChangeState.InDoubt;
                tally.Set(current.Number, sighting.Entry, state);
                report(new ChangeEnded(Host, sighting.Entry.Resource.Address, state, Reached.All));
                first ??= notTaken;
            }
            else
            {
                Note(sighting.Entry, await sighting.Answer);
                Finish(sighting.Entry, time.GetElapsedTime(began));
            }
        }

        // If the run is on the rebooted machine itself, it cannot probe after the reboot.
        foreach (var entry in step.Entries.Except(seen.Select(sighting => sighting.Entry)))
            Finish(entry, time.GetElapsedTime(began));
        return first;
    }

    /// <summary>The result of a step whose shell was killed; the shell's answer, if no operation continued without it.</summary>
    async Task<Output> Outcome(Step step, Output answered, CancellationToken ct) =>
        step.IsSupervised && await LeftBehind.Of(await link.Open(ct), step.Address, step.Deadline, answered, ct) is { } left
            ? Step.Answered(left)
            : answered;

    /// <summary>Keeps the current state of a resource, for resources that use a value of it.</summary>
    void Note(PlannedChange entry, Output answer)
    {
        if (values.AreUsed(entry.Resource.Address))
            values.Set(Host, entry.Resource.Address, Planner.Parse(Host, entry.Resource, answer));
    }

    static List<Sighting> ProbeAfter(ISession session, IEnumerable<PlannedChange> entries, ProbeTime when, CancellationToken ct)
    {
        var probes = entries.Select(entry => (Entry: entry, After: Step.Verification(entry))).ToList();
        var answers = Probing.Send(session, [.. probes.Select(one => one.After.Request)], when, ct);
        return [.. probes.Zip(answers, (one, answer) => new Sighting(one.Entry, one.After.Probe, answer))];
    }

    void SetAll(Step step, ChangeState state, Reached reached = Reached.Nothing)
    {
        foreach (var entry in step.Entries)
        {
            tally.Set(current.Number, entry, state, reached);
            if (state is not (ChangeState.Sent or ChangeState.Planned))
                report(new ChangeEnded(Host, entry.Resource.Address, state, reached));
        }
    }

    void Finish(PlannedChange entry, TimeSpan duration)
    {
        tally.Set(current.Number, entry, ChangeState.Done);
        last.Add(current.Number, entry);
        foreach (var handler in entry.Resource.Notifies)
        {
            owed.TryAdd(handler.Name, handler);
            tally.Call(current.Number, handler, entry.Resource.Source);
        }

        report(new ChangeDone(Host, entry.Change, duration));
    }

    /// <summary>Waits for the last probes, and fails if a change that was made is no longer there.</summary>
    async Task Settle(IReadOnlyList<LastProbes.Sighting> sightings)
    {
        CfgException? failure = null;
        foreach (var sighting in sightings)
        {
            var answer = await sighting.Answer;
            if (answer.Exit is Request.Skipped)
            {
                last.Touch();
                return;
            }

            if (Verdict.Of(Host, sighting.Entry, sighting.Probe, answer) is not { } changed)
                continue;
            if (changed is not NotConvergedException seen)
            {
                // The change was verified when it was made; what happened to it since then is unknown.
                failure ??= changed;
                continue;
            }

            tally.Set(sighting.Block, sighting.Entry, ChangeState.DidNotTake);
            report(new ChangeEnded(Host, sighting.Entry.Resource.Address, ChangeState.DidNotTake, Reached.All));
            failure ??= last.Explain(Host, sighting.Entry, seen);
        }

        link.Used();
        last.IsOver();
        if (failure is not null)
            throw failure;
    }

    /// <summary>The probe of a changed resource after the change.</summary>
    sealed record Sighting(PlannedChange Entry, ProbeScript Probe, Task<Output> Answer);

    /// <summary>The probes after the steps of a set. If they were skipped, they are sent once more, for all steps.</summary>
    sealed class Afterwards(StepSet set)
    {
        public StepSet Set { get; } = set;

        public List<Sighting> Probes { get; set; } = [];

        public IReadOnlyList<Sighting> Of(Step step) =>
            [.. Probes.Where(probe => step.Entries.Any(entry => ReferenceEquals(entry, probe.Entry)))];
    }
}
