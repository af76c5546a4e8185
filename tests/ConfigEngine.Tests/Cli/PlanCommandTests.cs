using System.Text.Json.Nodes;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    const string Motd = """On("all", new File("TARGET/motd") { Content = "welcome\n", Mode = "0640" });""";

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task Shows_what_would_change_and_changes_nothing()
    {
        Assert.Equal(0, await cfg.Run("plan", cfg.Recipe(Motd), "--local"));
        Assert.Empty(Directory.GetFileSystemEntries(cfg.Target));
        Assert.Equal("", cfg.Error);
        Snapshot.Verify(cfg.Out);
    }

    [Fact]
    public async Task Tells_old_names_beside_the_results_at_every_run()
    {
        var recipe = cfg.Recipe("""On("all", new Absent("TARGET/motd"), new Absent("TARGET/issue"));""");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--json"));
            Assert.Equal("warning: DIR/site.csx:1: Absent is called NoPath now\n", cfg.Error);
            Assert.Equal(0, await cfg.Run("check", recipe));
            Assert.Equal("warning: DIR/site.csx:1: Absent is called NoPath now\n", cfg.Error);
        }
    }

    [Fact]
    public async Task Says_by_its_exit_code_that_there_are_changes()
    {
        var recipe = cfg.Recipe(Motd);
        Assert.Equal(2, await cfg.Run("plan", recipe, "--local", "--exit-code"));
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--exit-code"));
        Assert.EndsWith("No changes. All hosts match the recipe.\n", cfg.Out);
    }

    [Fact]
    public async Task Says_which_block_waits_for_changes_of_other_hosts()
    {
        var recipe = cfg.Recipe(
            """
            Hosts(new Host("one") { Transport = ALONE }, new Host("two") { Transport = ALONE });
            var first = On("one", new File("TARGET/one") { Content = "1\n" });
            On("two", new File("TARGET/two") { Content = "2\n" }).After = [first];
            On("one", new File("TARGET/more") { Content = "3\n" }).After = [first];
            """
        );
        const string Waits = "On(\"two\") at DIR/site.csx(3,1) begins after On(\"one\") at DIR/site.csx(2,13).\n";
        Assert.Equal(0, await cfg.Run("plan", recipe, "--out", cfg.PathOf("plan.json")));
        Assert.Contains($"\n\n{Waits}Plan: 2 hosts, 3 changes (exact).\n", cfg.Out);
        Assert.Equal(0, await cfg.Run("show", cfg.PathOf("plan.json")));
        Assert.Contains($"\n\n{Waits}Plan: 2 hosts, 3 changes (exact).\n", cfg.Out);

        File.WriteAllText(Path.Combine(cfg.Target, "one"), "1\n");
        Assert.Equal(0, await cfg.Run("plan", recipe));
        Assert.DoesNotContain("begins after", cfg.Out);
    }

    [Fact]
    public async Task Json_is_as_the_schema_says()
    {
        Assert.Equal(0, await cfg.Run("plan", cfg.Recipe(Motd), "--local", "--json"));
        Assert.Empty(Schema.Problems(JsonNode.Parse(JsonSchemas.Plan), JsonNode.Parse(cfg.Out)));
        Assert.Equal(0, await cfg.Run("schema", "plan"));
        Assert.Equal(JsonSchemas.Plan, cfg.Out);
    }

    [Fact]
    public async Task A_host_that_fails_is_an_error_and_its_plan_is_not_saved()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/missing/motd") { Content = "welcome\n" });""");
        Assert.Equal(1, await cfg.Run("plan", recipe, "--local", "--exit-code", "--out", cfg.PathOf("plan.json")));
        Assert.False(File.Exists(cfg.PathOf("plan.json")));
        Snapshot.Verify(cfg.Out + "---\n" + cfg.Error);
    }

    [Fact]
    public async Task Where_the_plan_cannot_be_saved_is_found_out_before_anything_else()
    {
        Assert.Equal(3, await cfg.Run("plan", cfg.Recipe(Motd), "--local", "--out", cfg.PathOf("nowhere/plan.json")));
        Assert.Equal("error: --out: the directory of DIR/nowhere/plan.json does not exist\n", cfg.Error);
        Assert.Equal(3, await cfg.Run("plan", cfg.Recipe(Motd), "--local", "--out", cfg.Target));
        Assert.Equal("error: --out: DIR/target is a directory\n", cfg.Error);
    }

    [Fact]
    public async Task A_saved_plan_is_the_users_alone()
    {
        Assert.Equal(0, await cfg.Run("plan", cfg.Recipe(Motd), "--local", "--out", cfg.PathOf("plan.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(cfg.PathOf("plan.json")));
        Assert.Equal(3, Directory.GetFileSystemEntries(cfg.PathOf(".")).Length);
    }

    [Fact]
    public async Task Only_one_resource()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/a") { Content = "a\n" }, new File("TARGET/b") { Content = "b\n" });""");
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--only", $"file {cfg.Target}/b"));
        Assert.DoesNotContain("target/a", cfg.Out);
        Assert.Contains("+ file DIR/target/b", cfg.Out);
        Assert.Equal(3, await cfg.Run("plan", recipe, "--local", "--only", "file /nowhere"));
        Assert.Contains("--only: the recipe has no resource \"file /nowhere\" for these hosts", cfg.Error);
    }

    [Theory]
    [InlineData("a", "--only", "TARGET/a")]
    [InlineData("a link", "--only", "TARGET/a", "--only", "symlink *")]
    [InlineData("a b", "--only", "file *")]
    [InlineData("b link", "--skip", "file TARGET/a")]
    [InlineData("b", "--only", "file TARGET/?", "--skip", "*/a")]
    public async Task Resources_are_chosen_by_addresses_keys_and_patterns(string shown, params string[] choice)
    {
        var recipe = cfg.Recipe(Three);
        Assert.Equal(
            0,
            await cfg.Run([
                "plan",
                recipe,
                "--local",
                .. choice.Select(word => word.Replace("TARGET", cfg.Target, StringComparison.Ordinal)),
            ])
        );
        var changed = cfg
            .Out.Split('\n')
            .Where(line => line.StartsWith("  + ", StringComparison.Ordinal))
            .Select(line => line.Split('/')[^1]);
        Assert.Equal(shown, string.Join(' ', changed));
    }

    [Theory]
    [InlineData("--only", "file TARGET/aa", "did you mean file DIR/target/a?")]
    [InlineData("--skip", "TARGET/lin", "did you mean DIR/target/link?")]
    [InlineData("--skip", "package *", "write an address as plans show it")]
    public async Task A_resource_that_there_is_not_is_an_error_with_the_nearest(string option, string pattern, string hint)
    {
        var recipe = cfg.Recipe(Three);
        Assert.Equal(3, await cfg.Run("plan", recipe, "--local", option, pattern.Replace("TARGET", cfg.Target, StringComparison.Ordinal)));
        Assert.StartsWith($"error: {option}: the recipe has no resource \"", cfg.Error);
        Assert.Contains($"\n  hint: {hint}", cfg.Error);
    }

    const string Three = """
        On("all", new File("TARGET/a") { Content = "a\n" }, new File("TARGET/b") { Content = "b\n" }, new Symlink("TARGET/link") { Target = "/" });
        """;

    [Fact]
    public async Task A_wrong_recipe_is_told_with_its_place()
    {
        Assert.Equal(3, await cfg.Run("plan", cfg.Recipe("On(\"all\", new File(\"/etc/motd\"));"), "--local"));
        Assert.Contains("site.csx(1,15): CS9035", cfg.Error);
        Assert.Equal("", cfg.Out);
    }
}
