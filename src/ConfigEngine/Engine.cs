namespace ConfigEngine;

/// <summary>
/// One run over some hosts: looks, plans, applies. It owns the sessions that it opens and closes them with itself; it has
/// no state outside itself, so that any number of runs can follow each other in one process.
/// </summary>
public sealed class Engine(Catalog catalog, Inventory inventory, IConnector connector, EngineOptions options) : IAsyncDisposable
{
    readonly SemaphoreSlim slots = new(options.Parallel);
    readonly Dictionary<string, ISession> sessions = [];
    readonly Lock gate = new();

    /// <summary>The hosts of this run with the blocks for each, in order.</summary>
    public IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> Hosts { get; } = Assign(catalog, inventory, options);

    /// <summary>Looks at every host and compares. Nothing is changed anywhere.</summary>
    /// <param name="progress">Told as hosts are done.</param>
    /// <param name="ct">Stops at once.</param>
    public async Task<Plan> Plan(Action<HostPlan> progress, CancellationToken ct)
    {
        BlockOrder.Check(catalog.Blocks, Hosts);
        var plans = await Task.WhenAll(Hosts.Select(async assigned =>
        {
            await slots.WaitAsync(ct);
            try
            {
                var plan = await PlanHost(assigned.Host, assigned.Blocks, ct);
                progress(plan);
                return plan;
            }
            finally
            {
                slots.Release();
            }
        }));
        return new(plans);
    }

    /// <summary>Makes the changes of a plan of this run, and verifies them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="report">Told of everything that happens, from any thread.</param>
    /// <param name="drain">Starts nothing new from then on; what has begun is finished.</param>
    /// <param name="ct">Stops at once, wherever it is.</param>
    public async Task<Report> Apply(Plan plan, Action<ApplyEvent> report, CancellationToken drain, CancellationToken ct)
    {
        var rendezvous = catalog.Blocks.ToDictionary(block => block.Number, block => new Rendezvous(Hosts.Count(host => host.Blocks.Contains(block))));
        return new(await Task.WhenAll(plan.Hosts.Select(host => ApplyHost(host, rendezvous, report, drain, ct))));
    }

    /// <summary>
    /// Fails where a recipe is wrong in a way that shows without any host: unknown hosts, blocks that wait in a circle, one
    /// thing declared twice.
    /// </summary>
    /// <returns>How many hosts it is for.</returns>
    /// <exception cref="RecipeException">It is.</exception>
    public static int Check(Catalog catalog, Inventory inventory)
    {
        var hosts = Assign(catalog, inventory, new());
        BlockOrder.Check(catalog.Blocks, hosts);
        foreach (var (host, blocks) in hosts)
            Conflicts.Check(host.Name, [.. blocks.SelectMany(block => block.Fixed ?? [])]);
        return hosts.Count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<ISession> open;
        lock (gate)
        {
            open = [.. sessions.Values];
            sessions.Clear();
        }

        await Task.WhenAll(open.Select(session => session.DisposeAsync().AsTask()));
        slots.Dispose();
    }

    static IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> Assign(Catalog catalog, Inventory inventory, EngineOptions options)
    {
        if (options.Everywhere is { } only)
            return [(only, catalog.Blocks)];
        var limit = options.On is null ? null : inventory.Select(options.On).ToHashSet();
        var chosen = catalog.Blocks.Select(block =>
        {
            try
            {
                return (Block: block, Hosts: inventory.Select(block.Target.Selector).ToHashSet());
            }
            catch (RecipeException unknown) when (unknown.At is null && block.Source is not null)
            {
                throw new RecipeException(unknown.Message, block.Source);
            }
        }).ToList();
        return [.. inventory.Hosts
            .Where(host => limit?.Contains(host) ?? true)
            .Select(host => (host, (IReadOnlyList<RecipeBlock>)[.. chosen.Where(choice => choice.Hosts.Contains(host)).Select(choice => choice.Block)]))
            .Where(assigned => assigned.Item2.Count > 0)];
    }

    async Task<HostPlan> PlanHost(Host host, IReadOnlyList<RecipeBlock> blocks, CancellationToken ct)
    {
        try
        {
            var session = await SessionTo(host, ct);
            HostView view = new(host, session.Facts, inventory.VarsOf(host), inventory.GroupsOf(host));
            List<(int Number, IReadOnlyList<Resource> Resources)> declared = [.. blocks.Select(block => (block.Number, Declare(block, view)))];
            Conflicts.Check(host.Name, [.. declared.SelectMany(block => block.Resources)]);
            var answers = await Looking.Ask(session, Planner.Questions(declared.SelectMany(block => block.Resources)), ct);
            var plan = await Preview.Ask(session, Planner.Plan(host.Name, declared, answers), ct);
            if (!options.KeepSessions || plan.Changes.FirstOrDefault() is null)
                await Close(host);
            return plan with { System = session.Facts.Distribution.PrettyName };
        }
        catch (RecipeException)
        {
            throw;
        }
        catch (CfgException error)
        {
            await Close(host);
            return new(host.Name, []) { Error = error };
        }
    }

    IReadOnlyList<Resource> Declare(RecipeBlock block, HostView view)
    {
        try
        {
            var resources = block.ResourcesFor(view);
            return options.Only is null ? resources : [.. resources.Where(resource => resource.Address == options.Only)];
        }
        catch (Exception thrown) when (thrown is not CfgException)
        {
            throw RecipeTrace.Explain(thrown, block.Source);
        }
    }

    async Task<HostReport> ApplyHost(HostPlan plan, Dictionary<int, Rendezvous> rendezvous, Action<ApplyEvent> report, CancellationToken drain, CancellationToken ct)
    {
        var (host, blocks) = Hosts.First(assigned => assigned.Host.Name == plan.Host);
        HostRun? run = null;
        CfgException? error = plan.Error;
        var reached = 0;
        try
        {
            foreach (var block in blocks.TakeWhile(_ => error is null))
            {
                foreach (var before in block.After)
                {
                    if (!await rendezvous[before.Number].Done.WaitAsync(ct))
                        throw new WaitedInVainException(host.Name, block.Name, before.Name);
                }

                await slots.WaitAsync(ct);
                try
                {
                    if (plan.Changes.FirstOrDefault() is not null || plan.Rechecks.FirstOrDefault() is not null)
                    {
                        run ??= new(plan, await SessionTo(host, ct), report, options.Time, drain);
                        await run.RunBlock(ct);
                    }
                }
                finally
                {
                    slots.Release();
                }

                if (drain.IsCancellationRequested)
                    break;
                reached++;
                rendezvous[block.Number].Arrive();
            }
        }
        catch (CfgException failed)
        {
            error = failed;
        }

        foreach (var block in blocks.Skip(reached))
            rendezvous[block.Number].Fail();
        await Close(host);
        report(error is null ? new HostDone(host.Name) : new HostFailed(host.Name, error));
        return run?.ReportWith(error) ?? new(host.Name, [], [], [], [.. plan.Changes.Select(change => change.Address)], error);
    }

    async Task<ISession> SessionTo(Host host, CancellationToken ct)
    {
        lock (gate)
        {
            if (sessions.TryGetValue(host.Name, out var open))
                return open;
        }

        var session = await connector.Connect(host, ct);
        lock (gate)
            sessions.Add(host.Name, session);
        return session;
    }

    async Task Close(Host host)
    {
        ISession? open;
        lock (gate)
            sessions.Remove(host.Name, out open);
        if (open is not null)
            await open.DisposeAsync();
    }
}

/// <summary>How a run goes about it.</summary>
public sealed record EngineOptions
{
    /// <summary>How many hosts are worked on at once.</summary>
    public int Parallel { get; init; } = 20;

    /// <summary>Only the hosts of this selector; all that the blocks name when null.</summary>
    public string? On { get; init; }

    /// <summary>One host that every block is run on, whatever its target.</summary>
    public Host? Everywhere { get; init; }

    /// <summary>Only the resource with this address.</summary>
    public string? Only { get; init; }

    /// <summary>Keeps sessions open after planning, for an apply that follows.</summary>
    public bool KeepSessions { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
