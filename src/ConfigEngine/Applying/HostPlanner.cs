namespace ConfigEngine.Applying;

/// <summary>
/// Plans one host: probes it, asks it the recipe's questions, compares, and fills in values that other hosts already have. Nothing
/// is changed.
/// </summary>
/// <param name="link">The link to the host.</param>
/// <param name="declaring">The recipe's resources for the host.</param>
/// <param name="values">The states of resources of this host and of others.</param>
/// <param name="slots">Limits the number of hosts that are worked on at the same time.</param>
/// <param name="catalog">The recipe.</param>
/// <param name="options">The options of the run.</param>
sealed class HostPlanner(
    HostLink link,
    Declaring declaring,
    KnownValues values,
    SemaphoreSlim slots,
    Catalog catalog,
    EngineOptions options
)
{
    string Host => link.Host.Name;

    /// <summary>The plan; it contains any error.</summary>
    public async Task<HostPlan> Plan(CancellationToken ct)
    {
        try
        {
            return await Rest(await Compare(ct), ct);
        }
        catch (CfgException error)
        {
            return new(Host, []) { Error = error, Trouble = await link.Leave() };
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return new(Host, []) { Error = new DefectException(Host, defect), Trouble = await link.Leave() };
        }
    }

    async Task<HostPlan> Compare(CancellationToken ct)
    {
        Asked asked = new(Host);
        FirstProbes probes = new(declaring.Early(asked, ct), ct);
        var session = await link.Open(probes.Ask, ct);
        if (asked.Open.Count > 0)
            asked.Take(await probes.Early(session));
        var declared = await declaring.Declare(session, asked, ct);
        Conflicts.Check(Host, [.. declared.SelectMany(block => block.Resources)]);
        var (ledger, answers, isLater) = await ProbeHost(probes, ProbesOf(declared), ct);
        if (isLater && catalog.Asks)
        {
            // Another run changed the host meanwhile, so the answers to the recipe's questions may have changed too.
            declared = await declaring.Declare(session, new(Host), ct);
            answers = await Probing.Ask(session, ProbesOf(declared), ct);
        }

        var plan = await PlanOn(session, declared, answers, ledger, ct);
        values.Begin(plan);
        if (plan.Planned.Any(entry => entry.Waits))
        {
            var filled = await WithoutSlot(() => Filled.Of(Host, declared, values, ct), ct);
            if (filled.IsMore)
            {
                var more = await Probing.Ask(session, [.. ProbesOf(filled.Blocks).Except(answers.Keys)], ct);
                plan = await PlanOn(session, filled.Blocks, answers.Concat(more).ToDictionary(), ledger, ct);
            }

            plan = filled.Explain(plan);
        }

        return (
            declaring.Held(plan, session.Facts, ct) with
            {
                System = session.Facts.Distribution.PrettyName,
                Kept = plan.From is { } from ? ledger with { Owed = from.Owed } : ledger,
                Lacking = ToolsMissingException.Of(Host, session.Facts),
            }
        ).WithError;
    }

    static IReadOnlyList<ProbeRequest> ProbesOf(IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks) =>
        Planner.Probes(blocks.SelectMany(block => block.Resources));

    async Task<HostPlan> PlanOn(
        ISession session,
        IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks,
        IReadOnlyDictionary<ProbeRequest, Output> answers,
        Ledger ledger,
        CancellationToken ct
    )
    {
        var user = session.Facts.RunningAs;
        var plan = await Simulation.Ask(session, Planner.Plan(Host, blocks, answers, ledger.Owed, user), ct);
        return plan.Error is null && options.Predict?.Invoke(plan) is { } from
            ? await Simulation.Ask(session, Planner.Plan(Host, blocks, answers, from.Owed, user, from), ct)
            : plan;
    }

    /// <summary>Leaves the session open for the apply, or closes it, as the run needs it.</summary>
    async Task<HostPlan> Rest(HostPlan plan, CancellationToken ct)
    {
        if (plan.Error is not null)
            return plan with { Trouble = await link.Leave() };
        var session = await link.Open(ct);
        OwnReboot.Check(plan, session.Facts, options.OwnBootId);
        if (options.Changes && !plan.IsWork && plan.Kept.Finished is not null)
            await session.Ask(Records.IsRead, ct);
        link.Used();
        if (!options.Changes)
            return plan with { Trouble = await link.Leave() };
        if (!plan.IsWork)
            return plan with { Trouble = await link.Rest() };
        if (!options.KeepSessions)
            await link.Close();
        return plan;
    }

    /// <summary>Waits for other hosts; meanwhile one of them may use this host's slot.</summary>
    async Task<T> WithoutSlot<T>(Func<Task<T>> wait, CancellationToken ct)
    {
        slots.Release();
        try
        {
            return await wait();
        }
        finally
        {
            await slots.WaitAsync(ct);
        }
    }

    /// <summary>Probes a host. Before an apply, it probes only while no other run changes the host.</summary>
    async Task<(Ledger Ledger, IReadOnlyDictionary<ProbeRequest, Output> Answers, bool IsLater)> ProbeHost(
        FirstProbes probes,
        IReadOnlyList<ProbeRequest> requests,
        CancellationToken ct
    )
    {
        var session = await link.Open(ct);
        for (var (waited, settled) = (false, false); ; probes = new([], ct))
        {
            var (left, answers) = await probes.Answers(session, requests);
            var ledger = Ledger.Read(Host, left, session.Facts.BootId);
            if (ledger is { Holder: null, HasLifeline: true } && options.Changes && !settled)
            {
                await session.Ask(Lifeline.Settle, ct);
                settled = true;
                continue;
            }

            if (ledger.Holder is not { } holder || !options.Changes)
                return (ledger, answers, waited || settled);
            if (waited || HostLock.Patience(holder, options) is not { } patience)
                throw new HostLockedException(Host, holder);
            options.Say(Host, $"waiting up to {patience.TotalSeconds:0} s for another run to end: {holder}");
            await HostLock.Free(session, patience, ct);
            waited = true;
        }
    }
}
