using System.Text.Json;

namespace ConfigEngine.Lab;

/// <summary>A recipe on one host, the way a user runs it, and whether <c>cfg</c> keeps its word on it.</summary>
sealed class RecipeOnHost(CfgProcess cfg, string recipe, LabHost host)
{
    /// <summary>Plans and applies: what was done is what was planned, and there is nothing left to do.</summary>
    public async Task Converges()
    {
        var planned = Changes((await Run("plan", "--json")).Stdout);
        await Run("apply", "--yes");
        IsTheJournal(planned, cfg.Journal());
        Accuracy.Note($"{Path.GetFileName(recipe)} on {host.Release}", planned, Done(cfg.Journal()));
        await IsConverged();
    }

    /// <summary>A plan is empty.</summary>
    public Task IsConverged() => Run("plan", "--exit-code");

    /// <summary>Breaks one thing after the other by hand, each seen and repaired before the next; what was not seen as expected.</summary>
    /// <param name="drift">What somebody does, and how the address of the resource that must notice begins.</param>
    public async Task<IReadOnlyList<string>> Overlooked(IEnumerable<(string Breaks, string Address)> drift)
    {
        List<string> overlooked = [];
        foreach (var (breaks, address) in drift)
        {
            await host.Sh(breaks);
            var done = Lines((await Run("apply", "--yes", "--json")).Stdout)
                .Where(IsDone)
                .Select(line => Address(line.GetProperty("change")))
                .ToList();
            if (!done.Exists(one => one.StartsWith(address, StringComparison.Ordinal)))
                overlooked.Add($"{breaks}: {string.Join(", ", done)}");
        }

        await IsConverged();
        return overlooked;
    }

    Task<Ran> Run(string command, params IEnumerable<string> options) => cfg.Run(0, [command, recipe, "--host", host.Name, .. options]);

    /// <summary>What was printed before is what was done: every exact line just so, and nothing that was not in the plan.</summary>
    static void IsTheJournal(IReadOnlyList<JsonElement> planned, IReadOnlyList<JsonElement> journal)
    {
        var done = Done(journal);
        var exact = planned.Where(change => change.GetProperty("certainty").GetString() is "exact").ToList();

        Assert.NotEmpty(exact);
        Assert.All(
            exact,
            change =>
                Assert.True(
                    JsonElement.DeepEquals(change.GetProperty("attributes"), done[Address(change)].GetProperty("attributes")),
                    $"planned {change}\ndone {done[Address(change)]}"
                )
        );
        Assert.Subset(planned.Select(Address).ToHashSet(), done.Keys.ToHashSet());
    }

    static Dictionary<string, JsonElement> Done(IReadOnlyList<JsonElement> journal) =>
        journal.Where(IsDone).Select(line => line.GetProperty("change")).ToDictionary(Address);

    static IReadOnlyList<JsonElement> Changes(string plan) =>
        [.. JsonDocument.Parse(plan).RootElement.GetProperty("hosts")[0].GetProperty("changes").EnumerateArray()];

    static IEnumerable<JsonElement> Lines(string events) =>
        events.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);

    static bool IsDone(JsonElement line) => line.GetProperty("event").GetString() is "change-done";

    static string Address(JsonElement change) => $"{change.GetProperty("kind").GetString()} {change.GetProperty("key").GetString()}";
}
