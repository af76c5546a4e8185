using System.Collections.Concurrent;

namespace ConfigEngine;

/// <summary>
/// One run on some hosts: it probes, plans and applies. It owns the sessions that it opens, and closes them when it is disposed. It
/// keeps no state elsewhere, so any number of runs can follow each other in one process.
/// </summary>
public sealed class Engine(Catalog catalog, Inventory inventory, IConnector connector, EngineOptions options) : IAsyncDisposable
{
    readonly SemaphoreSlim slots = new(options.Parallel);
    readonly ConcurrentDictionary<string, HostLink> links = [];
    KnownValues values = new([]);

    /// <summary>The resources that were chosen for this run, and which of the named ones exist.</summary>
    internal Choosing Choosing { get; } = new(options.Only, options.Skip);

    /// <summary>The hosts of this run with the blocks for each, in order.</summary>
    public IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> Hosts { get; } = Assign(catalog, inventory, options);

    /// <summary>Probes every host and compares. Nothing is changed anywhere.</summary>
    /// <param name="progress">Called when a host is done.</param>
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
                    var plan = await PlannerFor(assigned.Host, assigned.Blocks).Plan(ct);
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

        // If the recipe is wrong for every host, the recipe is wrong; if it is wrong for some hosts only, the others can be
        // planned.
        if (plans is [{ Error: RecipeException wrong }, ..] && plans.All(plan => plan.Error is RecipeException))
            throw wrong;
        var order = Order(plans);
        BlockOrder.Check(catalog.Blocks, Hosts, order);
        return new(plans)
        {
            Rollouts = [.. catalog.Blocks.Select(Rollout).OfType<RolloutPlan>()],
            Waits = [.. BlockOrder.Waits(catalog.Blocks, plans, order)],
        };
    }

    /// <summary>Makes the changes of a plan of this run, and verifies them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">Called for every event, from any thread.</param>
    /// <param name="drain">When cancelled, no new step is started; running steps are finished.</param>
    /// <param name="ct">Stops at once, at any point; the report then lists the steps that were begun and are in doubt.</param>
    public async Task<Report> Apply(Plan plan, Action<ApplyEvent> report, CancellationToken drain, CancellationToken ct)
    {
        Gates gates = new(catalog.Blocks, Hosts, Order(plan.Hosts));
        return new(await Task.WhenAll(plan.Hosts.Select(host => ApplyHost(host, gates, happened => Tell(report, happened), drain, ct))));
    }

    /// <summary>
    /// The first exception that a listener threw; null if none did. A run never stops because of that.
    /// </summary>
    public Exception? Unheard { get; private set; }

    /// <summary>
    /// Fails if a recipe is wrong in a way that can be seen without any host: unknown hosts, blocks that wait in a circle, one
    /// thing declared twice.
    /// </summary>
    /// <returns>The number of hosts that it is for.</returns>
    /// <exception cref="RecipeException">The recipe is wrong.</exception>
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

    RolloutPlan? Rollout(RecipeBlock block)
    {
        if (block.Rollout is not { } rollout)
            return null;
        IReadOnlyList<string> hosts = [.. Hosts.Where(assigned => assigned.Blocks.Contains(block)).Select(assigned => assigned.Host.Name)];
        return new(block.Name, rollout.BatchesOf(hosts), rollout.MaxFailures.OfAtMost(hosts.Count));
    }

    /// <summary>
    /// The blocks that a block waits for: those that it names, and the blocks of other hosts that produce values for it.
    /// </summary>
    Func<RecipeBlock, IReadOnlyList<RecipeBlock>> Order(IReadOnlyList<HostPlan>? plans = null)
    {
        var makers = (
            from plan in plans ?? []
            from block in plan.Blocks
            from entry in block.Planned
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
        return block => [.. block.After.Concat(makers[block.Number]).Distinct()];
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

    HostPlanner PlannerFor(Host host, IReadOnlyList<RecipeBlock> blocks) =>
        new(LinkTo(host), DeclaringFor(host, blocks), values, slots, catalog, options);

    Declaring DeclaringFor(Host host, IReadOnlyList<RecipeBlock> blocks) =>
        new(catalog, blocks, (facts, asked) => new(host, facts, inventory.VarsOf(host), inventory.GroupsOf(host), asked), Choosing);

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
                            await run.FinalProbes(ct);
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
            // The others were told to stop, and so was this one; that is not a failure of this host.
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped at once: the report lists the steps that were begun and are in doubt.
        }
        catch (CfgException failed)
        {
            errors.Add(failed);
        }
        catch (Exception defect)
        {
            // It ends this host only.
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

    /// <summary>Waits for a block's turn; a latent host that waits for long may be stopped meanwhile.</summary>
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
                ?? throw new RecipeException($"{host.Name} is started from {from}, which is not in the inventory")
            : new("this machine") { Transport = Transport.Local };
}
