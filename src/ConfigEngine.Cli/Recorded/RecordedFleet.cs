using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>
/// The hosts of a recipe as two revisions recorded them. The newer one's answers are taken, and the older one's where it has none: a
/// recipe that no longer has a resource does not record it again, and the older recipe still asks for it.
/// </summary>
/// <param name="folders">The recordings, the newest first.</param>
sealed class RecordedFleet(IReadOnlyList<RecordingFolder> folders)
{
    /// <summary>The recordings of hosts: each host with a state, and the files that have it, the newest first.</summary>
    public ILookup<(string Host, string? State), string> Of(IReadOnlyCollection<string> hosts) =>
        folders.SelectMany(folder => folder.Of(hosts)).ToLookup(file => (file.Host, file.State), file => file.Path);

    /// <summary>A host as it was recorded.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    public HostRecording Read(IEnumerable<string> paths) => paths.Select(folders[0].Read).Aggregate((newer, older) => newer.Over(older));
}

/// <summary>Plans a recipe from recordings.</summary>
static class RecordedPlan
{
    /// <summary>The plan of some hosts. All of them are planned together, because values of one may be a part of another one.</summary>
    /// <param name="recipe">The recipe. One without an inventory is planned for each host by itself.</param>
    /// <param name="names">The hosts; each is in the inventory, if there is one.</param>
    /// <param name="hosts">Their recordings.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="redaction">Receives the secrets.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<Plan> Of(
        LoadedRecipe recipe,
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
            : recipe.Inventory.IsEmpty ? names.Select(name => options with { Everywhere = new(name) })
            : [options with { On = string.Join(',', names) }]
        )
        {
            await using Engine engine = new(recipe.Catalog, recipe.Inventory, hosts, run);
            plans.Add(await engine.Plan(host => redaction.Add(host.Secrets), ct));
        }

        return plans is [var only] ? only : new([.. plans.SelectMany(plan => plan.Hosts)]);
    }
}
