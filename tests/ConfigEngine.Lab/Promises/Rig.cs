using System.Collections.Concurrent;

namespace ConfigEngine.Lab;

/// <summary>Plans and applies resources on lab hosts the way <c>cfg</c> does, and keeps what happened.</summary>
static class Rig
{
    /// <summary>Which run it is that the rig makes: what it lost itself, it waits for.</summary>
    public static Run Run { get; } = new("lab", "the lab") { Process = "the lab", IsOver = process => process is "the lab" };

    /// <summary>Plans resources for a host that nothing is in the way of.</summary>
    public static async Task<Plan> Plan(this LabMachine host, params IReadOnlyList<IDeclaration> resources)
    {
        var plan = await Plan(host.SshConfig, host.Name, resources);
        Nothing.In(plan.Hosts[0].Error?.Message ?? "");
        return plan;
    }

    /// <summary>Applies resources to a host.</summary>
    public static Task<Applied> Apply(this LabMachine host, params IReadOnlyList<IDeclaration> resources) =>
        Apply(host.SshConfig, host.Name, resources);

    /// <summary>Breaks something by hand. One change repairs it, and then there is nothing left to do.</summary>
    /// <param name="host">The host.</param>
    /// <param name="breaks">What somebody does there.</param>
    /// <param name="resources">What it should be.</param>
    /// <returns>The change.</returns>
    public static async Task<Change> Repaired(this LabMachine host, string breaks, params IReadOnlyList<IDeclaration> resources)
    {
        await host.Sh(breaks);
        var repaired = await host.Apply(resources);
        Nothing.In(repaired.Error);
        var change = Assert.Single(repaired.Plan.Changes);
        Assert.Empty((await host.Plan(resources)).Changes);
        return change;
    }

    /// <summary>What is in the way of resources on a host; empty where nothing is.</summary>
    public static async Task<string> ErrorOf(this LabMachine host, params IReadOnlyList<IDeclaration> resources) =>
        (await Plan(host.SshConfig, host.Name, resources)).Hosts[0].Error?.Message ?? "";

    public static Task<Plan> Plan(string config, string host, params IReadOnlyList<IDeclaration> resources) =>
        Plan(config, new Host(host), resources);

    public static async Task<Plan> Plan(string config, Host host, params IReadOnlyList<IDeclaration> resources)
    {
        await using var engine = On(config, host, resources);
        return await engine.Plan(_ => { }, default);
    }

    public static Task<Applied> Apply(string config, string host, params IReadOnlyList<IDeclaration> resources) =>
        Apply(config, new Host(host), resources);

    public static Task<Applied> Apply(string config, Host host, params IReadOnlyList<IDeclaration> resources) =>
        Apply(config, host, resources, _ => Task.CompletedTask);

    /// <summary>Plans, does something else, and applies the plan.</summary>
    public static Task<Applied> Apply(string config, Host host, IReadOnlyList<IDeclaration> resources, Func<Plan, Task> between) =>
        Apply(On(config, host, resources), between);

    /// <summary>Applies several blocks to one host.</summary>
    public static Task<Applied> Apply(string config, string host, IReadOnlyList<IReadOnlyList<IDeclaration>> blocks) =>
        Apply(config, host, Of(blocks));

    /// <summary>Applies a catalog to one host.</summary>
    public static Task<Applied> Apply(string config, string host, Catalog catalog) =>
        Apply(On(config, new Host(host), catalog), _ => Task.CompletedTask);

    /// <summary>Applies a catalog to the hosts that it declares.</summary>
    public static async Task<Report> Apply(string config, Catalog catalog, EngineOptions? options = null)
    {
        await using Engine engine = new(
            catalog,
            catalog.Inventory,
            Ways.Connector(config),
            (options ?? new()) with
            {
                KeepSessions = true,
                Changes = true,
                Run = Run,
            }
        );
        return await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);
    }

    public static Engine On(string config, Host host, IReadOnlyList<IDeclaration> resources, EngineOptions? options = null) =>
        On(config, host, Of([resources]), options);

    /// <summary>A recipe that is made from what the host says of itself.</summary>
    public static Engine On(string config, Host host, Func<HostView, IReadOnlyList<IDeclaration>> declare)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", declare);
        return On(config, host, catalog);
    }

    /// <summary>A recipe for one host, over connections that the caller opens.</summary>
    public static Engine Through(IConnector connector, Host host, Action<Dsl> declare, EngineOptions options)
    {
        Catalog catalog = new() { Asks = true };
        declare(new(catalog, new NoLocalFiles()));
        return new(catalog, new(), connector, options with { Everywhere = host, KeepSessions = true, Changes = true, Run = Run });
    }

    static async Task<Applied> Apply(Engine engine, Func<Plan, Task> between)
    {
        await using var own = engine;
        var plan = await engine.Plan(_ => { }, default);
        await between(plan);
        ConcurrentQueue<ApplyEvent> events = [];
        var report = await engine.Apply(plan, events.Enqueue, default, default);
        return new(plan, report.Hosts[0], [.. events]);
    }

    static Engine On(string config, Host host, Catalog catalog, EngineOptions? options = null) =>
        new(
            catalog,
            new(),
            Ways.Connector(config),
            (options ?? new()) with
            {
                Everywhere = host,
                KeepSessions = true,
                Changes = true,
                Run = Run,
            }
        );

    static Catalog Of(IReadOnlyList<IReadOnlyList<IDeclaration>> blocks)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        foreach (var resources in blocks)
            dsl.On("all", resources);
        return catalog;
    }
}

/// <summary>For recipes that have no files beside them.</summary>
sealed class NoLocalFiles : ILocalFiles
{
    public Content Read(string path, string script) => throw new NotSupportedException("this recipe has no files beside it");

    public IReadOnlyList<LocalEntry> List(string path, string script) =>
        throw new NotSupportedException("this recipe has no files beside it");
}

/// <summary>A plan and what became of it.</summary>
sealed record Applied(Plan Plan, HostReport Report, IReadOnlyList<ApplyEvent> Events)
{
    /// <summary>What went wrong; empty when nothing did.</summary>
    public string Error => Report.Error?.Message ?? "";

    /// <summary>The addresses of what was done, in order.</summary>
    public IReadOnlyList<string> Done => [.. Report.Done.Select(change => change.Address)];
}
