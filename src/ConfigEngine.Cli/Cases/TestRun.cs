using System.Collections.Concurrent;
using ConfigEngine.Cli.Cases.Mutating;
using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Cases;

/// <summary>Runs the cases of all recipes, and compares, writes and accepts pages.</summary>
sealed class TestRun(TestChoice choice, Terminal terminal)
{
    /// <summary>Whether pages are only compared: a build server accepts nothing, and leaves no files.</summary>
    public bool IsReadOnly => terminal.IsBuildServer;

    /// <summary>Plans and compares.</summary>
    /// <param name="affected">What is known from an earlier run; null where there was none.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="UsageException">There is nothing to test.</exception>
    public async Task<TestResults> Run(Affected? affected, CancellationToken ct)
    {
        var began = terminal.Time.GetTimestamp();
        var recipes = Discovery.Recipes(choice.Path);
        if (recipes.Count == 0)
            throw new UsageException($"there is nothing to test in {choice.Path}\n\n{Discovery.Convention}");
        ConcurrentDictionary<string, Lazy<HostRecording>> read = [];
        var results = new RecipeResult[recipes.Count];
        await Parallel.ForAsync(
            0,
            recipes.Count,
            ct,
            async (i, stop) =>
                results[i] = affected?.Unchanged(recipes[i]) ?? await new RecipeCases(recipes[i], choice, read, terminal).Run(stop)
        );
        results = Collisions.ToldIn(results);
        if (results.All(recipe => recipe.Problem is null && recipe.Cases.Count == 0))
            throw new UsageException(
                choice.Filter.Count > 0
                    ? $"no case is called {string.Join(" or ", choice.Filter)}"
                    : $"there is nothing to test in {choice.Path}: no host of a recipe there has a recording\n\n{Discovery.Convention}"
            );
        TestResults all = new(results, terminal.Time.GetElapsedTime(began))
        {
            Orphans = choice.Filter.Count > 0 || File.Exists(choice.Path) ? [] : TestResults.OrphansOf(results),
        };
        if (choice.Mutates)
            return all with
            {
                Mutations = new(Mutation.Joined(all.Cases.SelectMany(one => one.Mutations ?? [])))
                {
                    Untried = [.. all.Cases.Where(one => one.Outcome is not Outcome.Passed).Select(one => one.Case.Name)],
                    Unchanged = [.. all.Cases.SelectMany(one => one.Unchanged).Distinct().Order(StringComparer.Ordinal)],
                    Time = all.Time,
                },
            };
        return choice.Unseen ? all with { Unseen = Unseen.Of(all, File.Exists(choice.Path) ? recipes[0] : null) } : all;
    }

    /// <summary>Writes the pages that differ beside the accepted ones, and removes those of earlier runs.</summary>
    public void Write(TestResults results)
    {
        if (IsReadOnly)
            return;
        foreach (var one in results.Cases)
        {
            if (one is { Outcome: Outcome.Differs or Outcome.New, Page: { } page })
                Pages.Write(one.Case.Received, page);
            else
                Pages.Remove(one.Case.Received);
        }

        PlanDigests.Update(results);
    }

    /// <summary>Accepts the pages that say the same plan in other words, and says of each other one why it is not accepted.</summary>
    /// <returns>The results with those pages accepted.</returns>
    public static TestResults Reword(TestResults results)
    {
        Dictionary<string, Dictionary<string, string>> kept = [];
        var told = results.Each(one => one.Outcome is Outcome.Passed ? one : one with { NotReworded = WhyNot(one, KeptFor(one)) });
        var accepted = told.Open.Where(one => one.NotReworded is null).ToHashSet();
        foreach (var one in accepted)
            Accept(one);
        return told.With(accepted);

        Dictionary<string, string> KeptFor(CaseResult one)
        {
            var directory = Path.GetDirectoryName(one.Case.Recipe) ?? "";
            return kept.TryGetValue(directory, out var read) ? read : kept[directory] = PlanDigests.Read(directory);
        }
    }

    static string? WhyNot(CaseResult one, Dictionary<string, string> kept) =>
        one.Outcome is Outcome.Failed ? "it failed"
        : one.Outcome is Outcome.New ? "no plan of it was accepted yet"
        : !kept.TryGetValue(one.Case.Name, out var digest)
            ? $"{PlanDigests.Name} does not have the plan of its accepted page; read the page, and accept it by name"
        : digest != one.Digest ? "what is planned has changed, not only the words"
        : null;

    static string Acceptable(string unknown, IReadOnlyList<string> names) =>
        names.Count == 0 ? "every page is the accepted one"
        : Similar.Closest(unknown, names) is { } near ? $"did you mean {near}?"
        : $"these can be accepted: {Text.List(names, 10)}";

    /// <summary>Accepts the pages that the command line names.</summary>
    /// <returns>The results with those pages accepted.</returns>
    /// <exception cref="UsageException">A name is not that of a page that can be accepted, or the number is another one.</exception>
    public TestResults Accept(TestResults results)
    {
        var open = results.Open;
        if (choice.AcceptAll is { } count && count != open.Count)
            throw new UsageException($"--accept-all {count}: {Counts.Of(open.Count, "page")} can be accepted; read them first");
        if (choice.Accept.FirstOrDefault(name => open.All(one => one.Case.Name != name)) is { } unknown)
            throw new UsageException(
                results.Cases.Any(one => one.Case.Name == unknown)
                    ? $"--accept {unknown}: there is no new page of it to accept"
                    : $"--accept {unknown}: there is no such case\n  hint: {Acceptable(unknown, [.. open.Select(one => one.Case.Name)])}"
            );
        if (
            choice.Accept.Select(name => open.Where(one => one.Case.Name == name).ToList()).FirstOrDefault(same => same.Count > 1)
            is [var first, ..] several
        )
            throw new UsageException(
                $"--accept {first.Case.Name}: there are {several.Count} of that name, in {Text.List([.. several.Select(Where)], 5)}\n"
                    + $"  hint: name the directory: cfg test {Shell.Quote(Where(first))} --accept {Shell.Quote(first.Case.Name)}"
            );
        var accepted = open.Where(one => choice.AcceptAll is not null || choice.Accept.Contains(one.Case.Name)).ToHashSet();
        foreach (var one in accepted)
            Accept(one);
        return results.With(accepted);
    }

    static string Where(CaseResult one) => Path.GetDirectoryName(one.Case.Recipe) is { Length: > 0 } directory ? directory : ".";

    /// <summary>Accepts one page.</summary>
    public static void Accept(CaseResult one)
    {
        Pages.Write(one.Case.Verified, one.Page ?? "");
        Pages.Remove(one.Case.Received);
    }
}
