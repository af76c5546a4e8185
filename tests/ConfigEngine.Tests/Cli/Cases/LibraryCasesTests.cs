using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>
/// Every recipe of the house does on recorded hosts what its pages say. The recordings are of real hosts with Debian 11, 12 and 13
/// (RecordingTests of the lab makes them).
/// </summary>
public sealed class LibraryCasesTests
{
    [Fact]
    public async Task Every_recipe_of_the_house_is_tested_on_every_host_that_it_is_for()
    {
        using CfgRun cfg = new();

        var code = await cfg.Run("test", Repository.At("recipes"));

        Assert.True(code == 0, $"{cfg.Out}\n{cfg.Error}\nRead the pages, and accept them: cfg test recipes --review");
        Assert.DoesNotContain("not tested", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recordings_of_the_house_are_as_cfg_writes_them() =>
        Assert.All(
            System.IO.Directory.EnumerateFiles(Repository.At("recipes/recordings"), "*.json", System.IO.SearchOption.AllDirectories),
            path => Assert.Equal(RecordingJson.Write(RecordingFile.ReadAlone(path)), System.IO.File.ReadAllText(path))
        );
}
