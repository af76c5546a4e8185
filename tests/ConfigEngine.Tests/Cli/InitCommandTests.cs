namespace ConfigEngine.Tests.Cli;

public sealed class InitCommandTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task What_it_makes_works()
    {
        Assert.Equal(0, await cfg.Run("init", cfg.PathOf("new")));
        foreach (var recipe in (string[])["new/infra.csx", "new/recipes/hello.csx"])
        {
            Assert.Equal(0, await cfg.Run("check", cfg.PathOf(recipe)));
            Assert.Equal(0, await cfg.Run("plan", cfg.PathOf(recipe), "--local"));
            Assert.Equal("", cfg.Error);
        }

        Assert.True(File.Exists(cfg.PathOf("new/.editorconfig")));
    }

    [Fact]
    public async Task It_overwrites_nothing()
    {
        Directory.CreateDirectory(cfg.PathOf("new"));
        File.WriteAllText(cfg.PathOf("new/infra.csx"), "mine");
        Assert.Equal(3, await cfg.Run("init", cfg.PathOf("new")));
        Assert.Equal("error: nothing was written, because these exist already: DIR/new/infra.csx\n", cfg.Error);
        Assert.Equal("mine", File.ReadAllText(cfg.PathOf("new/infra.csx")));
        Assert.Single(Directory.GetFileSystemEntries(cfg.PathOf("new")));
    }
}
