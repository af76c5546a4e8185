using System.Collections.Concurrent;
using ConfigEngine.Cli.Cases;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Rendering;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Comparing;

/// <summary>What <c>cfg diff</c> was told.</summary>
/// <param name="Revisions">The revisions.</param>
/// <param name="Path">The recipe, or the directory of recipes; null where none is named.</param>
/// <param name="Run">The hosts, and how they are reached.</param>
sealed record CompareChoice(Revisions Revisions, string? Path, RunChoice Run)
{
    /// <summary>What is planned.</summary>
    public Fleet Fleet { get; init; }
}

/// <summary>The hosts of a comparison.</summary>
enum Fleet
{
    /// <summary>Those that were recorded.</summary>
    Recorded,

    /// <summary>The hosts themselves, which are only read.</summary>
    Live,
}

/// <summary>Plans recipes as two revisions have them, and compares the plans.</summary>
sealed class CompareRun(CompareChoice choice, Terminal terminal, Interrupts interrupts)
{
    readonly ConcurrentDictionary<string, Lazy<HostRecording>> read = [];
    readonly Redaction redaction = terminal.Redaction;

    /// <summary>Plans and compares.</summary>
    /// <exception cref="UsageException">There is nothing to compare.</exception>
    public async Task<PlanComparison> Run(CancellationToken ct)
    {
        var path = choice.Path ?? (choice.Fleet is Fleet.Live ? Recipes.Nearest() : null) ?? ".";
        using var sides = await Checkouts.Make(choice.Revisions, path, choice.Run.Trusted, terminal, ct);
        IReadOnlyList<RecipeComparison> compared =
            choice.Fleet is Fleet.Live ? [await Live(sides, sides.Place, ct)] : await OfAll(sides, RecipesOf(sides), ct);
        if (compared.Count == 0)
            throw new UsageException(
                $"there is nothing to compare in {path}: no recipe there has a recording, before or after\n\n{Discovery.Convention}"
            );
        return new(sides.Before.Name, sides.After.Name, compared);
    }

    async Task<IReadOnlyList<RecipeComparison>> OfAll(Checkouts sides, IReadOnlyList<string> recipes, CancellationToken ct)
    {
        var compared = new IReadOnlyList<RecipeComparison>[recipes.Count];
        await Parallel.ForAsync(0, recipes.Count, ct, async (i, stop) => compared[i] = await Recorded(sides, recipes[i], stop));
        return [.. compared.SelectMany(states => states)];
    }

    /// <summary>The recipes of both sides, relative to the repository's top.</summary>
    static IReadOnlyList<string> RecipesOf(Checkouts sides) =>
        [
            .. ((Side[])[sides.Before, sides.After])
                .SelectMany(side =>
                    Path.Exists(Path.Combine(side.Root, sides.Place))
                        ? Discovery.Recipes(Path.Combine(side.Root, sides.Place)).Select(recipe => Path.GetRelativePath(side.Root, recipe))
                        : []
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    async Task<RecipeComparison> Live(Checkouts sides, string recipe, CancellationToken ct)
    {
        Side[] both = [sides.Before, sides.After];
        if (!both.Any(side => File.Exists(Path.Combine(side.Root, recipe))))
            throw new UsageException($"--live: {recipe} is no recipe\n  hint: name one: cfg diff main..HEAD site.csx --live");
        List<Plan> plans = [];
        foreach (var side in both)
            plans.Add(await On(side));
        return Compared(new(recipe, null), sides, plans[0], plans[1]);

        async Task<Plan> On(Side side)
        {
            if (!File.Exists(Path.Combine(side.Root, recipe)))
                return new([]);
            try
            {
                await using var work = await RecipeRun.Load(side.PathOf(recipe), choice.Run, Then.Nothing, terminal, ct);
                return await work.Plan(terminal, interrupts, ct);
            }
            catch (RecipeException wrong)
            {
                throw new UsageException($"{side.Name}: {side.Named(wrong.Message)}");
            }
        }
    }

    async Task<IReadOnlyList<RecipeComparison>> Recorded(Checkouts sides, string recipe, CancellationToken ct)
    {
        try
        {
            return await InEachState(sides, recipe, ct);
        }
        catch (CfgException wrong)
        {
            return [new(recipe, null) { Problem = sides.WithNames(wrong.Message) }];
        }
    }

    async Task<IReadOnlyList<RecipeComparison>> InEachState(Checkouts sides, string recipe, CancellationToken ct)
    {
        var beside = Path.Combine(Path.GetDirectoryName(recipe) ?? "", RecordingFolder.Name);
        var name = Path.GetFileNameWithoutExtension(recipe);
        List<string> directories = [.. ((Side[])[sides.After, sides.Before]).Select(side => side.PathOf(beside)).Where(Directory.Exists)];
        IReadOnlyList<RecordingFolder> folders = [.. directories.Select(directory => new RecordingFolder(directory, name, read))];
        RecordedFleet fleet = new(folders);
        var (before, after) = (Loaded(sides.Before), Loaded(sides.After));
        List<string> hosts = [.. Hosts(after).Union(Hosts(before))];
        var files = fleet.Of(hosts);
        List<RecipeComparison> compared = [];
        foreach (var state in files.Select(file => file.Key.State).Distinct().Order(StringComparer.Ordinal))
        {
            RecordedHosts recorded = new(
                host => (Files(host, state) ?? Files(host, null)) is { } paths ? fleet.Read(paths) : null,
                host => RecordedChoice.CommandFor(host, sides.Typed(recipe), sides.Typed(beside), new() { RecordedState = state })
            );
            List<string> named = [.. hosts.Where(host => Files(host, state) is not null)];
            compared.Add(Compared(new(recipe, state), sides, await On(before, named), await On(after, named)));

            Task<Plan> On(LoadedRecipe? loaded, List<string> names) =>
                loaded is null
                    ? Task.FromResult(new Plan([]))
                    : RecordedPlan.Of(
                        loaded.Catalog,
                        loaded.Inventory,
                        [.. names.Intersect(Hosts(loaded))],
                        recorded,
                        Options,
                        redaction,
                        ct
                    );
        }

        List<string> unrecorded = [.. hosts.Except(files.Select(file => file.Key.Host))];
        return unrecorded.Count == 0 ? compared : [.. compared, new(recipe, null) { Unrecorded = unrecorded }];

        IEnumerable<string>? Files(string host, string? state) => files.Contains((host, state)) ? files[(host, state)] : null;

        LoadedRecipe? Loaded(Side side)
        {
            if (!File.Exists(Path.Combine(side.Root, recipe)))
                return null;
            var options = OfflineOptions.Of(terminal, choice.Run.Trusted, directories.FirstOrDefault() ?? beside);
            var loaded = new RecipeLoader(options).Load(side.PathOf(recipe), ct);
            loaded.ReadSecrets(loaded.Inventory.Hosts);
            return loaded;
        }

        IEnumerable<string> Hosts(LoadedRecipe? loaded) =>
            loaded is null ? []
            : choice.Run.On is { } on && !loaded.Inventory.IsEmpty
                ? RecordedPlan.HostsOf(loaded, folders).Intersect(loaded.Inventory.Select(on).Select(host => host.Name))
            : RecordedPlan.HostsOf(loaded, folders);
    }

    EngineOptions Options =>
        new()
        {
            Only = choice.Run.Only,
            Skip = choice.Run.Skip,
            Time = terminal.Time,
        };

    RecipeComparison Compared(RecipeComparison recipe, Checkouts sides, Plan before, Plan after)
    {
        var (old, now) = (before.Hosts.ToDictionary(host => host.Host), after.Hosts.ToDictionary(host => host.Host));
        return recipe with
        {
            Hosts =
            [
                .. now
                    .Keys.Union(old.Keys)
                    .Select(host =>
                        HostComparison.Of(
                            host,
                            old.GetValueOrDefault(host),
                            now.GetValueOrDefault(host),
                            Clean,
                            text => redaction.Of(sides.WithNames(text))
                        )
                    ),
            ],
            Order = (Order(before), Order(after)),
        };

        // Both sides' files have their names without a revision: only what is in them is compared.
        string Clean(string text) =>
            redaction.Of(
                text.Replace($"{sides.Before.Root}/", "", StringComparison.Ordinal)
                    .Replace($"{sides.After.Root}/", "", StringComparison.Ordinal)
            );
    }

    IReadOnlyList<string> Order(Plan plan) =>
        [.. PlanText.Order(plan.Rollouts, plan.Waits, new()).Select(line => redaction.Of(PlanPage.WithoutPlaces(line.ToString())))];
}
