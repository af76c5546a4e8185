using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Cases;

/// <summary>The results for programs.</summary>
static class TestReports
{
    /// <summary>JUnit's form: a suite for each recipe.</summary>
    public static string JUnit(TestResults results)
    {
        var suites = results.Recipes.Where(recipe => recipe.Problem is not null || recipe.Cases.Count > 0).Select(Suite).ToList();
        if (results.Orphans.Count > 0)
            suites.Add(
                new(
                    "testsuite",
                    new XAttribute("name", "left over"),
                    Totals(results.Orphans.Count, results.Orphans.Count, TimeSpan.Zero),
                    results.Orphans.Select(file => new XElement(
                        "testcase",
                        new XAttribute("name", file),
                        Failure("nothing uses this file any more", "")
                    ))
                )
            );
        XElement root = new("testsuites", new XAttribute("name", "cfg test"), suites);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root.ToString().ReplaceLineEndings("\n")}\n";
    }

    static XElement Suite(RecipeResult recipe) =>
        new(
            "testsuite",
            new XAttribute("name", recipe.Recipe),
            Totals(
                recipe.Cases.Count + (recipe.Problem is null ? 0 : 1),
                recipe.Cases.Count(one => one.Outcome is not Outcome.Passed) + (recipe.Problem is null ? 0 : 1),
                TimeSpan.FromTicks(recipe.Cases.Sum(one => one.Time.Ticks))
            ),
            recipe.Problem is { } problem
                ? [new XElement("testcase", new XAttribute("name", "the recipe"), Failure(problem.Split('\n')[0], problem))]
                : recipe.Cases.Select(one => new XElement(
                    "testcase",
                    new XAttribute("name", one.Case.Name),
                    new XAttribute("classname", recipe.Recipe),
                    new XAttribute("time", Seconds(one.Time)),
                    one.Outcome is Outcome.Passed ? null : Failure(Summary(one), Body(one))
                ))
        );

    static XAttribute[] Totals(int tests, int failures, TimeSpan time) =>
        [new("tests", tests), new("failures", failures), new("time", Seconds(time))];

    static XElement Failure(string message, string text) => new("failure", new XAttribute("message", Clean(message)), Clean(text));

    // XML has no form for most control characters, not even an escape.
    static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    static string Summary(CaseResult one) =>
        one.Outcome switch
        {
            Outcome.New => "no plan was accepted yet",
            Outcome.Differs => $"the plan is not the one in {Path.GetFileName(one.Case.Verified)}",
            _ => one.Problem?.Split('\n')[0] ?? "",
        };

    static string Body(CaseResult one) => one.Problem ?? Ansi.Plain(TestText.Difference(one));

    /// <summary>The Test Anything Protocol, version 14.</summary>
    public static string Tap(TestResults results)
    {
        List<(bool Ok, string Name, string Body)> lines =
        [
            .. results.Recipes.SelectMany(recipe =>
                recipe.Problem is { } problem
                    ? [(false, recipe.Recipe, problem)]
                    : recipe.Cases.Select(one => (one.Outcome is Outcome.Passed, one.Case.Name, $"{Summary(one)}\n{Body(one)}"))
            ),
            .. results.Orphans.Select(file => (false, file, "nothing uses this file any more")),
        ];
        StringBuilder text = new($"TAP version 14\n1..{lines.Count}\n");
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(line.Ok ? "ok" : "not ok")} {i + 1} - {Escaped(line.Name)}\n");
            if (!line.Ok)
                text.Append("  ---\n  message: |\n")
                    .Append(string.Concat(line.Body.TrimEnd('\n').Split('\n').Select(said => $"    {Clean(said)}\n")))
                    .Append("  ...\n");
        }

        return text.ToString();
    }

    static string Escaped(string name) =>
        Printable.Line(name).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal);

    /// <summary>A document.</summary>
    public static string Document(TestResults results)
    {
        JsonObject document = new()
        {
            ["succeeded"] = results.Succeeded,
            ["seconds"] = Math.Round(results.Time.TotalSeconds, 3),
            ["recipes"] = new JsonArray([
                .. results.Recipes.Select(recipe => new JsonObject
                {
                    ["path"] = recipe.Recipe,
                    ["error"] = recipe.Problem,
                    ["notRecorded"] = new JsonArray([.. recipe.Unrecorded.Select(host => JsonValue.Create(host))]),
                    ["warnings"] = new JsonArray([.. recipe.Warnings.Select(warning => JsonValue.Create(warning))]),
                    ["cases"] = new JsonArray([.. recipe.Cases.Select(Case)]),
                }),
            ]),
            ["leftOver"] = new JsonArray([.. results.Orphans.Select(file => JsonValue.Create(file))]),
        };
        if (results.Unseen is { } unseen)
            document["unseen"] = unseen.Document;
        if (results.Mutations is { } mutations)
            document["mutations"] = mutations.Document;
        return document.ToJsonString(Json.Indented.Options) + "\n";
    }

    static JsonObject Case(CaseResult one) =>
        new()
        {
            ["name"] = one.Case.Name,
            ["host"] = one.Case.Host,
            ["state"] = one.Case.State,
            ["recording"] = one.Case.Recording,
            ["outcome"] = one.Outcome.ToString().ToLowerInvariant(),
            ["error"] = one.Problem,
            ["statesTried"] = one.States,
            ["notTried"] = one.Untried,
            ["notReworded"] = one.NotReworded,
            ["verified"] = one.Case.Verified,
            ["difference"] = one.Outcome is Outcome.Differs or Outcome.New ? Ansi.Plain(TestText.Difference(one)) : null,
            ["seconds"] = Math.Round(one.Time.TotalSeconds, 4),
        };
}
