using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases;

/// <summary>The results for people: what differs in full, what passed in one line each, and what to type.</summary>
static class TestText
{
    /// <summary>Of a longer difference only the beginning is shown; the files have all of it.</summary>
    const int MostLines = 200;

    /// <summary>The lines.</summary>
    /// <param name="results">The results.</param>
    /// <param name="path">The path that was tested, for commands.</param>
    public static IEnumerable<OutputLine> Of(TestResults results, string path)
    {
        foreach (var recipe in results.Recipes.Where(recipe => recipe.Problem is not null || recipe.Cases.Count > 0))
        {
            yield return new(new Span(Printable.Line(recipe.Recipe), Ink.Bold));
            if (recipe.Problem is { } problem)
                foreach (var line in Marks.Error(Printable.Lines(problem), null, 2))
                    yield return line;
            foreach (var line in recipe.Cases.SelectMany(Case))
                yield return line;
        }

        foreach (var orphan in results.Orphans)
            yield return new(
                new Span("error: ", Ink.Error),
                $"{Printable.Line(orphan)}: nothing uses it any more; remove it, or rename it with what it belongs to"
            );
        foreach (var line in Untested(results))
            yield return line;
        yield return OutputLine.Empty;
        yield return new(new Span(Sentence(results), results.Succeeded ? Ink.Bold : Ink.Failed));
        foreach (var line in Next(results, path))
            yield return line;
        foreach (var line in results.Unseen is { } unseen ? UnseenText.Of(unseen) : results.Mutations?.Lines ?? [])
            yield return line;
    }

    static IEnumerable<OutputLine> Case(CaseResult one)
    {
        var name = one.Case.Short;
        if (one.Outcome is Outcome.Passed)
        {
            yield return new(new Span("  ✓ ", Ink.Added), Printable.Line(name));
            yield break;
        }

        yield return new(
            new Span("  ✗ ", Ink.Removed),
            new Span(Printable.Line(name), Ink.Bold),
            one.Outcome switch
            {
                Outcome.New => "  no plan was accepted yet; it is:",
                Outcome.Differs => $"  the plan is not the one in {Printable.Line(Path.GetFileName(one.Case.Verified))}:",
                _ => "",
            }
        );
        if (one.Problem is { } problem)
            foreach (var line in Marks.Error(Printable.Lines(problem), null, 4))
                yield return line;
        var lines = one is { Outcome: Outcome.New, Page: { } page }
            ? [.. page.TrimEnd('\n').Split('\n').Select(line => new OutputLine(new Span(Printable.Line(line), Ink.Added)))]
            : Difference(one).ToList();
        foreach (var line in lines.Take(MostLines))
            yield return line.Indented(4);
        if (lines.Count > MostLines)
            yield return new(
                new Span($"    … {lines.Count - MostLines} more lines: diff -u {one.Case.Verified} {one.Case.Received}", Ink.Dim)
            );
    }

    /// <summary>What a page has and the accepted one has not, and the other way round.</summary>
    public static IEnumerable<OutputLine> Difference(CaseResult one) =>
        one.Page is null ? [] : UnifiedDiff.Of(one.Accepted ?? "", one.Page);

    static IEnumerable<OutputLine> Untested(TestResults results)
    {
        foreach (var recipe in results.Recipes.Where(recipe => recipe is { Problem: null, Unrecorded.Count: > 0 }))
            yield return new(
                new Span(
                    $"not tested: {Printable.Line(recipe.Recipe)} on {Printable.Line(Text.List(recipe.Unrecorded, 5))}: not recorded",
                    Ink.Dim
                )
            );
        foreach (var one in results.Cases.Where(one => one.NotReworded is not null))
            yield return new(new Span($"not reworded: {Printable.Line(one.Case.Name)}: {one.NotReworded}", Ink.Dim));
        foreach (var same in results.Cases.Where(one => one.Untried is not null).GroupBy(one => one.Untried))
            yield return new(
                new Span($"not tried: {Printable.Line(Text.List([.. same.Select(one => one.Case.Name)], 5))}: {same.Key}", Ink.Dim)
            );
    }

    static string Sentence(TestResults results)
    {
        var cases = results.Cases;
        var parts =
            (IEnumerable<(int Count, string What)>)
                [
                    (cases.Count(one => one.Outcome is Outcome.Passed), "passed"),
                    (cases.Count(one => one.Outcome is Outcome.Differs), "changed"),
                    (cases.Count(one => one.Outcome is Outcome.New), "new"),
                    (
                        cases.Count(one => one.Outcome is Outcome.Failed) + results.Recipes.Count(recipe => recipe.Problem is not null),
                        "failed"
                    ),
                    (results.Orphans.Count, "left over"),
                ];
        var tested = results.Recipes.Count(recipe => recipe.Problem is not null || recipe.Cases.Count > 0);
        var counts = Text.List([.. parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.What}")]);
        return $"{Counts.Of(cases.Count, "case")} of {Counts.Of(tested, "recipe")}: {counts}.{States(cases)} {Counts.Of(results.Time)}";
    }

    static string States(IReadOnlyList<CaseResult> cases) =>
        cases.Sum(one => one.States) is > 0 and var count ? $" Also planned from {Counts.Of(count, "predicted state")}." : "";

    static IEnumerable<OutputLine> Next(TestResults results, string path)
    {
        if (results.Open is not [var first, ..])
            yield break;
        var where = path is "." ? "" : $" {Shell.Quote(path)}";
        yield return new($"Where a plan is right, accept it: cfg test{where} --accept {Shell.Quote(first.Case.Name)}");
        if (results.Open.Count > 1)
            yield return new($"To go through all of them: cfg test{where} --review");
    }
}
