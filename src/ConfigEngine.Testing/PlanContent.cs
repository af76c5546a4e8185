using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConfigEngine.Rendering;

namespace ConfigEngine.Testing;

/// <summary>
/// What the page of a plan says, without the words that cfg says it in: resources, values, commands, certainties and handlers as the
/// plan's JSON has them, and of prose (a note, an error, the title of an operation) only the numbers, paths and settings in it. Two
/// pages with the same content differ in cfg's own wording at most.
/// </summary>
static partial class PlanContent
{
    // 128 bits: nobody makes two plans collide on purpose, and the line stays short.
    const int Digits = 32;

    /// <summary>A digest of the content.</summary>
    /// <param name="plan">The plan.</param>
    public static string DigestOf(HostPlan plan) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Lines(plan).Select(Line)))))[..Digits];

    static string Line(IEnumerable<string?> words) => JsonSerializer.Serialize(words.ToArray(), Words.Default.StringArray) + "\n";

    static IEnumerable<IEnumerable<string?>> Lines(HostPlan plan)
    {
        yield return ["host", plan.Host, plan.System];
        if (plan.Error is { } error)
            yield return ["error", error.GetType().Name, .. Values(error.Message)];
        foreach (var block in plan.Blocks)
        {
            yield return ["block", $"{block.Number}"];
            foreach (var line in block.Entries.SelectMany(Lines))
                yield return line;
            foreach (var call in block.Handlers)
                yield return
                [
                    "handler",
                    call.Handler.Name,
                    call.Handler.Script.Text,
                    $"{call.Certainty}",
                    $"{call.Owed is not null}",
                    .. call.Because,
                ];
        }

        foreach (var owed in plan.LeftOwing)
            yield return ["owed", owed.Handler, .. owed.Because];
        foreach (var again in SecondPlan.Of(plan))
            yield return ["again", .. Values(again)];
    }

    static IEnumerable<IEnumerable<string?>> Lines(Entry entry)
    {
        if (entry.Obstacle is { } obstacle)
            yield return ["obstacle", entry.Resource.Address, obstacle.GetType().Name, .. Values(obstacle.Message)];
        if (entry is not PlannedChange { Change: var change })
            yield break;
        yield return ["change", change.Kind, change.Key, $"{change.Verb}", $"{change.Certainty}", .. Values(change.Because ?? "")];
        foreach (var attribute in change.Attributes)
            yield return ["attribute", attribute.Name, Json(attribute.Before), Json(attribute.After)];
        foreach (var operation in change.Operations)
            yield return ["operation", .. operation.Display is ['$', ' ', ..] command ? [command] : Values(operation.Display)];
        // Whole lines: in "as the user app" the user is a plain word.
        foreach (var how in change.How)
            yield return ["how", how];
        foreach (var effect in change.Effects)
            yield return ["effect", $"{effect.Kind}", effect.What, .. Values(effect.Detail ?? "")];
        foreach (var note in change.Notes)
            yield return ["note", .. Values(note)];
        yield return ["notifies", .. change.Notifies];
    }

    static string? Json(object? value) => JsonValues.Of(value)?.ToJsonString();

    /// <summary>The words of a text that are no plain words: they have a digit, a slash or another sign in them.</summary>
    static IEnumerable<string> Values(string text) => Value().Matches(PlanPage.WithoutPlaces(text)).Select(match => match.Value);

    [GeneratedRegex(@"[^\s,;:()""']*[0-9/=_@$*][^\s,;:()""']*")]
    private static partial Regex Value();

    [System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
    sealed partial class Words : System.Text.Json.Serialization.JsonSerializerContext;
}
