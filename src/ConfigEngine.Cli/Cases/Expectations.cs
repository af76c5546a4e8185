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
    readonly HashSet<Allowance> needed = new(ReferenceEqualityComparer.Instance);

    /// <summary>The states that it names.</summary>
    public IReadOnlyList<string> States => [.. all.Select(expected => expected.State).OfType<string>().Distinct()];

    /// <summary>Whether the plan of a case is a page although nobody recorded its state.</summary>
    public bool HasPage(TestCase one) => all.Any(expected => expected.IsPaged && expected.State is not null && IsAbout(expected, one));

    /// <summary>Whether a test allows what must not be otherwise.</summary>
    public bool Allows(TestCase one, Violation violation)
    {
        if (violation.Unless is not { } allowance)
            return false;
        var allowing = all.Where(expected => IsAbout(expected, one))
            .SelectMany(expected => expected.Allowances)
            .Where(allowed => allowed.Covers(allowance))
            .ToList();
        needed.UnionWith(allowing);
        return allowing.Count > 0;
    }

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

    /// <summary>Expectations that were about no case, and so say nothing, and what is allowed and never needed.</summary>
    public IReadOnlyList<string> Idle =>
        [
            .. all.Where(expected => !used.Contains(expected))
                .Select(expected =>
                    $"{expected.Source?.ToString() ?? script}: it is about no recorded host: "
                    + $"{expected.Selector}{(expected.State is null ? "" : $" in the state {expected.State}")}"
                ),
            .. all.Where(used.Contains)
                .SelectMany(expected => expected.Allowances)
                .Where(allowed => !needed.Contains(allowed))
                .Select(allowed =>
                    $"{allowed.At?.ToString() ?? script}: nothing needs this any more: no plan has {allowed.Address} "
                    + $"{(allowed.Kind is AllowanceKind.Repeats ? "at every apply" : "with a loss that is not named")}; remove it"
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
