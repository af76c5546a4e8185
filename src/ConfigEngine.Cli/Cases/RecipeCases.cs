using System.Collections.Concurrent;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>Plans one recipe from its recordings, in each state that was recorded.</summary>
/// <param name="recipe">The recipe's path.</param>
/// <param name="choice">The choices on the command line.</param>
/// <param name="read">The recordings that were read so far; recipes in one directory share them.</param>
/// <param name="terminal">For the clock and warnings.</param>
sealed class RecipeCases(string recipe, TestChoice choice, ConcurrentDictionary<string, Lazy<HostRecording>> read, Terminal terminal)
{
    readonly string directory = Path.Combine(Path.GetDirectoryName(recipe) ?? "", RecordingFolder.Name);
    readonly Redaction redaction = new();
    readonly List<string> said = [];
    Expectations? expected;

    RecordingFolder Folder => new(directory, Path.GetFileNameWithoutExtension(recipe), read);

    /// <summary>Runs its cases. What goes wrong with the recipe is a result too.</summary>
    public async Task<RecipeResult> Run(CancellationToken ct)
    {
        try
        {
            var loader = Loader();
            var loaded = loader.Load(recipe, ct);
            loaded.ReadSecrets(loaded.Inventory.Hosts);
            expected = Expectations.Of(recipe, loader, loaded, ct);
            var recorded = Recorded(loaded);
            var results = new List<CaseResult>();
            foreach (var state in recorded.Select(file => file.State).Distinct().Order(StringComparer.Ordinal).ToList())
                results.AddRange(await OfState(loaded, state, recorded, ct));
            if (choice.Filter.Count == 0 && expected.Idle is { Count: > 0 } idle)
                return new(recipe, []) { Problem = string.Join('\n', idle) };
            var unrecorded = Hosts(loaded).Except(recorded.Select(file => file.Host)).ToList();
            return new(
                recipe,
                [.. results.OrderBy(result => result.Case.Host, StringComparer.Ordinal).ThenBy(result => result.Case.State)]
            )
            {
                Unrecorded = unrecorded,
                Used = [.. recorded.Select(file => file.Path)],
                Warnings = [.. loaded.Warnings, .. said, .. recorded.Select(file => Warning(file.Path)).OfType<string>().Distinct()],
            };
        }
        catch (CfgException wrong)
        {
            return new(recipe, []) { Problem = wrong.Message };
        }
    }

    string? Warning(string path)
    {
        try
        {
            return RecordingAge.WarningOf(Folder.Read(path), RecordedChoice.Today(terminal));
        }
        catch (RecordingException)
        {
            // Its case says so.
            return null;
        }
    }

    RecipeLoader Loader()
    {
        var options = OfflineOptions.Of(terminal, choice.Trusted, directory);
        return new(options with { Limit = choice.Limit, Says = said.Add, Secrets = options.Secrets with { Redaction = redaction } });
    }

    static IReadOnlyList<string> Hosts(LoadedRecipe loaded)
    {
        HashSet<Host> meant = [];
        foreach (var block in loaded.Catalog.Blocks)
            meant.UnionWith(loaded.Inventory.Select(block.Target.Selector));
        return [.. loaded.Inventory.Hosts.Where(meant.Contains).Select(host => host.Name)];
    }

    /// <summary>The recordings of its hosts. A recipe without an inventory is for any host, so each recording is one.</summary>
    List<(string Host, string? State, string Path)> Recorded(LoadedRecipe loaded) =>
        [
            .. Folder.Of(
                loaded.Inventory.IsEmpty
                    ?
                    [
                        .. RecordingFolder
                            .Files(directory)
                            .Concat(RecordingFolder.Files(Path.Combine(directory, Path.GetFileNameWithoutExtension(recipe))))
                            .Select(file => Path.GetFileName(file).Split('.')[0])
                            .Distinct(),
                    ]
                    : Hosts(loaded)
            ),
        ];

    /// <summary>
    /// All hosts are planned together, because values of one may be a part of another one. A host without a recording of this state
    /// is planned as it was recorded without a name, and has no case here.
    /// </summary>
    async Task<IReadOnlyList<CaseResult>> OfState(
        LoadedRecipe loaded,
        string? state,
        List<(string Host, string? State, string Path)> recorded,
        CancellationToken ct
    )
    {
        var own = recorded.Where(file => file.State == state).ToDictionary(file => file.Host, file => file.Path);
        var all = recorded
            .Where(file => file.State is null && !own.ContainsKey(file.Host))
            .ToDictionary(file => file.Host, file => file.Path)
            .Concat(own)
            .ToDictionary();
        var cases = own.Select(file => new TestCase(recipe, file.Key, state, file.Value)).Where(one => choice.Has(one.Name)).ToList();
        if (cases.Count == 0)
            return [];
        var began = terminal.Time.GetTimestamp();
        RecordedHosts hosts = new(
            host => all.TryGetValue(host, out var path) ? Folder.Read(path) : null,
            host => RecordedChoice.CommandFor(host, recipe, directory, new() { RecordedState = state })
        );
        List<HostPlan> plans = [];
        foreach (
            var options in loaded.Inventory.IsEmpty
                ? cases.Select(one => new EngineOptions { Everywhere = new(one.Host), Time = terminal.Time })
                : [new() { On = string.Join(',', all.Keys.Order(StringComparer.Ordinal)), Time = terminal.Time }]
        )
        {
            await using Engine engine = new(loaded.Catalog, loaded.Inventory, hosts, options);
            plans.AddRange((await engine.Plan(host => redaction.Add(host.Secrets), ct)).Hosts);
        }

        var time = terminal.Time.GetElapsedTime(began) / plans.Count;
        return [.. cases.Select(one => Compared(one, plans.First(host => host.Host == one.Host), time))];
    }

    CaseResult Compared(TestCase one, HostPlan plan, TimeSpan time)
    {
        if (plan.Error is NotRecordedException or RecordingException or DefectException or RecipeException)
            return new(one, Outcome.Failed) { Problem = plan.Error.Message, Time = time };
        var page = Pages.Plain(PlanPage.Of(new([plan])));
        var clean = redaction.Of(page);
        if (!ReferenceEquals(clean, page))
            return new(one, Outcome.Failed)
            {
                Problem = string.Join(
                    '\n',
                    ["the plan shows a secret:", .. clean.Split('\n').Where(line => line.Contains("(secret ", StringComparison.Ordinal))]
                ),
                Time = time,
            };
        var accepted = Pages.Read(one.Verified);
        if (expected?.Unmet(one, plan) is { Count: > 0 } unmet)
            return new(one, Outcome.Failed) { Problem = string.Join('\n', unmet), Time = time };
        return new(
            one,
            accepted is null ? Outcome.New
                : accepted == page ? Outcome.Passed
                : Outcome.Differs
        )
        {
            Page = page,
            Accepted = accepted,
            Time = time,
        };
    }
}
