using System.Collections.Concurrent;

namespace ConfigEngine;

/// <summary>
/// One run over some hosts: looks, plans, applies. It owns the sessions that it opens and closes them with itself; it has
/// no state outside itself, so that any number of runs can follow each other in one process.
/// </summary>
public sealed class Engine(Catalog catalog, Inventory inventory, IConnector connector, EngineOptions options) : IAsyncDisposable
{
    readonly SemaphoreSlim slots = new(options.Parallel);
    readonly ConcurrentDictionary<string, HostLink> links = [];
    KnownValues values = new([]);

    /// <summary>The hosts of this run with the blocks for each, in order.</summary>
    public IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> Hosts { get; } = Assign(catalog, inventory, options);

    /// <summary>Looks at every host and compares. Nothing is changed anywhere.</summary>
    /// <param name="progress">Told as hosts are done.</param>
    /// <param name="ct">Stops at once.</param>
    public async Task<Plan> Plan(Action<HostPlan> progress, CancellationToken ct)
    {
        BlockOrder.Check(catalog.Blocks, Hosts, Order());
        values = new([.. Hosts.Select(assigned => assigned.Host.Name)]);
        var plans = await Task.WhenAll(
            Hosts.Select(async assigned =>
            {
                await slots.WaitAsync(ct);
                try
                {
                    var plan = await PlanHost(assigned.Host, assigned.Blocks, ct);
                    values.End(plan);
                    Tell(progress, plan);
                    return plan;
                }
                finally
                {
                    slots.Release();
                }
            })
        );

        // A recipe that is wrong for every host is wrong; for some hosts only, the others can be planned.
        if (plans is [{ Error: RecipeException wrong }, ..] && plans.All(plan => plan.Error is RecipeException))
            throw wrong;
        BlockOrder.Check(catalog.Blocks, Hosts, Order(plans));
        return new(plans) { Rollouts = [.. catalog.Blocks.Where(block => block.Rollout is not null).Select(Rollout)] };
    }

    /// <summary>Makes the changes of a plan of this run, and verifies them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">Told of everything that happens, from any thread.</param>
    /// <param name="drain">Starts nothing new from then on; what has begun is finished.</param>
    /// <param name="ct">Stops at once, wherever it is; the report then says what was begun and is in doubt.</param>
    public async Task<Report> Apply(Plan plan, Action<ApplyEvent> report, CancellationToken drain, CancellationToken ct)
    {
        Gates gates = new(catalog.Blocks, Hosts, Order(plan.Hosts));
        return new(await Task.WhenAll(plan.Hosts.Select(host => ApplyHost(host, gates, happened => Tell(report, happened), drain, ct))));
    }

    /// <summary>
    /// Why somebody who was to be told something did not listen, the first time; null where everybody did. A run never stops for
    /// that.
    /// </summary>
    public Exception? Unheard { get; private set; }

    /// <summary>
    /// Fails where a recipe is wrong in a way that shows without any host: unknown hosts, blocks that wait in a circle, one
    /// thing declared twice.
    /// </summary>
    /// <returns>How many hosts it is for.</returns>
    /// <exception cref="RecipeException">It is.</exception>
    public static int Check(Catalog catalog, Inventory inventory)
    {
        var hosts = Assign(catalog, inventory, new());
        BlockOrder.Check(catalog.Blocks, hosts, block => block.After);
        foreach (var (host, blocks) in hosts)
            Conflicts.Check(host.Name, [.. blocks.SelectMany(block => block.Fixed ?? [])]);
        return hosts.Count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(links.Values.Select(link => link.DisposeAsync().AsTask()));
        slots.Dispose();
    }

    static IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> Assign(
        Catalog catalog,
        Inventory inventory,
        EngineOptions options
    )
    {
        if (options.Everywhere is { } only)
            return [(only, catalog.Blocks)];
        var limit = options.On is null ? null : inventory.Select(options.On).ToHashSet();
        var chosen = catalog
            .Blocks.Select(block =>
            {
                try
                {
                    return (Block: block, Hosts: inventory.Select(block.Target.Selector).ToHashSet());
                }
                catch (RecipeException unknown) when (unknown.At is null && block.Source is not null)
                {
                    throw new RecipeException(unknown.Message, block.Source);
                }
            })
            .ToList();
        return
        [
            .. inventory
                .Hosts.Where(host => limit?.Contains(host) ?? true)
                .Select(host =>
                    (
                        host,
                        (IReadOnlyList<RecipeBlock>)[.. chosen.Where(choice => choice.Hosts.Contains(host)).Select(choice => choice.Block)]
                    )
                )
                .Where(assigned => assigned.Item2.Count > 0),
        ];
    }

    RolloutPlan Rollout(RecipeBlock block)
    {
        IReadOnlyList<string> hosts = [.. Hosts.Where(assigned => assigned.Blocks.Contains(block)).Select(assigned => assigned.Host.Name)];
        return new(block.Name, block.Rollout!.BatchesOf(hosts), block.Rollout.MaxFailures.OfAtMost(hosts.Count));
    }

    async Task<HostPlan> PlanHost(Host host, IReadOnlyList<RecipeBlock> blocks, CancellationToken ct)
    {
        var link = LinkTo(host);
        try
        {
            var declaring = DeclaringFor(host, blocks);
            Asked asked = new(host.Name);
            FirstLook look = new(declaring.Early(asked, ct), ct);
            var session = await link.Open(look.Ask, ct);
            var missing = ToolsMissingException.Of(host.Name, session.Facts);
            if (asked.Open.Count > 0)
                asked.Take(await look.Early(session));
            var declared = await declaring.Declare(session, asked, ct);
            Conflicts.Check(host.Name, [.. declared.SelectMany(block => block.Resources)]);
            var (ledger, answers, isLater) = await Look(link, look, Planner.Questions(declared.SelectMany(block => block.Resources)), ct);
            if (isLater && catalog.Asks)
            {
                // Another run changed the host meanwhile, and with it perhaps what the recipe asks.
                declared = await declaring.Declare(session, new(host.Name), ct);
                answers = await Probing.Ask(session, Planner.Questions(declared.SelectMany(block => block.Resources)), ct);
            }

            var plan = await Preview.Ask(session, Planner.Plan(host.Name, declared, answers, ledger.Owed, session.Facts.RunningAs), ct);
            values.Begin(plan);
            if (plan.Blocks.Any(block => block.Entries.Any(entry => entry.Waits)))
            {
                var filled = await WithoutSlot(() => Filled.Of(host.Name, declared, values, ct), ct);
                if (filled.IsMore)
                {
                    var questions = Planner.Questions(filled.Blocks.SelectMany(block => block.Resources)).Except(answers.Keys).ToList();
                    answers = answers.Concat(await Probing.Ask(session, questions, ct)).ToDictionary();
                    plan = await Preview.Ask(
                        session,
                        Planner.Plan(host.Name, filled.Blocks, answers, ledger.Owed, session.Facts.RunningAs),
                        ct
                    );
                }

                plan = filled.Explain(plan);
            }

            plan = (plan with { System = session.Facts.Distribution.PrettyName, Kept = ledger, Lacking = missing }).WithError;
            if (plan.Error is not null)
                return plan with { Trouble = await link.Leave() };
            OwnReboot.Check(plan, session.Facts, options.OwnBootId);
            if (options.Changes && !plan.IsWork && ledger.Finished is not null)
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
        catch (CfgException error)
        {
            return new(host.Name, []) { Error = error, Trouble = await link.Leave() };
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return new(host.Name, []) { Error = new DefectException(host.Name, defect), Trouble = await link.Leave() };
        }
    }

    /// <summary>Waits for other hosts, and lets one of them go on meanwhile.</summary>
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

    /// <summary>What each block waits for: what it says itself, and the blocks of other hosts that make values for it.</summary>
    Func<RecipeBlock, IReadOnlyList<RecipeBlock>> Order(IReadOnlyList<HostPlan>? plans = null)
    {
        var makers = (
            from plan in plans ?? []
            from block in plan.Blocks
            from entry in block.Entries
            where entry.Waits
            from origin in Unknowns.Of(entry.Resource)
            let host = values.HostOf(plan.Host, origin)
            where host is not null && host != plan.Host
            let maker = plans
                ?.FirstOrDefault(other => other.Host == host)
                ?.Blocks.FirstOrDefault(other => other.Entries.Any(made => made.Resource.Address == origin.Resource))
            where maker is not null
            select (block.Number, Maker: catalog.Blocks.First(one => one.Number == maker.Number))
        ).ToLookup(pair => pair.Number, pair => pair.Maker);
        return block => [.. block.After, .. makers[block.Number].Distinct()];
    }

    void Tell<T>(Action<T> listener, T what)
    {
        try
        {
            listener(what);
        }
        catch (Exception deaf)
        {
            Unheard ??= deaf;
        }
    }

    /// <summary>Looks at a host; where a change is to follow, at one that nobody else is changing.</summary>
    async Task<(Ledger Ledger, IReadOnlyDictionary<Question, Output> Answers, bool IsLater)> Look(
        HostLink link,
        FirstLook look,
        IReadOnlyList<Question> questions,
        CancellationToken ct
    )
    {
        var session = await link.Open(ct);
        for (var (waited, settled) = (false, false); ; look = new([], ct))
        {
            var (left, answers) = await look.Answers(session, questions);
            var ledger = Ledger.Read(link.Host.Name, left, session.Facts.BootId);
            if (ledger is { Holder: null, HasLifeline: true } && options.Changes && !settled)
            {
                await session.Ask(Lifeline.Settle, ct);
                settled = true;
                continue;
            }

            if (ledger.Holder is not { } holder || !options.Changes)
                return (ledger, answers, waited || settled);
            if (waited || HostLock.Patience(holder, options) is not { } patience)
                throw new HostLockedException(link.Host.Name, holder);
            options.Say(link.Host.Name, $"waiting up to {patience.TotalSeconds:0} s for another run to end: {holder}");
            await HostLock.Free(session, patience, ct);
            waited = true;
        }
    }

    Declaring DeclaringFor(Host host, IReadOnlyList<RecipeBlock> blocks) =>
        new(catalog, blocks, (facts, asked) => new(host, facts, inventory.VarsOf(host), inventory.GroupsOf(host), asked), options.Only);

    async Task<HostReport> ApplyHost(HostPlan plan, Gates gates, Action<ApplyEvent> report, CancellationToken drain, CancellationToken ct)
    {
        var (host, blocks) = Hosts.First(assigned => assigned.Host.Name == plan.Host);
        var link = LinkTo(host);
        HostRun? run = null;
        List<CfgException> errors = plan.Error is null ? [] : [plan.Error];
        var reached = 0;
        try
        {
            foreach (var block in blocks.TakeWhile(_ => errors.Count == 0))
            {
                await Wait(link, gates.Enter(block, host.Name, ct), ct);
                await slots.WaitAsync(ct);
                try
                {
                    if (plan.IsWork)
                    {
                        run ??= new(plan, link, DeclaringFor(host, blocks), values, options, report, drain);
                        await run.RunBlock(ct);
                        if (ReferenceEquals(block, blocks[^1]))
                            await run.FinalLook(ct);
                    }

                    if (block.Rollout is { } rollout && !drain.IsCancellationRequested)
                        await Health.Wait(link, rollout, options.Time, ct);
                }
                finally
                {
                    slots.Release();
                }

                if (drain.IsCancellationRequested)
                    break;
                reached++;
                gates.Leave(block, host.Name);
            }
        }
        catch (Exception others) when (others is WaitedInVainException or RolloutStoppedException && drain.IsCancellationRequested)
        {
            // The others were told to stop, and so was this one: that is no failure of its own.
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped at once: the report says what was begun, and what is in doubt.
        }
        catch (CfgException failed)
        {
            errors.Add(failed);
        }
        catch (Exception defect)
        {
            // It ends this host, and no other.
            errors.Add(new DefectException(host.Name, defect));
        }
        finally
        {
            foreach (var block in blocks.Skip(reached))
                gates.Fail(block, host.Name);
        }

        if (run is not null)
            await run.DisposeAsync();
        if (await link.Leave() is { } trouble)
            errors.Add(trouble);
        var came = run?.ReportWith(errors) ?? NotBegun(plan, errors);
        report(
            came switch
            {
                { Error: NotStartedException waits, IsNotStarted: true } => new HostNotStarted(host.Name, waits),
                { Error: { } error } => new HostFailed(host.Name, error),
                { Succeeded: true } => new HostDone(host.Name),
                _ => new HostStopped(host.Name),
            }
        );
        return came;
    }

    static HostReport NotBegun(HostPlan plan, IReadOnlyList<CfgException> errors)
    {
        Tally tally = new();
        tally.Plan(plan.Blocks, []);
        return new(plan.Host, tally.AtTheEnd, errors);
    }

    /// <summary>Waits for a block's turn; a latent host that waits for long may rest meanwhile.</summary>
    async Task Wait(HostLink link, Task turn, CancellationToken ct)
    {
        if (
            link.Host.Latent?.StopAfterIdle is { } idle
            && await Task.WhenAny(turn, Task.Delay(idle, options.Time, ct)) != turn
            && await link.Rest() is { } failure
        )
            options.Say(link.Host.Name, failure.Message);
        await turn;
    }

    HostLink LinkTo(Host host) =>
        links.GetOrAdd(host.Name, _ => new(host, PowerFrom(host), connector, what => options.Say(host.Name, what), options.Time));

    Host PowerFrom(Host host) =>
        host.Latent?.From is { } from
            ? inventory.Hosts.FirstOrDefault(other => other.Name == from)
                ?? throw new RecipeException($"{host.Name} is started from {from}, which is no host of the inventory")
            : new("this machine") { Transport = Transport.Local };
}
