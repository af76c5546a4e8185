using ConfigEngine.Scripting;
using ConfigEngine.Ssh;

namespace ConfigEngine.Lab.Faults;

/// <summary>
/// Says what of a recipe is so on a host: asks each resource by itself, with its own probe and over a connection of its own, so that no
/// other resource and nothing that a run remembers has a part in the answer.
/// </summary>
/// <param name="recipe">The recipe's path.</param>
/// <param name="config">For ssh.</param>
/// <param name="host">The host.</param>
sealed class Judge(string recipe, string config, string host)
{
    readonly LoadedRecipe loaded = new RecipeLoader().LoadAlone(recipe, default);

    /// <summary>
    /// The addresses of what is not as the recipe says, and of that what an installation may make so by the way, as the plan says:
    /// it starts what it brings.
    /// </summary>
    public async Task<(IReadOnlySet<string> All, IReadOnlySet<string> ComesAlong)> Open()
    {
        using Connector ssh = new(new() { SshConfig = config });
        await using var session = await ssh.Connect(new(host), null, default);
        Shared connector = new(session);
        var whole = (await Plan(connector, null)).Blocks.SelectMany(block => block.Entries).ToList();
        var alone = await Task.WhenAll(
            whole.Select(async entry => (entry.Resource.Address, Plan: await Plan(connector, entry.Resource.Address)))
        );
        return (
            alone.Where(one => !IsSo(one.Plan)).Select(one => one.Address).ToHashSet(),
            whole
                .OfType<PlannedChange>()
                .Where(entry =>
                    entry.Change.Because?.StartsWith("after package ", StringComparison.Ordinal) is true
                    && entry.Resource is Resources.SystemdUnit
                )
                .Select(entry => entry.Resource.Address)
                .ToHashSet()
        );
    }

    /// <summary>What has something in its way is not so. Where nothing could be seen, nothing can be said.</summary>
    static bool IsSo(HostPlan plan) =>
        plan.Obstacles.Any() || plan.Error is null
            ? !plan.Changes.Any() && !plan.Obstacles.Any()
            : throw new LabException($"{plan.Host} cannot be judged: {plan.Error.Message}");

    async Task<HostPlan> Plan(IConnector connector, string? only)
    {
        await using Engine engine = new(
            loaded.Catalog,
            loaded.Inventory,
            connector,
            new() { Everywhere = new(host), Only = only is null ? [] : [only] }
        );
        return (await engine.Plan(_ => { }, default)).Hosts[0];
    }

    /// <summary>Every look goes over one connection, which stays open after it.</summary>
    sealed class Shared(ISession session) : IConnector
    {
        public Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
        {
            how?.AtOnce?.Invoke(session);
            return Task.FromResult<ISession>(new Open(session));
        }

        sealed class Open(ISession session) : ISession
        {
            public Facts Facts => session.Facts;

            public CancellationToken Lost => session.Lost;

            public Task<Output> Ask(Request request, CancellationToken ct) => session.Ask(request, ct);

            public Task<CfgException?> Halt(CancellationToken ct) => session.Halt(ct);

            public ValueTask DisposeAsync() => default;
        }
    }
}
