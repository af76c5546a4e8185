using System.Text.Json.Nodes;
using ConfigEngine.Cli.History;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class HistoryTests : IDisposable
{
    readonly CfgRun cfg = new() { Time = new InParis() };
    readonly Journals journals;

    public HistoryTests() => journals = new(cfg.PathOf("state/configengine/runs"));

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task What_an_apply_did_can_be_read_again()
    {
        var recipe = cfg.Recipe(
            """On("all", new File("TARGET/motd") { Content = "welcome\n", Notifies = [new Handler("ring", $"true")] }, new File("TARGET/no") { Content = "x\n", Validate = $"test -e $cfg_new; exit 7" }, new File("TARGET/later") { Content = "x\n" });"""
        );
        await File.WriteAllTextAsync(Path.Combine(cfg.Target, "motd"), "hello\n");
        Assert.Equal(1, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.Contains("Journal: JOURNAL (cfg history RUN)\n", cfg.Error);
        Assert.Equal(0, await cfg.Run("history", "last"));
        Assert.Matches("localhost  failed  1 change\n  ~ file DIR/target/motd  [0-9]", cfg.Out);
        Assert.Contains(
            """
                  content  6 → 8 bytes
                    @@ -1 +1 @@
                    -hello
                    +welcome
            """,
            cfg.Out
        );
        Assert.Contains("  not begun: file DIR/target/later, ring\n", cfg.Out);
        Assert.Contains("1 host, 1 change, 1 host failed.\n", cfg.Out);
    }

    [Fact]
    public async Task Runs_are_listed_the_newest_first()
    {
        WriteAll();
        List<string> pages = [];
        foreach (
            var arguments in (string[][])
                [
                    [],
                    ["--limit", "2"],
                    ["--host", "db*"],
                ]
        )
        {
            Assert.Equal(0, await cfg.Run(["history", .. arguments]));
            pages.Add($"$ cfg {string.Join(' ', ["history", .. arguments])}\n{cfg.Out}--- stderr\n{cfg.Error}");
        }

        Snapshot.Verify(string.Join('\n', pages));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public async Task Runs_are_listed_on_narrow_terminals(int width)
    {
        using CfgRun narrow = new() { Time = new InParis(), Width = width };
        new Journals(narrow.PathOf("state/configengine/runs")).WriteAll();
        Assert.Equal(0, await narrow.Run("history"));
        Assert.All(narrow.Out.Split('\n'), line => Assert.True(ConfigEngine.Rendering.Cells.Of(line) <= width, line));
        Snapshot.Compare(
            narrow.Out,
            Path.Combine(Repository.At("tests/ConfigEngine.Tests/Cli"), nameof(HistoryTests)),
            $"{nameof(Runs_are_listed_on_narrow_terminals)}.{width}"
        );
    }

    [Fact]
    public async Task One_run_is_shown_in_full()
    {
        WriteAll();
        List<string> pages = [];
        foreach (var run in journals.Ids.Values)
        {
            Assert.Equal(0, await cfg.Run("history", run));
            pages.Add(cfg.Out);
        }

        Snapshot.Verify(string.Join("\n===\n\n", pages));
    }

    [Fact]
    public async Task One_host_of_a_run_is_shown_alone()
    {
        WriteAll();
        Assert.Equal(0, await cfg.Run("history", journals.Ids["failed"], "--host", "db1"));
        Assert.Contains("\ndb1  failed", cfg.Out);
        Assert.DoesNotContain("\nweb1", cfg.Out);
        Assert.Equal(3, await cfg.Run("history", journals.Ids["failed"], "--host", "mail"));
        Assert.Equal(
            $"error: --host: run {journals.Ids["failed"]} was not for mail, but for web1, web2, web3, db1, db2 (5 hosts)\n",
            cfg.Error
        );
    }

    [Fact]
    public async Task Json_is_for_programs()
    {
        WriteAll();
        Assert.Equal(0, await cfg.Run("history", "--json"));
        var runs = JsonNode.Parse(cfg.Out)?.AsArray() ?? [];
        Assert.Equal(["done", "did not end", "failed", "failed"], runs.Select(run => run?["outcome"]?.ToString()));
        Assert.Equal(0, await cfg.Run("history", journals.Ids["failed"], "--json", "--host", "web1"));
        var run = JsonNode.Parse(cfg.Out);
        Assert.Equal("change-done", run?["events"]?[0]?["events"]?[0]?["event"]?.ToString());
        Assert.Equal("5", run?["changes"]?.ToString());
    }

    [Fact]
    public async Task A_run_is_named_by_the_beginning_of_its_id()
    {
        WriteAll();
        var id = journals.Ids["done"];
        Assert.Equal(0, await cfg.Run("history", id[..5]));
        Assert.StartsWith($"run {id}  done", cfg.Out);
        Assert.Equal(0, await cfg.Run("history", "last"));
        Assert.StartsWith($"run {id}  done", cfg.Out);
        Assert.Equal(0, await cfg.Run("history", "20260102T060405Z-13"));
        Assert.StartsWith($"run {id}  done", cfg.Out);
        Assert.Equal(0, await cfg.Run("history", journals.PathOf("failed")));
        Assert.StartsWith($"run {journals.Ids["failed"]}  failed", cfg.Out);
        Assert.Equal(1, await cfg.Run("history", "/nowhere/x.jsonl"));
        Assert.StartsWith("error: /nowhere/x.jsonl cannot be read: ", cfg.Error);
        Assert.Equal(3, await cfg.Run("history", "xyz"));
        Assert.Equal("error: there is no run xyz; cfg history lists them\n", cfg.Error);

        for (var i = 0; i < 40; i++)
            journals.Write("more", $"20250101T0000{i:00}Z-7", "{}");
        // A single digit would be a position in the list.
        var letter = journals.Ids["old"][..1];
        Assert.Equal(3, await cfg.Run("history", letter));
        Assert.Matches($"^error: {letter} is the beginning of [0-9]+ runs: ", cfg.Error);
    }

    [Fact]
    public async Task No_runs_yet_is_said()
    {
        Assert.Equal(0, await cfg.Run("history"));
        Assert.Equal(
            "There are no runs yet in JOURNAL cfg apply writes down there what it does.\n",
            cfg.Error.Replace("DIR/state/configengine/runs:", "JOURNAL")
        );
        Assert.Equal(0, await cfg.Run("history", "--json"));
        Assert.Equal("[]\n", cfg.Out);
        Assert.Equal(3, await cfg.Run("history", "last"));
        Assert.Equal("error: there are no runs yet in DIR/state/configengine/runs\n", cfg.Error);
    }

    [Theory]
    [InlineData("", "is not a journal of cfg, or was cut off in its first line")]
    [InlineData("{\"time\":\"2026-01-", "is not a journal of cfg, or was cut off in its first line")]
    [InlineData("[1]\n", "is not a journal of cfg, or was cut off in its first line")]
    [InlineData(
        "{\"event\":\"run-started\",\"time\":7,\"formatVersion\":\"x\"}\n",
        "is not a journal of cfg, or was cut off in its first line"
    )]
    [InlineData(
        "{\"event\":\"run-started\",\"time\":\"2026-01-02T03:04:05Z\",\"formatVersion\":99,\"cfg\":\"9.0\"}\n",
        "was written by a newer cfg (9.0): its format is 99, and this cfg reads up to 3"
    )]
    public async Task What_is_no_journal_is_said_and_hides_no_other(string content, string problem)
    {
        WriteAll();
        journals.Write("foreign", "20270101T000000Z-1", content);
        Assert.Equal(0, await cfg.Run("history"));
        Assert.Contains(problem, cfg.Error);
        Assert.Contains(journals.Ids["done"], cfg.Out);
        Assert.Equal(1, await cfg.Run("history", "last"));
        Assert.Contains(problem, cfg.Error);
    }

    [Fact]
    public async Task Nothing_in_a_journal_makes_it_fall()
    {
        WriteAll();
        var whole = await File.ReadAllTextAsync(journals.PathOf("failed"));
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var text = whole.ToCharArray();
            for (var n = 0; n < 3; n++)
                text[random.Next(300, text.Length)] = "{}[],:\"7x\\\n"[random.Next(11)];
            journals.Write("broken", "20270101T000000Z-1", new string(text)[..random.Next(350, text.Length)]);
            var code = await cfg.Run("history", "last", "--debug");
            Assert.True(code is 0 or 1 && !cfg.Error.Contains("defect", StringComparison.Ordinal), cfg.Error);
        }
    }

    [Fact]
    public async Task Long_contents_are_journaled_by_size_and_digest()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/big") { Content = new string('x', 300_000) + "\n" });""");
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.InRange(new FileInfo(Assert.Single(cfg.Journals)).Length, 500, 20_000);
        Assert.Equal(0, await cfg.Run("history", "last"));
        Assert.Contains("content  300,001 bytes (sha256 ", cfg.Out);
    }

    [Fact]
    public void Old_journals_go_and_never_one_that_is_being_written()
    {
        for (var i = 0; i < 8; i++)
            journals.Write($"{i}", $"2026010{i + 1}T000000Z-1", new string('x', 100));
        journals.Write("other", "notes", "mine");
        using var writing = new FileStream(journals.PathOf("1"), FileMode.Open, FileAccess.Write, FileShare.Read);
        RunFiles.Prune(journals.Directory, kept: 5, bytes: 350);
        Assert.Equal(["20260102T000000Z-1", "20260106T000000Z-1", "20260107T000000Z-1", "20260108T000000Z-1", "notes"], journals.Names);
    }

    [Fact]
    public async Task An_apply_keeps_the_directory_small_and_private()
    {
        for (var i = 0; i < RunFiles.Kept + 5; i++)
            journals.Write($"{i}", $"20200101T000000Z-{i}", "{}");
        File.SetUnixFileMode(
            journals.Directory,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead
        );
        Assert.Equal(
            0,
            await cfg.Run("apply", cfg.Recipe("""On("all", new File("TARGET/motd") { Content = "x\n" });"""), "--local", "--yes")
        );
        Assert.Equal(RunFiles.Kept, cfg.Journals.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(journals.Directory));
    }

    void WriteAll() => journals.WriteAll();
}
