using System.Collections.Concurrent;
using ConfigEngine.Ssh;

namespace ConfigEngine.Lab;

/// <summary>Plans and applies resources on lab hosts the way <c>cfg</c> does, and keeps what happened.</summary>
static class Rig
{
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
    public static async Task<Applied> Apply(string config, Host host, IReadOnlyList<IDeclaration> resources, Func<Plan, Task> between)
    {
        await using var engine = On(config, host, resources);
        var plan = await engine.Plan(_ => { }, default);
        await between(plan);
        ConcurrentQueue<ApplyEvent> events = [];
        var report = await engine.Apply(plan, events.Enqueue, default, default);
        return new(plan, report.Hosts[0], [.. events]);
    }

    public static Engine On(string config, Host host, IReadOnlyList<IDeclaration> resources)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", resources);
        return new(catalog, new(), new Connector(new() { SshConfig = config }), new() { Everywhere = host, KeepSessions = true });
    }
}

/// <summary>For recipes that have no files beside them.</summary>
sealed class NoLocalFiles : ILocalFiles
{
    public Content Read(string path, string script) => throw new NotSupportedException("this recipe has no files beside it");

    public IReadOnlyList<LocalEntry> List(string path, string script) => throw new NotSupportedException("this recipe has no files beside it");
}

/// <summary>A plan and what became of it.</summary>
sealed record Applied(Plan Plan, HostReport Report, IReadOnlyList<ApplyEvent> Events)
{
    /// <summary>What went wrong; empty when nothing did.</summary>
    public string Error => Report.Error?.Message ?? "";

    /// <summary>The addresses of what was done, in order.</summary>
    public IReadOnlyList<string> Done => [.. Report.Done.Select(change => change.Address)];
}
