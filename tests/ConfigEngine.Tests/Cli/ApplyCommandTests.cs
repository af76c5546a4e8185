using System.Text.Json.Nodes;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class ApplyCommandTests
{
    const string Motd = """
        On("all",
            new File("TARGET/motd") { Content = "welcome\n", Mode = "0640", Notifies = [new Handler("restart motd.service", $"echo done >TARGET/restarted")] },
            new File("TARGET/issue") { Content = "two\n" });
        """;

    [Fact]
    public async Task Plans_applies_and_says_what_was_done()
    {
        using CfgRun cfg = new();
        Assert.Equal(0, await cfg.Run("apply", cfg.Recipe(Motd), "--local", "--yes"));
        Assert.Equal("welcome\n", cfg.Read("motd"));
        Assert.Equal("done\n", cfg.Read("restarted"));
        Snapshot.Verify($"{cfg.Out}--- stderr\n{cfg.Error}");
    }

    [Fact]
    public async Task Asks_and_takes_anything_but_yes_for_no()
    {
        foreach (var (answer, applied) in new[] { ("", false), ("n\n", false), ("maybe\n", false), ("y\n", true) })
        {
            using CfgRun cfg = new() { IsTerminal = true, Typed = answer };
            Assert.Equal(0, await cfg.Run("apply", cfg.Recipe(Motd), "--local"));
            Assert.Contains("Apply these changes? [y/N] ", cfg.Error);
            Assert.Equal(applied, File.Exists(Path.Combine(cfg.Target, "motd")));
            Assert.Equal(!applied, cfg.Error.Contains("Nothing was changed.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Refuses_to_ask_where_nobody_can_answer()
    {
        using CfgRun cfg = new() { Typed = "y\n" };
        Assert.Equal(3, await cfg.Run("apply", cfg.Recipe(Motd), "--local"));
        Assert.Equal("error: not applied: there is no terminal to confirm on. Use --yes to skip the confirmation.\n", cfg.Error);
        Assert.Empty(Directory.GetFileSystemEntries(cfg.Target));
    }

    [Fact]
    public async Task Nothing_to_do_asks_nothing()
    {
        using CfgRun cfg = new();
        var recipe = cfg.Recipe(Motd);
        await cfg.Run("apply", recipe, "--local", "--yes");
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local"));
        Assert.EndsWith("No changes. All hosts match the recipe.\n", cfg.Out);
        Assert.Single(cfg.Journals);
    }

    [Fact]
    public async Task A_failure_says_what_was_done_what_was_not_and_what_to_type_next()
    {
        using CfgRun cfg = new();
        var recipe = cfg.Recipe(
            """
            On("all",
                new File("TARGET/a") { Content = "a\n" },
                new File("TARGET/b") { Content = "b\n", Validate = $"test -e $cfg_new; echo it is not good >&2; exit 7" },
                new File("TARGET/c") { Content = "c\n" });
            """
        );
        Assert.Equal(1, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.True(File.Exists(Path.Combine(cfg.Target, "a")));
        Assert.False(File.Exists(Path.Combine(cfg.Target, "c")));
        Snapshot.Verify($"{cfg.Out}--- stderr\n{cfg.Error}");
    }

    [Fact]
    public async Task Json_is_one_event_on_a_line()
    {
        using CfgRun cfg = new();
        Assert.Equal(3, await cfg.Run("apply", cfg.Recipe(Motd), "--local", "--json"));
        Assert.Equal(0, await cfg.Run("apply", cfg.Recipe(Motd), "--local", "--json", "--yes"));
        var events = cfg.Out.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)?["event"]?.ToString()).ToList();
        Assert.Equal(
            [
                "run-started",
                "changes-sent",
                "change-started",
                "change-done",
                "change-started",
                "change-done",
                "change-started",
                "handler-done",
                "host-done",
                "run-ended",
            ],
            events
        );
    }

    [Fact]
    public async Task The_journal_tells_the_run_and_is_the_users_alone()
    {
        using CfgRun cfg = new();
        await cfg.Run("apply", cfg.Recipe(Motd), "--local", "--yes");
        var journal = Assert.Single(cfg.Journals);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(journal));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(journal) ?? "")
        );
        var lines = File.ReadAllLines(journal).Select(line => JsonNode.Parse(line)).ToList();
        Assert.Equal("run-started", lines[0]?["event"]?.ToString());
        Assert.Equal(["localhost"], lines[0]?["hosts"]?.AsArray().Select(host => host?.ToString()));
        Assert.Equal("run-ended", lines[^1]?["event"]?.ToString());
        Assert.Equal(
            "welcome\n",
            lines
                .Single(line =>
                    line?["address"]?.ToString().StartsWith("file") is true
                    && line["event"]?.ToString() is "change-done"
                    && line["change"]?["key"]?.ToString().EndsWith("/motd") is true
                )
                ?["change"]?["attributes"]?.AsArray()
                .Single(attribute => attribute?["name"]?.ToString() is "content")
                ?["after"]?["text"]?.ToString()
        );
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_stops_nothing()
    {
        using CfgRun cfg = new();
        File.WriteAllText(cfg.PathOf("state"), "in the way");
        Assert.Equal(0, await cfg.Run("apply", cfg.Recipe(Motd), "--local", "--yes"));
        Assert.Contains("warning: the journal of this run cannot be written", cfg.Error);
        Assert.Equal("welcome\n", cfg.Read("motd"));
    }

    [Fact]
    public async Task The_first_interrupt_lets_what_has_begun_be_finished()
    {
        using CfgRun cfg = new();
        var recipe = cfg.Recipe(
            """
            On("all",
                new Command($"touch TARGET/begun; while ! [ -e TARGET/go ]; do sleep 0.05; done; echo 1 >TARGET/one") { Creates = "TARGET/one", Touches = ["TARGET"] },
                new File("TARGET/two") { Content = "2\n" });
            """
        );
        var running = cfg.Run("apply", recipe, "--local", "--yes");
        await Until(() => File.Exists(Path.Combine(cfg.Target, "begun")));
        cfg.Interrupts.Raise();
        await Task.Delay(300);
        File.WriteAllText(Path.Combine(cfg.Target, "go"), "");
        Assert.Equal(4, await running);
        Assert.Equal("1\n", cfg.Read("one"));
        Assert.False(File.Exists(Path.Combine(cfg.Target, "two")));
        Assert.Contains("Stopping: each host ends the step that runs now", cfg.Error);
        Assert.Contains("localhost  stopped      1 change\n  not begun: file DIR/target/two\n", cfg.Out);
    }

    [Fact]
    public async Task The_second_interrupt_stops_at_once()
    {
        using CfgRun cfg = new();
        var recipe = cfg.Recipe("""On("all", new Command($"touch TARGET/begun; sleep 60") { Creates = "TARGET/one" });""");
        var running = cfg.Run("apply", recipe, "--local", "--yes");
        await Until(() => File.Exists(Path.Combine(cfg.Target, "begun")));
        cfg.Interrupts.Raise();
        cfg.Interrupts.Raise();
        Assert.Equal(130, await running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("Stopped at once.", cfg.Error);
    }

    static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++)
            await Task.Delay(50);
        Assert.True(condition());
    }
}
