using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>Plans recipes from recordings.</summary>
static class RecordedPlan
{
    /// <summary>
    /// The hosts of a recipe's blocks, in order of the inventory. A recipe without an inventory is for any host, so each one that was
    /// recorded is one.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="folders">Its recordings.</param>
    public static IReadOnlyList<string> HostsOf(LoadedRecipe recipe, params IEnumerable<RecordingFolder> folders)
    {
        if (recipe.Inventory.IsEmpty)
            return [.. folders.SelectMany(folder => folder.Recorded).Distinct()];
        HashSet<Host> meant = [.. recipe.Catalog.Blocks.SelectMany(block => recipe.Inventory.Select(block.Target.Selector))];
        return [.. recipe.Inventory.Hosts.Where(meant.Contains).Select(host => host.Name)];
    }

    /// <summary>The plan of some hosts. All of them are planned together, because values of one may be a part of another one.</summary>
    /// <param name="catalog">The recipe.</param>
    /// <param name="inventory">Its hosts. A recipe without an inventory is planned for each host by itself.</param>
    /// <param name="names">The hosts; each is in the inventory, if there is one.</param>
    /// <param name="hosts">Their recordings.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="redaction">Receives the secrets.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<Plan> Of(
        Catalog catalog,
        Inventory inventory,
        IReadOnlyCollection<string> names,
        RecordedHosts hosts,
        EngineOptions options,
        Redaction redaction,
        CancellationToken ct
    )
    {
        List<Plan> plans = [];
        foreach (
            var run in names.Count == 0 ? []
            : inventory.IsEmpty ? names.Select(name => options with { Everywhere = new(name) })
            : [options with { On = string.Join(',', names) }]
        )
        {
            await using Engine engine = new(catalog, inventory, hosts, run);
            plans.Add(await engine.Plan(host => redaction.Add(host.Secrets), ct));
        }

        return plans is [var only] ? only : new([.. plans.SelectMany(plan => plan.Hosts)]);
    }
}
