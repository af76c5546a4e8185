namespace ConfigEngine.Applying;

/// <summary>How a run plans again what is left, and what it may do of that.</summary>
sealed partial class HostRun
{
    /// <summary>The changes for which what is left was planned again, because they were not as planned.</summary>
    readonly HashSet<string> plannedAgain = [];

    /// <summary>
    /// Sends steps. Where one is not as planned, and did nothing, what is left is planned again, once: an earlier change may have altered
    /// what the host says of it besides what is to change.
    /// </summary>
    /// <returns>Whether all of them were made; otherwise what is left is planned again.</returns>
    /// <exception cref="DriftException">A change would be another one now than was planned.</exception>
    async Task<bool> SendAsPlanned(List<Step> sending, Remaining remaining, CancellationToken ct)
    {
        try
        {
            foreach (var alike in Alike(sending))
                await Send(alike, ReferenceEquals(alike[^1], sending[^1]) ? remaining : Remaining.More, ct);
            return true;
        }
        catch (DriftException) when (Unmade() is [PlannedChange first, ..] && plannedAgain.Add(first.Resource.Address))
        {
            pending = Unmade();
            await PlanAgain(Rest(), ct);
            return false;
        }
    }

    /// <summary>What is left of this block, from the first change that was not made.</summary>
    List<Entry> Unmade() => [.. pending.SkipWhile(entry => !IsUnmade(entry))];

    bool IsUnmade(Entry entry) => entry is PlannedChange && tally.Of(current.Number, entry.Resource) is ChangeState.Planned;

    /// <summary>What is left of the recipe for this host.</summary>
    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> Rest() =>
        [
            (current.Number, [.. pending.Select(entry => entry.Resource)]),
            .. blocks.Select(block => (block.Number, (IReadOnlyList<Resource>)[.. block.Entries.Select(entry => entry.Resource)])),
        ];

    /// <summary>
    /// What is left after a resource that rebooted the host, or the end of a block that did, as the recipe says it for the facts
    /// and answers of now.
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

    /// <summary>What the host says now of something that the plan was not sure of, or whose answer was lost.</summary>
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
    /// What was exact is made as it was shown, or not at all. What was as it should be, and would be changed now, was not shown.
    /// </summary>
    void Same(Entry before, Entry now)
    {
        // After a reboot the recipe may say something else, for the facts of then.
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
