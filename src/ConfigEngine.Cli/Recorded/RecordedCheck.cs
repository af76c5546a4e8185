using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>Plans what depends on the host, for <c>cfg check</c>: on the hosts that were recorded beside the recipe.</summary>
sealed class RecordedCheck
{
    readonly Dictionary<string, HostPlan> plans;

    RecordedCheck(Dictionary<string, HostPlan> plans) => this.plans = plans;

    /// <summary>Plans all recorded hosts of a recipe as they were recorded without a state's name.</summary>
    /// <param name="recipe">The recipe's path.</param>
    /// <param name="trusted">Directories whose files are trusted.</param>
    /// <param name="terminal">The clock.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>The plans; null where there are no recordings.</returns>
    /// <exception cref="RecipeException">The recipe fails with stand-ins for its secrets.</exception>
    public static async Task<RecordedCheck?> Of(string recipe, IReadOnlyList<string> trusted, Terminal terminal, CancellationToken ct)
    {
        var directory = Path.Combine(Path.GetDirectoryName(recipe) ?? "", RecordingFolder.Name);
        if (!Directory.Exists(directory))
            return null;

        // It ran before, and what it prints was printed then.
        var options = OfflineOptions.Of(terminal, trusted, directory) with
        {
            Says = _ => { },
        };
        var loaded = new RecipeLoader(options).Load(recipe, ct);
        loaded.ReadSecrets(loaded.Inventory.Hosts);
        RecordingFolder folder = new(directory, Path.GetFileNameWithoutExtension(recipe), []);
        var names = RecordedPlan.HostsOf(loaded, folder);
        var files = folder.Of(names).Where(file => file.State is null).ToDictionary(file => file.Host, file => file.Path);
        RecordedHosts hosts = new(
            host => files.TryGetValue(host, out var path) ? folder.Read(path) : null,
            host => RecordedChoice.CommandFor(host, recipe, directory, new())
        );
        var plan = await RecordedPlan.Of(
            loaded.Catalog,
            loaded.Inventory,
            [.. names.Where(files.ContainsKey)],
            hosts,
            new() { Time = terminal.Time },
            terminal.Redaction,
            ct
        );
        return new(plan.Hosts.ToDictionary(host => host.Host));
    }

    /// <summary>The hosts, in order of the plan.</summary>
    public IEnumerable<string> Hosts => plans.Keys;

    /// <summary>The errors of recipes: they are errors on every host like these.</summary>
    public IEnumerable<CfgException> Errors => plans.Values.Select(plan => plan.Error).OfType<RecipeException>();

    /// <summary>What else prevents a plan; a host may have changed since it was recorded.</summary>
    public IEnumerable<(string Host, CfgException Error)> Doubts =>
        plans.Values.SelectMany(plan =>
            plan.Error is { } error and not RecipeException ? [(plan.Host, error)] : ((string, CfgException)[])[]
        );

    /// <summary>Which of some hosts could be planned as they were recorded, and which could not.</summary>
    public (IReadOnlyList<string> Planned, IReadOnlyList<string> Others) Of(IEnumerable<string> hosts)
    {
        var all = hosts.ToLookup(host =>
            plans.TryGetValue(host, out var plan) && plan.Error is not (RecipeException or NotRecordedException or RecordingException)
        );
        return ([.. all[true]], [.. all[false]]);
    }
}
