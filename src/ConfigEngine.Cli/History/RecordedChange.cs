using System.Text.Json;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Turns changes in journals back into changes.</summary>
static class RecordedChange
{
    /// <summary>The change that was made; null if the journal does not have it in a form that this cfg knows.</summary>
    public static Change? Of(RecordedEvent happened) =>
        // Its certainty in the plan no longer matters, because it was made.
        happened.Body.TryGetProperty("change", out var body) && Read(body) is { } change
            ? change with
            {
                Certainty = Certainty.Exact,
            }
            : null;

    /// <summary>The addresses of the remaining changes when the host was planned again.</summary>
    public static IEnumerable<string> Addresses(JsonElement replanned) =>
        replanned.TryGetProperty("changes", out var changes) && changes.ValueKind is JsonValueKind.Array
            ?
            [
                .. changes
                    .EnumerateArray()
                    .Select(Read)
                    .OfType<Change>()
                    .Where(change => change.Verb is not Verb.Recheck)
                    .Select(change => change.Address),
            ]
            : [];

    static Change? Read(JsonElement body)
    {
        try
        {
            return body.WithoutNulls().Deserialize(Json.Compact.ChangeDocument) is { } document ? PlanJson.Change(document) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
