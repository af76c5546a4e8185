using System.Collections.Concurrent;
using ConfigEngine.Cli.Cases.Mutating;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Rendering;
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
    readonly Declarations? declared = choice.Unseen ? new() : null;
    Expectations? expected;

    RecordingFolder Folder => new(directory, Path.GetFileNameWithoutExtension(recipe), read);

    /// <summary>Runs its cases. What goes wrong with the recipe is a result too.</summary>
    public async Task<RecipeResult> Run(CancellationToken ct)
    {
        var network = NoNetwork.Begin();
        var result = await Planned(ct);
        return network.Problem is { } problem ? new(recipe, []) { Problem = $"{recipe}: {problem}" } : result;
    }

    async Task<RecipeResult> Planned(CancellationToken ct)
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
            results = [.. await WithPredicted(loaded, results, recorded, ct)];
            if (choice.Filter.Count == 0 && expected.Idle is { Count: > 0 } idle)
                return new(recipe, []) { Problem = string.Join('\n', idle) };
            var unrecorded = RecordedPlan.HostsOf(loaded, Folder).Except(recorded.Select(file => file.Host)).ToList();
            return new(
                recipe,
                [.. results.OrderBy(result => result.Case.Host, StringComparer.Ordinal).ThenBy(result => result.Case.State)]
            )
            {
                Unrecorded = unrecorded,
                Files = loaded.Files,
                Used = [.. recorded.Select(file => file.Path)],
                Branches = loaded.Branches,
                Declared = declared,
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
        return new(
            options with
            {
                Limit = choice.Limit,
                Says = said.Add,
                Secrets = options.Secrets with { Redaction = redaction },
                SeesBranches = choice.Unseen,
            }
        );
    }

    /// <summary>The recordings of its hosts.</summary>
    List<(string Host, string? State, string Path)> Recorded(LoadedRecipe loaded) => [.. Folder.Of(RecordedPlan.HostsOf(loaded, Folder))];

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
        if (cases.Count == 0 || expected is null)
            return [];
        var began = terminal.Time.GetTimestamp();
        var hosts = Hosts(all, state);
        IReadOnlyList<string> names = loaded.Inventory.IsEmpty ? [.. cases.Select(one => one.Host)] : [.. all.Keys];
        var plans = await Plans(loaded.Inventory, names, hosts, new());
        var others =
            names.Count > 1 && !loaded.Inventory.IsEmpty
                ? await Plans(loaded.Inventory.Reversed(), names, hosts, new() { Parallel = 1 })
                : null;
        CaseChecks checks = new(hosts, expected, redaction);
        var time = terminal.Time.GetElapsedTime(began) / plans.Count;
        List<CaseResult> results = [];
        foreach (var one in cases)
        {
            var (problems, untried, states) = await checks.Of(one, plans[one.Host], others?[one.Host], ct);
            var result = Compared(one, plans[one.Host], problems) with { Time = time, Untried = untried, States = states };
            results.Add(choice.Mutates && result.Outcome is Outcome.Passed ? await Mutated(result, plans[one.Host], hosts, ct) : result);
            declared?.Add(plans[one.Host], recipe);
        }

        return results;

        Task<Dictionary<string, HostPlan>> Plans(
            Inventory inventory,
            IReadOnlyList<string> names,
            RecordedHosts hosts,
            EngineOptions options
        ) => PlansOf(loaded.Catalog, inventory, names, hosts, options, ct);
    }

    async Task<CaseResult> Mutated(CaseResult result, HostPlan plan, RecordedHosts hosts, CancellationToken ct)
    {
        await using var session = await hosts.Connect(new(plan.Host), null, ct);
        CaseMutants mutants = new(result.Case, plan, session, choice.Seed);
        var tried = await mutants.Run(ct);
        terminal.Say($"{result.Case.Name}: {Counts.Of(tried.Count, "mutant")}, {tried.Count(one => one.IsMissed)} not noticed", Ink.Dim);
        return result with { Mutations = tried, Unchanged = mutants.Unchanged };
    }

    RecordedHosts Hosts(Dictionary<string, string> paths, string? state) =>
        new(
            host => paths.TryGetValue(host, out var path) ? Folder.Read(path) : null,
            host => RecordedChoice.CommandFor(host, recipe, directory, new() { RecordedState = state })
        );

    async Task<Dictionary<string, HostPlan>> PlansOf(
        Catalog catalog,
        Inventory inventory,
        IReadOnlyList<string> hosts,
        RecordedHosts recorded,
        EngineOptions options,
        CancellationToken ct
    )
    {
        var plan = await RecordedPlan.Of(catalog, inventory, hosts, recorded, options with { Time = terminal.Time }, redaction, ct);
        return plan.Hosts.ToDictionary(host => host.Host);
    }

    /// <summary>
    /// The results, with what tests expect of states that nobody recorded. These have pages only where a test asks for one, and such a
    /// page says first that it is of a prediction: nobody should take it for what a host said.
    /// </summary>
    async Task<IReadOnlyList<CaseResult>> WithPredicted(
        LoadedRecipe loaded,
        IReadOnlyList<CaseResult> results,
        List<(string Host, string? State, string Path)> recorded,
        CancellationToken ct
    )
    {
        if (expected is null)
            return results;
        var paths = recorded.Where(file => file.State is null).ToDictionary(file => file.Host, file => file.Path);
        Dictionary<string, List<string>> problems = [];
        List<CaseResult> pages = [];
        foreach (var name in expected.States)
        {
            var own = recorded.Where(file => file.State == name).Select(file => file.Host).ToHashSet();
            if (PredictedState.Find(name) is not { } state || paths.Keys.All(own.Contains) || paths.Count == 0)
                continue;
            EngineOptions options = new() { Predict = plan => own.Contains(plan.Host) ? null : state.Of(plan, DayOf(paths[plan.Host])) };
            var plans = await PlansOf(loaded.Catalog, loaded.Inventory, [.. paths.Keys], Hosts(paths, null), options, ct);
            foreach (var (host, plan) in plans.Where(each => !own.Contains(each.Key)))
            {
                TestCase one = new(recipe, host, name, paths[host]);
                var unmet = expected.Unmet(one, plan);
                if (expected.HasPage(one) && choice.Has(one.Name))
                {
                    declared?.Add(plan, recipe);
                    pages.Add(Compared(one, plan, [], $"Predicted from {Path.GetFileName(one.Recording)}: {name}\n\n"));
                }

                if (unmet.Count > 0)
                    problems[host] = [.. problems.GetValueOrDefault(host) ?? [], $"in the predicted state {name}:", .. unmet];
            }
        }

        return
        [
            .. results.Select(one =>
                one.Case.State is null && problems.TryGetValue(one.Case.Host, out var unmet)
                    ? one with
                    {
                        Outcome = Outcome.Failed,
                        Problem = string.Join('\n', [.. one.Problem is { } first ? (string[])[first] : [], .. unmet.Select(redaction.Of)]),
                    }
                    : one
            ),
            .. pages,
        ];
    }

    /// <summary>When an apply is said to have been cut off: a page has no time that changes by itself.</summary>
    DateTimeOffset DayOf(string recording) => new(Folder.Read(recording).Date, default, TimeSpan.Zero);

    CaseResult Compared(TestCase one, HostPlan plan, IReadOnlyList<string> problems, string head = "")
    {
        if (plan.Error is NotRecordedException or RecordingException or DefectException or RecipeException)
            return new(one, Outcome.Failed) { Problem = plan.Error.Message };
        if (problems.Count > 0)
            return new(one, Outcome.Failed) { Problem = string.Join('\n', problems) };
        var page = Pages.Plain(head + PlanPage.Of(new([plan])));
        if (redaction.Of(page) is var clean && !ReferenceEquals(clean, page))
            return new(one, Outcome.Failed)
            {
                Problem = string.Join(
                    '\n',
                    ["the plan shows a secret:", .. clean.Split('\n').Where(line => line.Contains("(secret ", StringComparison.Ordinal))]
                ),
            };
        var accepted = Pages.Read(one.Verified);
        return new(
            one,
            accepted is null ? Outcome.New
                : accepted == page ? Outcome.Passed
                : Outcome.Differs
        )
        {
            Page = page,
            Accepted = accepted,
            Digest = PlanContent.DigestOf(plan),
        };
    }
}
