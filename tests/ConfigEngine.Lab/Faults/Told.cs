using System.Text.Json;

namespace ConfigEngine.Lab.Faults;

/// <summary>What a run said of one change or handler, beside what the host says right after it.</summary>
/// <param name="Address">The resource, or the handler's name.</param>
/// <param name="State">What the run said became of it, as its history has it.</param>
/// <param name="IsSo">Whether it is so on the host now; null where that cannot be told, or says nothing of this change.</param>
sealed record Told(string Address, string State, bool? IsSo)
{
    /// <summary>What is said of a change that failed before its first write.</summary>
    const string Untouched = "failed, nothing changed";

    /// <summary>Whether the two contradict each other. What is in doubt, or failed halfway, may be either.</summary>
    public bool IsUntrue =>
        State switch
        {
            "done" => IsSo is false,
            "not-begun" or "undone" or "did-not-take" or Untouched => IsSo is true,
            _ => false,
        };

    /// <summary>What is untrue, in words.</summary>
    public override string ToString() =>
        $"{Address}: {State}, and it is {IsSo switch { true => "so", false => "not so", null => "not known" }}";

    /// <summary>Reads what <c>cfg history last --json</c> says of the only host of a run.</summary>
    /// <param name="run">The history.</param>
    /// <param name="isSo">Whether a change, or a handler, is so on the host.</param>
    public static IReadOnlyList<Told> Read(JsonElement run, Func<string, bool?> isSo)
    {
        var host = run.GetProperty("events")[0];
        var events = host.GetProperty("events").EnumerateArray().ToList();
        var untouched = events
            .Where(line => Is(line, "change-ended") && line.TryGetProperty("reached", out var reached) && reached.GetString() is "nothing")
            .Select(AddressOf)
            .ToHashSet();
        var left = host.GetProperty("left").EnumerateArray().ToDictionary(AddressOf, one => one.GetProperty("state").GetString() ?? "");
        var done = events
            .Where(line => Is(line, "change-done") || Is(line, "handler-done"))
            .Select(AddressOf)
            .Where(address => !left.ContainsKey(address))
            .Distinct();
        return
        [
            .. done.Select(address => new Told(address, "done", isSo(address))),
            .. left.Select(one => new Told(
                one.Key,
                one.Value is "failed" && untouched.Contains(one.Key) ? Untouched : one.Value,
                isSo(one.Key)
            )),
        ];
    }

    /// <summary>Whether an address is the one that was told. Long ones are shortened where they are told.</summary>
    public static bool IsOf(string told, string address) =>
        told.EndsWith('…') ? address.StartsWith(told[..^1], StringComparison.Ordinal) : told == address;

    /// <summary>How many lines of each state there were, how many of them could not be judged, and how many were wrong.</summary>
    public static string Table(IReadOnlyCollection<Told> all) =>
        string.Concat(
            all.GroupBy(told => told.State).OrderByDescending(group => group.Count()).Select(group => Row(group.Key, [.. group]))
        ) + Row("lines", all);

    static string Row(string name, IReadOnlyCollection<Told> told) =>
        $"  {name,-24}{told.Count,7}{told.Count(one => one.IsUntrue),7} wrong{told.Count(one => one.IsSo is null),7} not judged\n";

    static bool Is(JsonElement line, string what) => line.GetProperty("event").GetString() == what;

    static string AddressOf(JsonElement line) => line.GetProperty("address").GetString() ?? "";
}
