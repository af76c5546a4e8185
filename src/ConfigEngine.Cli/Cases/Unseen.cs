using System.Text.Json.Nodes;
using ConfigEngine.Scripting;

namespace ConfigEngine.Cli.Cases;

/// <summary>What the recipes can do, and no case shows.</summary>
/// <param name="Branches">The branches that no case takes, in order of their places.</param>
/// <param name="Declarations">The declarations, in order of their places; those of which all was shown, too.</param>
sealed record Unseen(IReadOnlyList<Branch> Branches, IReadOnlyList<Declaration> Declarations)
{
    /// <summary>Recipes whose branches cannot be seen.</summary>
    public IReadOnlyList<string> Untapped { get; init; } = [];

    /// <summary>The only script that is looked at; null where all are.</summary>
    public string? Only { get; init; }

    /// <summary>What the cases of a whole run do not show.</summary>
    /// <param name="results">The results.</param>
    /// <param name="only">The only recipe where one was tested: what it loads is for others, too.</param>
    public static Unseen Of(TestResults results, string? only)
    {
        var loaded = results.Recipes.Where(recipe => recipe.Declared is not null).ToList();
        Declarations declared = new();
        foreach (var recipe in loaded)
            declared.Add(recipe.Declared ?? new());
        var never = loaded
            .SelectMany(recipe => recipe.Branches?.All ?? [])
            .Where(seen => seen.Branch is { IsError: false } branch && IsIn(only, branch.File))
            .GroupBy(seen => seen.Branch)
            .Where(same => !same.Any(seen => seen.IsTaken))
            .Select(same => same.Key)
            .ToLookup(branch => branch.File);
        return new(
            [
                .. never
                    .SelectMany(file => file.Where(branch => !file.Any(branch.IsSaidBy)))
                    .OrderBy(branch => branch.File, StringComparer.Ordinal)
                    .ThenBy(branch => branch.Line)
                    .ThenBy(branch => branch.Column),
            ],
            [
                .. declared
                    .All.Where(one => IsIn(only, one.At.File))
                    .OrderBy(one => one.At.File, StringComparer.Ordinal)
                    .ThenBy(one => one.At.Line)
                    .ThenBy(one => one.At.Column),
            ]
        )
        {
            Untapped = [.. loaded.Where(recipe => recipe.Branches is null).Select(recipe => recipe.Recipe)],
            Only = only,
        };
    }

    static bool IsIn(string? only, string file) => only is null || Path.GetFullPath(only) == Path.GetFullPath(file);

    /// <summary>For programs.</summary>
    public JsonObject Document =>
        new()
        {
            ["branches"] = new JsonArray([
                .. Branches.Select(branch => new JsonObject
                {
                    ["file"] = branch.File,
                    ["line"] = branch.Line,
                    ["column"] = branch.Column,
                    ["never"] = Text.Kebab(branch.Way.ToString()),
                    ["code"] = UnseenText.OnOneLine(branch.Code),
                }),
            ]),
            ["declarations"] = new JsonArray([
                .. Declarations
                    .Where(one => one.Unseen.Count > 0 || one.UnseenAttributes.Count > 0)
                    .Select(one => new JsonObject
                    {
                        ["file"] = one.At.File,
                        ["line"] = one.At.Line,
                        ["column"] = one.At.Column,
                        ["resource"] = one.Address,
                        ["shown"] = Names(one.Seen),
                        ["never"] = Names(one.Unseen),
                        ["attributesNever"] = new JsonArray([.. one.UnseenAttributes.Select(name => JsonValue.Create(name))]),
                    }),
            ]),
            ["branchesNotSeen"] = new JsonArray([.. Untapped.Select(recipe => JsonValue.Create(recipe))]),
        };

    static JsonArray Names(IReadOnlyList<Shown> shown) => new([.. shown.Select(one => JsonValue.Create(Text.Kebab(one.ToString())))]);
}
