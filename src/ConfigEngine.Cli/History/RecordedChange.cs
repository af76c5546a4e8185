using System.Text.Json;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.History;

/// <summary>Changes in journals, as changes again.</summary>
static class RecordedChange
{
    /// <summary>The change that was made; null where the journal has it in no form that this cfg knows.</summary>
    public static Change? Of(RecordedEvent happened) =>
        // What it was planned as does not matter any more: it was done.
        happened.Body.TryGetProperty("change", out var body) && Read(body) is { } change
            ? change with
            {
                Certainty = Certainty.Exact,
            }
            : null;

    /// <summary>The addresses of what was left to do when the host was planned again.</summary>
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
            return body.Deserialize(Json.Compact.ChangeDocument) is { } document ? PlanJson.Change(document) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
