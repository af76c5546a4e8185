using System.Runtime.CompilerServices;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Example;

/// <summary>Tests of a recipe in a project of xunit: on hosts that were recorded, without any host.</summary>
public sealed class RecipeTests
{
    [Fact]
    public async Task A_new_host_gets_all_of_it() => Snapshot.Verify(PlanPage.Of(await Plan("hello.csx")));

    [Fact]
    public async Task Nothing_is_restarted() => Assert.Empty((await Plan("hello.csx")).Hosts.SelectMany(host => host.Handlers));

    /// <summary>A recipe of recipes/ on the hosts of recipes/recordings.</summary>
    static async Task<Plan> Plan(string name)
    {
        RecipeLoader loader = new(new() { Secrets = new() { StandIn = secret => $"a stand-in for {secret}" } });
        var recipe = loader.Load(At(name), CancellationToken.None);
        await using Engine engine = new(recipe.Catalog, recipe.Inventory, RecordedHosts.In(At("recordings")), new());
        return await engine.Plan(_ => { }, CancellationToken.None);
    }

    static string At(string name, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../recipes", name));
}
