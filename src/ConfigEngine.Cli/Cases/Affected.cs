using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>Which recipes have to be planned again after some files changed, while somebody watches.</summary>
/// <param name="before">The results before that.</param>
/// <param name="changed">The files that changed, by any path.</param>
sealed class Affected(TestResults before, IEnumerable<string> changed)
{
    readonly IReadOnlyList<string> changed = [.. changed.Select(Path.GetFullPath).Distinct()];
    readonly Dictionary<string, RecipeResult> results = before.Recipes.ToDictionary(one => Path.GetFullPath(one.Recipe));
    readonly HashSet<string> scripts = [.. before.Recipes.SelectMany(one => one.Files).Select(Path.GetFullPath)];

    /// <summary>The result of a recipe, if no file that it depends on changed; null where it has to be planned again.</summary>
    /// <param name="recipe">The recipe's path.</param>
    public RecipeResult? Unchanged(string recipe) =>
        results.TryGetValue(Path.GetFullPath(recipe), out var result)
        && result.Files.Count > 0
        && result.Cases.All(one => one.Outcome is not Outcome.Failed)
        && !changed.Any(file => Concerns(file, result))
            ? result
            : null;

    bool Concerns(string file, RecipeResult result)
    {
        var recipe = Path.GetFullPath(result.Recipe);
        var directory = Path.GetDirectoryName(recipe) ?? "/";
        var stem = Path.GetFileNameWithoutExtension(recipe);
        if (file.StartsWith(Path.Combine(directory, RecordingFolder.Name) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return true;
        if (!file.EndsWith(".csx", StringComparison.Ordinal))
            return Path.GetDirectoryName(file) == directory && Path.GetFileName(file).StartsWith($"{stem}.", StringComparison.Ordinal);
        if (file == recipe || file == Path.Combine(directory, stem + Discovery.TestEnding))
            return true;
        if (results.ContainsKey(file) || file.EndsWith(Discovery.TestEnding, StringComparison.Ordinal))
            return result.Files.Any(loaded => Path.GetFullPath(loaded) == file);

        // A script that nobody loaded until now may be an inventory or a policy, or one that was missing.
        return !scripts.Contains(file) || result.Files.Any(loaded => Path.GetFullPath(loaded) == file);
    }
}
