namespace ConfigEngine.Applying;

/// <summary>How a run plans the remaining changes again, and which of them it may make.</summary>
sealed partial class HostRun
{
    /// <summary>
    /// How often the rest is planned again for one change. A service that starts and fails and starts is told in other words each time,
    /// and its state is the same.
    /// </summary>
    const int MostTimes = 5;

    /// <summary>The changes for which the rest was planned again, because they were not as planned, and how often.</summary>
    readonly Dictionary<string, int> plannedAgain = [];

    /// <summary>
    /// Sends steps. If a step finds the host not as planned, and did nothing, the rest is planned again. An earlier change may have
    /// altered other parts of the host's answer than those that are to change, or these change by themselves; what is another change
    /// now is an error.
    /// </summary>
    /// <returns>Whether all of them were made; if not, the rest was planned again.</returns>
    /// <exception cref="DriftException">A change would now be another one than the planned one.</exception>
    async Task<bool> SendAsPlanned(List<Step> sending, Remaining remaining, CancellationToken ct)
    {
        try
        {
            foreach (var alike in Alike(sending))
                await Send(alike, ReferenceEquals(alike[^1], sending[^1]) ? remaining : Remaining.More, ct);
            return true;
        }
        catch (DriftException) when (Unmade() is [PlannedChange first, ..] && MayPlanAgain(first.Resource.Address))
        {
            pending = Unmade();
            await PlanAgain(Rest(), ct);
            return false;
        }
    }

    bool MayPlanAgain(string address) => (plannedAgain[address] = plannedAgain.GetValueOrDefault(address) + 1) <= MostTimes;

    /// <summary>The rest of this block, from the first change that was not made.</summary>
    List<Entry> Unmade() => [.. pending.SkipWhile(entry => !IsUnmade(entry))];

    bool IsUnmade(Entry entry) => entry is PlannedChange && tally.Of(current.Number, entry.Resource) is ChangeState.Planned;

    /// <summary>The rest of the recipe for this host.</summary>
    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> Rest() =>
        [(current.Number, [.. pending.Select(entry => entry.Resource)]), .. blocks.Select(block => block.Declared)];

    /// <summary>
    /// The rest after a resource, or the end of a block, that rebooted the host. The recipe's code runs again for it, with the
    /// facts and answers after the reboot.
    /// </summary>
    async Task<IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)>> RestAfter(Resource? resource, CancellationToken ct)
    {
        var declared = (await declaring.Declare(await link.Open(ct), new(Host), ct)).ToDictionary(
            block => block.Number,
            block => block.Resources
        );
        return
        [
            .. Rest()
                .Select(
                    (block, i) =>
                        (block.Number, i > 0 ? declared[block.Number] : After(resource, declared[block.Number]) ?? block.Resources)
                ),
        ];
    }

    static IReadOnlyList<Resource>? After(Resource? resource, IReadOnlyList<Resource> all) =>
        resource is not null && all.Any(one => one.Address == resource.Address)
            ? [.. all.SkipWhile(one => one.Address != resource.Address).Skip(1)]
            : null;

    async Task PlanAgain(IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> rest, CancellationToken ct)
    {
        var session = await Hold(ct);
        rest =
        [
            .. rest.Select(block =>
                (
                    block.Number,
                    (IReadOnlyList<Resource>)
                        [.. block.Resources.Select(resource => Filled.Fill(resource, origin => values.Get(Host, origin)))]
                )
            ),
        ];
        if (rest[0].Resources is [var first, ..] && Unknowns.Of(first) is [var missing, ..])
            throw new PlanException(Host, first, $"the {missing} cannot be had: nothing that was applied made it");
        var answers = await Probing.Ask(session, Planner.Probes(rest.SelectMany(block => block.Resources)), ct);
        var again = await Simulation.Ask(session, Planner.Plan(Host, rest, answers, plan.Kept.Owed, session.Facts.RunningAs), ct);
        again = declaring.Held(again, session.Facts, ct);
        link.Used();
        if (again.Error is { } obstacle)
            throw obstacle;
        Unshown.Check(plan, again);

        foreach (var (before, now) in pending.Zip(again.Blocks[0].Entries))
            Compare(before, now);
        foreach (var (before, now) in blocks.Zip(again.Blocks.Skip(1)).SelectMany(block => block.First.Entries.Zip(block.Second.Entries)))
            Same(before, now);
        foreach (var entry in again.Entries.Where(entry => entry.Now is not null))
            values.Set(Host, entry.Resource.Address, entry.Now ?? new(null));
        pending = [.. again.Blocks[0].Entries];
        blocks.Clear();
        foreach (var block in again.Blocks.Skip(1))
            blocks.Enqueue(block);
        tally.Plan(again.Blocks, owed.Keys);
        report(new Replanned(Host, [.. again.Changes]));
    }

    /// <summary>Takes the host's answer about a resource that the plan was not sure of, or whose answer was lost.</summary>
    void Compare(Entry before, Entry now)
    {
        var left = (now as PlannedChange)?.Change;
        if (before is PlannedChange planned && lost.Remove(planned, out var didAll))
        {
            if (left is null or { Verb: Verb.Recheck })
                Finish(planned, TimeSpan.Zero);
            else if (didAll)
                throw DidNotTake(planned, left);
        }
        else if (before is PlannedChange && left is null)
        {
            report(new AlreadyConverged(Host, before.Resource.Address));
        }
        else
        {
            Same(before, now);
        }
    }

    /// <summary>
    /// An exact change is made as it was shown, or not at all. A resource that needed no change and would be changed now was not
    /// shown.
    /// </summary>
    void Same(Entry before, Entry now)
    {
        // After a reboot the recipe may declare something else, from the new facts.
        if (now is not PlannedChange { Change: { Verb: not Verb.Recheck } change } || before.Resource.Address != now.Resource.Address)
            return;
        var drifted = before switch
        {
            PlannedChange { Guard: null } => false,
            PlannedChange { Change: var shown } => DriftException.Is(shown, change),
            _ => true,
        };
        if (drifted)
            throw new DriftException(
                Host,
                before is PlannedChange planned ? planned.Change : change with { Attributes = [] },
                change.Attributes
            );
    }
}
