using System.Text.Json;

namespace ConfigEngine.Lab;

/// <summary>
/// How often a plan's lines became what they said: of each certainty, how many there were, and how many were done just so.
/// </summary>
static class Accuracy
{
    static readonly Lock Gate = new();

    /// <summary>The table, which grows with each recipe that converged; it is there after the tests.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "accuracy.txt");

    /// <summary>Notes a plan and what was done.</summary>
    /// <param name="what">Which recipe, where.</param>
    /// <param name="planned">The changes of the plan.</param>
    /// <param name="done">The changes as they were made, by their addresses.</param>
    public static void Note(string what, IReadOnlyList<JsonElement> planned, IReadOnlyDictionary<string, JsonElement> done)
    {
        var lines = planned
            .GroupBy(change => change.GetProperty("certainty").GetString() ?? "")
            .Select(group => $"{group.Key} {group.Count()}, as said {group.Count(change => IsAsSaid(change, done))}");
        lock (Gate)
            System.IO.File.AppendAllText(File, $"{what}: {string.Join("; ", lines)}\n");
    }

    static bool IsAsSaid(JsonElement planned, IReadOnlyDictionary<string, JsonElement> done) =>
        done.TryGetValue(CfgProcess.Named(planned), out var made)
        && JsonElement.DeepEquals(planned.GetProperty("attributes"), made.GetProperty("attributes"));
}
