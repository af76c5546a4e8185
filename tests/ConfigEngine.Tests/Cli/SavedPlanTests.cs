using System.Text.Json.Nodes;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class SavedPlanTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    string Plan => cfg.PathOf("plan.json");

    string Motd => Path.Combine(cfg.Target, "motd");

    async Task Save()
    {
        File.WriteAllText(Motd, "old\n");
        File.WriteAllText(cfg.PathOf("beside.txt"), "welcome\n");
        var recipe = cfg.Recipe(
            """On("all", new File("TARGET/motd") { Content = Local("beside.txt"), Mode = "0640" }, new File("TARGET/issue") { Content = "two\n" });"""
        );
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", Plan));
    }

    [Fact]
    public async Task Is_applied_without_a_question()
    {
        await Save();
        Assert.Equal(0, await cfg.Run("apply", Plan));
        Assert.Equal("welcome\n", cfg.Read("motd"));
        Snapshot.Verify(cfg.Out);
    }

    [Fact]
    public async Task Is_refused_where_a_host_is_not_as_it_was()
    {
        await Save();
        File.WriteAllText(Motd, "somebody was here\n");
        File.WriteAllText(Path.Combine(cfg.Target, "issue"), "two\n");
        Assert.Equal(1, await cfg.Run("apply", Plan));
        Assert.Equal("somebody was here\n", cfg.Read("motd"));
        Assert.Empty(cfg.Journals);
        Snapshot.Verify(cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_an_earlier_run_left_a_handler_owed()
    {
        var recipe = cfg.Recipe(
            """
            var ring = new Handler("ring", $"test -e TARGET/bell");
            On("all", new File("TARGET/motd") { Content = "one\n", Notifies = [ring] }, new File("TARGET/issue") { Content = "two\n" });
            """
        );
        File.WriteAllText(Motd, "one\n");
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", Plan));
        File.Delete(Motd);
        Assert.Equal(1, await cfg.Run("apply", recipe, "--local", "--yes", "--only", $"file {Motd}"));

        Assert.Equal(1, await cfg.Run("apply", Plan));
        Assert.False(File.Exists(Path.Combine(cfg.Target, "issue")));
        Assert.Contains("\n  localhost: handler ring of block 1 is pending now from an earlier run, and was not\n", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_a_handler_does_something_else_now()
    {
        File.WriteAllText(cfg.PathOf("word"), "one");
        var recipe = cfg.Recipe(
            $$"""
            var word = System.IO.File.ReadAllText("{{cfg.PathOf("word")}}");
            On("all", new File("TARGET/motd") { Content = "one\n", Notifies = [new Handler("ring", $"echo {word} >TARGET/bell")] });
            """
        );
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", Plan));
        File.WriteAllText(cfg.PathOf("word"), "other");

        Assert.Equal(1, await cfg.Run("apply", Plan));
        Assert.False(File.Exists(Motd));
        Assert.Contains(
            "\n  localhost: handler ring of block 1 is not as it was\n    was echo one >DIR/target/bell, now echo other "
                + ">DIR/target/bell\n",
            cfg.Error
        );
    }

    [Fact]
    public async Task Is_refused_where_another_cfg_made_it()
    {
        await Save();
        var plan = JsonNode.Parse(File.ReadAllText(Plan))?.AsObject() ?? [];
        plan["build"] = "0123456789abcdef";
        File.WriteAllText(Plan, plan.ToJsonString());

        Assert.Equal(3, await cfg.Run("apply", Plan));
        Assert.Equal("old\n", cfg.Read("motd"));
        Assert.Contains("was made by another cfg (", cfg.Error);
        Assert.Contains("build 0123456789abcdef), and this one", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_something_else_would_be_run_although_it_is_shown_alike()
    {
        File.WriteAllText(cfg.PathOf("word"), "one");
        var recipe = cfg.Recipe(
            $$"""
            var word = System.IO.File.ReadAllText("{{cfg.PathOf("word")}}");
            On("all", new File("TARGET/motd") { Content = "one\n", Until = $"echo {word}" });
            """
        );
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", Plan));
        File.WriteAllText(cfg.PathOf("word"), "other");

        Assert.Equal(1, await cfg.Run("apply", Plan));
        Assert.False(File.Exists(Motd));
        Assert.Contains("\n  localhost: file DIR/target/motd is not as it was\n    what would be run is not what it was\n", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_the_batches_of_its_rollout_are_others()
    {
        File.WriteAllText(cfg.PathOf("word"), "1");
        var recipe = cfg.Recipe(
            $$"""
            var canaries = int.Parse(System.IO.File.ReadAllText("{{cfg.PathOf("word")}}"));
            On("all", new File("TARGET/motd") { Content = "one\n" }).Rollout = new() { Canary = canaries, MaxFailures = canaries };
            """
        );
        Assert.Equal(0, await cfg.Run("plan", recipe, "--local", "--out", Plan));
        File.WriteAllText(cfg.PathOf("word"), "0");

        Assert.Equal(1, await cfg.Run("apply", Plan));
        Assert.False(File.Exists(Motd));
        Assert.Contains("\n  the batches of a rollout, or how many hosts of it may fail, are not what they were\n", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_the_recipe_was_changed()
    {
        await Save();
        File.AppendAllText(cfg.PathOf("site.csx"), "\n");
        Assert.Equal(3, await cfg.Run("apply", Plan));
        Assert.Equal("error: DIR/site.csx was changed after DIR/plan.json was made. Plan again and review what that does.\n", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_where_a_file_beside_the_recipe_was_changed()
    {
        await Save();
        File.WriteAllText(cfg.PathOf("beside.txt"), "other\n");
        Assert.Equal(3, await cfg.Run("apply", Plan));
        Assert.StartsWith("error: DIR/beside.txt was changed after", cfg.Error);
    }

    [Fact]
    public async Task Is_refused_without_its_recipe()
    {
        await Save();
        File.Delete(cfg.PathOf("site.csx"));
        Assert.Equal(3, await cfg.Run("apply", Plan));
        Assert.Contains("there is no such file here", cfg.Error);
    }

    [Fact]
    public async Task Says_itself_which_hosts_it_is_for()
    {
        await Save();
        Assert.Equal(3, await cfg.Run("apply", Plan, "--local"));
        Assert.Contains("leave out --on, --host, --local, --only, --skip and --become", cfg.Error);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"formatVersion\": 1}")]
    [InlineData("{ not json")]
    public async Task What_is_no_plan_is_refused(string text)
    {
        File.WriteAllText(Plan, text);
        Assert.Equal(3, await cfg.Run("apply", Plan));
        Assert.StartsWith("error: this is not a plan that cfg can apply", cfg.Error);
    }
}
