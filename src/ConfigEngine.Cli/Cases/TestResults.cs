using ConfigEngine.Cli.Cases.Mutating;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>The results of a run.</summary>
/// <param name="Recipes">The recipes, in order.</param>
/// <param name="Time">How long all of it took.</param>
sealed record TestResults(IReadOnlyList<RecipeResult> Recipes, TimeSpan Time)
{
    /// <summary>Pages without a case, and recordings without a host: they would live for ever, and seem to test something.</summary>
    public IReadOnlyList<string> Orphans { get; init; } = [];

    /// <summary>What no case shows; null if nobody asked for it.</summary>
    public Unseen? Unseen { get; init; }

    /// <summary>What became of the mutants; null if none was made.</summary>
    public Mutations? Mutations { get; init; }

    /// <summary>All cases.</summary>
    public IReadOnlyList<CaseResult> Cases => [.. Recipes.SelectMany(recipe => recipe.Cases)];

    /// <summary>The cases whose page can be accepted.</summary>
    public IReadOnlyList<CaseResult> Open => [.. Cases.Where(one => one.Outcome is Outcome.Differs or Outcome.New)];

    /// <summary>Whether everything is as it was accepted.</summary>
    public bool Succeeded => IsOnlyOpen && Open.Count == 0;

    /// <summary>Whether nothing is wrong besides pages that can be accepted.</summary>
    public bool IsOnlyOpen =>
        Orphans.Count == 0 && Recipes.All(recipe => recipe.Problem is null) && Cases.All(one => one.Outcome is not Outcome.Failed);

    /// <summary>The results after pages were accepted.</summary>
    public TestResults With(IReadOnlySet<CaseResult> accepted) =>
        Each(one => accepted.Contains(one) ? one with { Outcome = Outcome.Passed } : one);

    /// <summary>The results with something changed in each case.</summary>
    public TestResults Each(Func<CaseResult, CaseResult> change) =>
        this with
        {
            Recipes = [.. Recipes.Select(recipe => recipe with { Cases = [.. recipe.Cases.Select(change)] })],
        };

    /// <summary>The files in the directories of these recipes that nothing uses.</summary>
    public static IReadOnlyList<string> OrphansOf(IReadOnlyList<RecipeResult> recipes)
    {
        var known = recipes.SelectMany(recipe => recipe.Cases).Select(one => Path.GetFullPath(one.Case.Verified)).ToHashSet();
        var used = recipes.SelectMany(recipe => recipe.Used).Select(Path.GetFullPath).ToHashSet();

        // A recipe that cannot be loaded uses recordings that nobody knows.
        var whole = recipes
            .GroupBy(recipe => Path.GetDirectoryName(recipe.Recipe) ?? "")
            .Where(all => all.All(one => one.Problem is null));
        return
        [
            .. whole
                .SelectMany(all =>
                {
                    var recordings = Path.Combine(all.Key, RecordingFolder.Name);
                    var below = all.Select(one => Path.Combine(recordings, Path.GetFileNameWithoutExtension(one.Recipe)));
                    return Directory
                        .EnumerateFiles(all.Key.Length == 0 ? "." : all.Key, $"*{TestCase.VerifiedEnding}")
                        .Where(page => !known.Contains(Path.GetFullPath(page)))
                        .Concat(
                            RecordingFolder
                                .Files(recordings)
                                .Concat(below.SelectMany(RecordingFolder.Files))
                                .Where(recording => !used.Contains(Path.GetFullPath(recording)) && !IsBase(recording, used))
                        );
                })
                .Select(file => file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file)
                .Order(StringComparer.Ordinal),
        ];
    }

    static bool IsBase(string recording, IEnumerable<string> used) =>
        used.Any(other =>
        {
            try
            {
                return RecordingFile.ReadAlone(other).Base is { } based
                    && Path.GetFullPath(Path.Combine(Path.GetDirectoryName(other) ?? "", based)) == Path.GetFullPath(recording);
            }
            catch (RecordingException)
            {
                return false;
            }
        });
}
