using System.Text.Json;
using ConfigEngine.Cli.Cases;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>
/// Every recipe of the house does on recorded hosts what its pages say. The recordings are of real hosts with Debian 11, 12 and 13
/// (RecordingTests of the lab makes them).
/// </summary>
public sealed class LibraryCasesTests
{
    static string Digests => Repository.At($"recipes/{PlanDigests.Name}");

    [Fact]
    public async Task Every_recipe_of_the_house_is_tested_on_every_host_that_it_is_for()
    {
        using CfgRun cfg = new();
        var digests = await System.IO.File.ReadAllTextAsync(Digests);

        var code = await cfg.Run("test", Repository.At("recipes"));

        Assert.True(code == 0, $"{cfg.Out}\n{cfg.Error}\nRead the pages, and accept them: cfg test recipes --review");
        Assert.DoesNotContain("not tested", cfg.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not tried", cfg.Out, StringComparison.Ordinal);
        Assert.True(digests == await System.IO.File.ReadAllTextAsync(Digests), $"{Digests} was not up to date: commit it");
    }

    [Fact]
    public async Task Every_case_of_the_house_is_planned_from_each_state_of_its_host()
    {
        using CfgRun cfg = new();

        await cfg.Run("test", Repository.At("recipes"), "--json");

        var cases = JsonDocument
            .Parse(cfg.Out)
            .RootElement.GetProperty("recipes")
            .EnumerateArray()
            .SelectMany(recipe => recipe.GetProperty("cases").EnumerateArray())
            .Where(one => one.GetProperty("state").GetString() is null)
            .ToList();
        Assert.All(
            cases,
            one =>
            {
                // Converged, drifted, with owed handlers; and cut off wherever there are two steps.
                var states = one.GetProperty("statesTried").GetInt32();
                Assert.True(states >= 3, $"{one.GetProperty("name")}: {states} states");
                Assert.Equal(JsonValueKind.Null, one.GetProperty("notTried").ValueKind);
            }
        );
        Assert.True(cases.Sum(one => one.GetProperty("statesTried").GetInt32()) > 5 * cases.Count);
    }

    [Fact]
    public void The_recordings_of_the_house_are_as_cfg_writes_them() =>
        Assert.All(
            System.IO.Directory.EnumerateFiles(Repository.At("recipes/recordings"), "*.json", System.IO.SearchOption.AllDirectories),
            path => Assert.Equal(RecordingJson.Write(RecordingFile.ReadAlone(path)), System.IO.File.ReadAllText(path))
        );
}
