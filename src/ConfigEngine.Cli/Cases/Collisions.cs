namespace ConfigEngine.Cli.Cases;

/// <summary>
/// Cases that have one page: site.csx on web1.x, and site.csx on web1 in the state x, and site.web1.csx on x. Each would be compared with
/// what was accepted of the other.
/// </summary>
static class Collisions
{
    /// <summary>The results, with an error for each recipe that has such a case.</summary>
    public static RecipeResult[] ToldIn(IReadOnlyList<RecipeResult> results)
    {
        var shared = results
            .SelectMany(recipe => recipe.Cases)
            .GroupBy(one => Path.GetFullPath(one.Case.Verified))
            .Where(same => same.Count() > 1)
            .SelectMany(same => same.Select(one => (one.Case, Others: same.Where(other => other != one).ToList())))
            .ToLookup(one => one.Case, one => one.Others);
        return [.. results.Select(recipe => recipe with { Cases = [.. recipe.Cases.Select(one => Told(one, shared[one.Case]))] })];
    }

    static CaseResult Told(CaseResult one, IEnumerable<IReadOnlyList<CaseResult>> others) =>
        others.FirstOrDefault() is not [var other, ..]
            ? one
            : one with
            {
                Outcome = Outcome.Failed,
                Page = null,
                Problem =
                    $"two cases are called {one.Case.Name}, and have one page: this one, {Told(one.Case)}, and {Told(other.Case)}\n"
                    + "hint: give a state, a host or a recipe another name",
            };

    static string Told(TestCase one) => $"{one.Recipe} on {one.Host}{(one.State is null ? "" : $" in the state {one.State}")}";
}
