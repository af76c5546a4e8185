using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests.Recordings;

/// <summary>
/// A host with dnf as it was recorded in the lab (its RecordingTests): before an apply, after it, and after somebody's edits. The pages
/// are beside the recipe, as in every library of recipes.
/// </summary>
public sealed class DnfTests
{
    [Fact]
    public async Task Its_packages_are_planned_from_each_state_as_the_pages_say()
    {
        using CfgRun cfg = new();

        var code = await cfg.Run("test", Repository.At("tests/ConfigEngine.Tests/Recordings/Dnf"));

        Assert.True(code == 0, $"{cfg.Out}\n{cfg.Error}");
        Assert.Contains("3 cases of 1 recipe: 3 passed.", cfg.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("not tried", cfg.Out, StringComparison.Ordinal);
    }
}
