using System.Text.Json;

namespace ConfigEngine.Lab.Faults;

/// <summary>What a run said of one change or handler, beside what the host says right after it.</summary>
/// <param name="Address">The resource, or the handler's name.</param>
/// <param name="State">What the run said became of it, as its history has it.</param>
/// <param name="IsSo">Whether it is so on the host now.</param>
sealed record Told(string Address, string State, bool IsSo)
{
    /// <summary>Whether the two contradict each other. What is in doubt, or failed halfway, may be either.</summary>
    public bool IsUntrue => State switch
    {
        "done" => !IsSo,
        "not-begun" or "undone" => IsSo,
        _ => false,
    };

    /// <summary>Reads what <c>cfg history last --json</c> says of the only host of a run.</summary>
    /// <param name="run">The history.</param>
    /// <param name="isSo">Whether a change, or a handler, is so on the host.</param>
    public static IReadOnlyList<Told> Read(JsonElement run, Func<string, bool> isSo)
    {
        var host = run.GetProperty("events")[0];
        var left = host.GetProperty("left").EnumerateArray().ToDictionary(one => one.GetProperty("address").GetString() ?? "", one => one.GetProperty("state").GetString() ?? "");
        var done = host.GetProperty("events").EnumerateArray()
            .Where(line => line.GetProperty("event").GetString() is "change-done" or "handler-done")
            .Select(line => line.GetProperty("address").GetString() ?? "")
            .Where(address => !left.ContainsKey(address))
            .Distinct();
        return [.. done.Select(address => new Told(address, "done", isSo(address))), .. left.Select(one => new Told(one.Key, one.Value, isSo(one.Key)))];
    }

    /// <summary>How many lines of each state there were, and how many of them were untrue.</summary>
    public static string Table(IReadOnlyCollection<Told> all) => string.Concat(
        all.GroupBy(told => told.State).OrderByDescending(group => group.Count()).Select(group => $"  {group.Key,-14}{group.Count(),7}{group.Count(told => told.IsUntrue),7} untrue\n"))
        + $"  {"lines",-14}{all.Count,7}{all.Count(told => told.IsUntrue),7} untrue\n";
}
