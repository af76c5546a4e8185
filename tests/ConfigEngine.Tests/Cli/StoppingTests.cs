namespace ConfigEngine.Tests.Cli;

/// <summary>What ends a run before its time: told to drain, a deadline, a host's deadline. Each says what was waited for.</summary>
public sealed class StoppingTests : IDisposable
{
    const string Endless = """
        Hosts(new Host("one") { Transport = ALONE }, new Host("two") { Transport = ALONE });
        On("one", new File("TARGET/first") { Content = "1\n" }, new Command($"touch TARGET/begun; sleep 60") { Creates = "TARGET/one" });
        On("two", new File("TARGET/two") { Content = "2\n" });
        """;

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task A_drain_that_takes_too_long_stops_at_once_and_says_where_every_host_was()
    {
        var running = cfg.Run("apply", cfg.Recipe(Endless), "--yes", "--drain-timeout", "1s");
        await Until(() => File.Exists(Path.Combine(cfg.Target, "begun")));
        cfg.Interrupts.Raise();
        Ends(130, await running.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("each host ends the step that runs now (at most 1s), and nothing new is started.", cfg.Error);
        Assert.Matches(
            @"Stopped at once: --drain-timeout 1s was over before the running steps ended\. Where each host was:\n  one  since \S+ \(\d+\.\d s\) waiting for command touch \S+; sleep 60, 1 change made\n  two  done(, 1 change made)?\n",
            cfg.Error
        );
        Assert.Contains(
            "\"outcome\":\"stopped at once\",\"exitCode\":130,\"where\":[{\"host\":\"one\",\"waitingFor\":\"command touch ",
            LastLine
        );
    }

    [Fact]
    public async Task The_deadline_of_a_run_says_what_was_waited_for()
    {
        Ends(1, await cfg.Run("apply", await Compiled(Endless), "--yes", "--deadline", "8s").WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Matches(
            @"The run reached --deadline 8s and was stopped\. Where each host was:\n  one  since \S+ \(\d+\.\d s\) waiting for command touch \S+; sleep 60, 1 change made\n  two  done, 1 change made\n",
            cfg.Error
        );
        Assert.Contains("\"outcome\":\"deadline\",\"exitCode\":1,", LastLine);
    }

    [Fact]
    public async Task The_deadline_of_a_host_is_the_end_of_that_host_alone()
    {
        Ends(1, await cfg.Run("apply", await Compiled(Endless), "--yes", "--host-deadline", "8s").WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Matches(
            @"one  failed       1 change\n  error: stopped after --host-deadline 8s, while it waited for command touch \S+; sleep 60, since \d\d:\d\d:\d\d \(\d+\.\d s\)\. What was",
            cfg.Out
        );
        Assert.Contains("two  done         1 change\n", cfg.Out);
        Assert.Contains("\"outcome\":\"failed\",\"exitCode\":1,\"totals\":", LastLine);
    }

    [Fact]
    public async Task Waiting_for_other_hosts_does_not_count_for_a_host()
    {
        var recipe = await Compiled(
            """
            Hosts(new Host("one") { Transport = ALONE }, new Host("two") { Transport = ALONE });
            var first = On("one", new Command($"sleep 4; touch TARGET/one") { Creates = "TARGET/one" }, new Command($"sleep 4; touch TARGET/more") { Creates = "TARGET/more" });
            On("two", new File("TARGET/begin") { Content = "1\n" });
            On("two", new Command($"sleep 4; touch TARGET/two") { Creates = "TARGET/two" }).After = [first];
            """
        );
        Ends(1, await cfg.Run("apply", recipe, "--yes", "--host-deadline", "7s"));
        Assert.Contains("one  failed ", cfg.Out);
        Ends(0, await cfg.Run("apply", recipe, "--yes", "--host-deadline", "60s"));
    }

    [Fact]
    public async Task A_plan_has_deadlines_too()
    {
        var recipe = await Compiled(
            """
            Hosts(new Host("slow") { Transport = Transport.Command("sh", "-c", "exec sleep 60") }, new Host("here") { Transport = ALONE });
            On("all", new File("TARGET/motd") { Content = "hi\n" });
            """
        );
        Ends(1, await cfg.Run("plan", recipe, "--deadline", "8s").WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Matches(
            @"^error: The run reached --deadline 8s and was stopped\. Where each host was:\n  slow  since \S+ \(\d+\.\d s\) waiting for a connection\n  here  done\nNothing was changed\.\n$",
            cfg.Error
        );
        Ends(1, await cfg.Run("plan", recipe, "--host-deadline", "4s").WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Matches(
            @"slow  could not be planned\n  error: stopped after --host-deadline 4s, while it waited for a connection, since ",
            cfg.Out
        );
    }

    [Fact]
    public async Task Whoever_waited_for_a_host_that_drained_did_not_fail()
    {
        var recipe = cfg.Recipe(
            """
            Hosts(new Host("one") { Transport = ALONE }, new Host("two") { Transport = ALONE });
            var first = On("one", new Command($"touch TARGET/begun; while ! [ -e TARGET/go ]; do sleep 0.05; done; touch TARGET/one") { Creates = "TARGET/one" }, new File("TARGET/rest") { Content = "1\n" });
            On("two", new File("TARGET/two") { Content = "2\n" }).After = [first];
            """
        );
        var running = cfg.Run("apply", recipe, "--yes");
        await Until(() => File.Exists(Path.Combine(cfg.Target, "begun")));
        cfg.Interrupts.Raise();
        await Task.Delay(300);
        File.WriteAllText(Path.Combine(cfg.Target, "go"), "");
        Ends(4, await running);
        Assert.Contains("two  stopped      nothing was changed\n  not begun: file DIR/target/two\n", cfg.Out);
    }

    /// <summary>A recipe that is compiled already: how long a busy compiler takes is no part of these deadlines.</summary>
    async Task<string> Compiled(string text)
    {
        var recipe = cfg.Recipe(text);
        Ends(0, await cfg.Run("check", recipe));
        return recipe;
    }

    void Ends(int expected, int code) => Assert.True(code == expected, $"ended with {code}, not {expected}:\n{cfg.Out}\n{cfg.Error}");

    string LastLine => File.ReadAllLines(cfg.Journals[^1])[^1];

    static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 600 && !condition(); i++)
            await Task.Delay(50);
        Assert.True(condition());
    }
}
