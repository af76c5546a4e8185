using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>The expectations beside a recipe, in <c>NAME.test.csx</c>.</summary>
/// <param name="script">The script.</param>
/// <param name="all">What it expects.</param>
/// <param name="inventory">The recipe's hosts.</param>
sealed class Expectations(string script, IReadOnlyList<Expectation> all, Inventory inventory)
{
    readonly HashSet<Expectation> used = [];

    /// <summary>The expectations of a recipe: its own, and those of the script beside it.</summary>
    /// <exception cref="RecipeException">The script is wrong.</exception>
    public static Expectations Of(string recipe, RecipeLoader loader, LoadedRecipe loaded, CancellationToken ct)
    {
        var script = Path.ChangeExtension(recipe, null) + Discovery.TestEnding;
        var beside = File.Exists(script) ? loader.LoadAlone(script, ct).Catalog : null;
        if (beside is { Blocks.Count: > 0 })
            throw new RecipeException($"{script} declares resources; a test only expects: Expect(\"web1\").ChangesNothing();");
        return new(script, [.. loaded.Catalog.Expectations.Concat(beside?.Expectations ?? []).OfType<Expectation>()], loaded.Inventory);
    }

    /// <summary>What does not hold for the plan of a case.</summary>
    public IReadOnlyList<string> Unmet(TestCase one, HostPlan plan) =>
        [.. all.Where(expected => IsAbout(expected, one)).SelectMany(expected => expected.Unmet(plan))];

    /// <summary>Expectations that were about no case, and so say nothing.</summary>
    public IReadOnlyList<string> Idle =>
        [
            .. all.Where(expected => !used.Contains(expected))
                .Select(expected =>
                    $"{expected.Source?.ToString() ?? script}: it is about no recorded host: "
                    + $"{expected.Selector}{(expected.State is null ? "" : $" in the state {expected.State}")}"
                ),
        ];

    bool IsAbout(Expectation expected, TestCase one)
    {
        var about =
            (expected.State is null || expected.State == (one.State ?? RecordingFolder.Fresh))
            && (
                inventory.IsEmpty
                    ? expected.Selector is Inventory.All || Glob.Matches(expected.Selector, one.Host)
                    : inventory.Select(expected.Selector).Any(host => host.Name == one.Host)
            );
        if (about)
            used.Add(expected);
        return about;
    }
}
