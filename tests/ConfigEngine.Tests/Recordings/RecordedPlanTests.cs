using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests.Recordings;

/// <summary>A host is recorded once, and then planned without it.</summary>
public sealed class RecordedPlanTests : IDisposable
{
    const string Site = """
        On("all", host =>
        [
            new Directory("TARGET/conf") { Mode = "0750" },
            new File("TARGET/conf/app.conf") { Content = $"{host.Facts.Cpus} {host.Ask($"echo a question").Text}\n", Mode = "0640" },
            new Line("TARGET/hosts.txt", "127.0.0.9 nine"),
            new Symlink("TARGET/link") { Target = "conf/app.conf" },
            new UserGroup("cfg-nobody-has-this"),
            new Command($"echo done >TARGET/marker") { Creates = "TARGET/marker" },
        ]);
        """;

    readonly CfgRun cfg = new();

    string Recordings => cfg.PathOf("recordings");

    string Recorded => System.IO.File.ReadAllText(System.IO.Path.Combine(Recordings, "localhost.json"));

    Task<int> Record(string recipe, params string[] more) => cfg.Run(["record", "--local", "--for", recipe, "-o", Recordings, .. more]);

    Task<int> Plan(string recipe, params string[] more) => cfg.Run(["plan", recipe, "--local", .. more]);

    void Put(string name, string text) => System.IO.File.WriteAllText(System.IO.Path.Combine(cfg.Target, name), text);

    [Fact]
    public async Task A_plan_from_a_recording_is_the_plan_of_the_host()
    {
        Put("hosts.txt", "127.0.0.1 localhost\n");
        var recipe = cfg.Recipe(Site);

        Assert.Equal(0, await Plan(recipe, "-v"));
        var live = cfg.Out;
        Assert.Equal(0, await Record(recipe));
        Put("hosts.txt", "what the host has by now does not matter\n");
        Assert.Equal(0, await Plan(recipe, "-v", "--recorded", Recordings));

        Assert.Equal(live, cfg.Out);
        Assert.Contains("6 changes", live, StringComparison.Ordinal);
        Assert.Contains("no host is contacted", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_recipe_wants_may_change_and_what_it_asks_may_not()
    {
        Put("app.conf", "old\n");
        Assert.Equal(0, await Record(cfg.Recipe("""On("all", new File("TARGET/app.conf") { Content = "new\n" });""")));

        var other = cfg.Recipe("""On("all", new File("TARGET/app.conf") { Content = "newer\n", Mode = "0600" });""");
        Assert.Equal(0, await Plan(other, "--recorded", Recordings));
        Assert.Contains("-old", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("+newer", cfg.Out, StringComparison.Ordinal);

        var more = cfg.Recipe("""On("all", new File("TARGET/app.conf") { Content = "newer\n" }, new Directory("TARGET/more"));""");
        Assert.Equal(1, await Plan(more, "--recorded", Recordings));
        Assert.Contains("has no answer of directory DIR/target/more", cfg.Out, StringComparison.Ordinal);
        Assert.Contains(
            "hint: to record what is missing: cfg record --local --for DIR/site.csx -o DIR/recordings",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_host_without_a_recording_is_an_error_with_the_command_to_make_one()
    {
        System.IO.Directory.CreateDirectory(Recordings);
        var recipe = cfg.Recipe("""Hosts(new Host("web1")); On("web1", new Directory("/srv/x"));""");

        Assert.Equal(1, await cfg.Run("plan", recipe, "--recorded", Recordings));
        Assert.Contains("to make one: cfg record web1 --for DIR/site.csx -o DIR/recordings", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_a_secret_nor_its_digest_is_kept_whether_the_host_has_it_or_another_one()
    {
        const string Old = "PASSWORD=an older password\n",
            New = "PASSWORD=correct horse battery\n";
        Put("same.env", New);
        Put("other.env", Old);
        CfgRun told = new() { Variables = { ["DB"] = "correct horse battery" } };
        var recipe = told.Recipe(
            $$"""
            var password = Secrets.Environment("DB");
            On("all",
                new File("{{cfg.Target}}/same.env") { Content = $"PASSWORD={password}\n", Mode = "0644" },
                new File("{{cfg.Target}}/other.env") { Content = $"PASSWORD={password}\n", Mode = "0644" });
            """
        );
        using (told)
        {
            Assert.Equal(0, await told.Run("record", "--local", "--for", recipe, "-o", Recordings));
            foreach (var text in (string[])["correct horse", "older password", Sum(Old), Sum(New)])
                Assert.DoesNotContain(text, Recorded, StringComparison.Ordinal);

            // The secret itself is not needed any more.
            told.Variables.Clear();
            Assert.Equal(0, await told.Run("plan", recipe, "--local", "--recorded", Recordings));
            Assert.DoesNotContain("same.env", told.Out, StringComparison.Ordinal);
            Assert.Contains("other.env", told.Out, StringComparison.Ordinal);
        }
    }

    static string Sum(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task What_moved_is_shown_and_taken_only_when_asked_for()
    {
        Put("app.conf", "old\n");
        var recipe = cfg.Recipe("""On("all", new File("TARGET/app.conf") { Content = "new\n" });""");
        Assert.Equal(0, await Record(recipe));
        var first = Recorded;

        Put("app.conf", "edited on the host\n");
        Assert.Equal(1, await Record(recipe));
        Assert.Contains("has changed since", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("    file DIR/target/app.conf", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(first, Recorded);

        Assert.Equal(0, await Record(recipe, "--refresh"));
        // This machine's own facts may move meanwhile, such as its interfaces.
        Assert.Matches(@"\d+ moved:\n(    .*\n)*    file DIR/target/app\.conf\n", cfg.Out);
        Assert.Contains("edited on the host", Recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_keeps_what_the_host_says_otherwise_than_before()
    {
        Put("app.conf", "old\n");
        Put("same.conf", "same\n");
        var recipe = cfg.Recipe(
            """On("all", new File("TARGET/app.conf") { Content = "new\n" }, new File("TARGET/same.conf") { Content = "other\n" });"""
        );
        Assert.Equal(3, await Record(recipe, "--as", "edited", "--based"));
        Assert.Contains("record localhost without --as and --based first", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(3, await Record(recipe, "--based"));
        Assert.Contains("--based is for a state: add --as", cfg.Error, StringComparison.Ordinal);

        Assert.Equal(0, await Record(recipe));
        Put("app.conf", "edited by hand\n");
        Assert.Equal(0, await Record(recipe, "--as", "edited", "--based"));

        var kept = await System.IO.File.ReadAllTextAsync(System.IO.Path.Combine(Recordings, "localhost.edited.json"));
        Assert.Contains("\"base\": \"localhost.json\"", kept, StringComparison.Ordinal);
        Assert.Contains("edited by hand", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("same.conf", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("\"os-release\"", kept, StringComparison.Ordinal);
        Assert.Equal(0, await Plan(recipe, "--recorded", Recordings, "--state", "edited"));
        Assert.Contains("-edited by hand", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("-same", cfg.Out, StringComparison.Ordinal);

        // What the base alone says is no promise of this state, and what the file says is one.
        Put("same.conf", "moved\n");
        Assert.Equal(0, await Record(recipe, "--as", "edited"));
        Put("same.conf", "moved again\n");
        Assert.Equal(1, await Record(recipe, "--as", "edited"));
        Assert.Contains("same.conf", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_again_changes_no_line_where_the_host_did_not_change()
    {
        var recipe = cfg.Recipe("""On("all", new Directory("TARGET/x"));""");
        Assert.Equal(0, await Record(recipe));
        var (first, again) = (Recorded, "");
        // Something else on this machine may change its facts between two recordings, but not each time.
        for (var tries = 0; first != again && tries < 20; tries++)
        {
            first = Recorded;
            Assert.Equal(0, await Record(recipe, "--refresh"));
            again = Recorded;
        }

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_recording_has_what_its_base_has_except_for_its_own()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/a") { Content = "a\n" }, new File("TARGET/b") { Content = "b\n" });""");
        Assert.Equal(0, await Record(recipe));
        System.IO.File.Move(System.IO.Path.Combine(Recordings, "localhost.json"), System.IO.Path.Combine(Recordings, "debian.json"));
        System.IO.File.WriteAllText(
            System.IO.Path.Combine(Recordings, "localhost.json"),
            $$"""
            { "format": "cfg-recording 1", "recorded": "2026-11-27", "base": "debian.json",
              "answers": [{ "of": "file a", "asked": "cfg_path {{cfg.Target}}/a - 1048576 '' ''",
                            "said": ["file|644|0|0|2|{{Sum("x\n")}}", "missing", "x"] }] }
            """
        );

        Assert.Equal(0, await Plan(recipe, "--recorded", Recordings));
        Assert.Contains("~ file DIR/target/a", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("+ file DIR/target/b", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_based_on_it_in_turn_is_an_error()
    {
        System.IO.Directory.CreateDirectory(Recordings);
        foreach (var (name, other) in ((string, string)[])[("a", "b"), ("b", "a")])
            System.IO.File.WriteAllText(
                System.IO.Path.Combine(Recordings, $"{name}.json"),
                $$"""{ "format": "cfg-recording 1", "recorded": "2026-11-27", "base": "{{other}}.json" }"""
            );
        var wrong = Assert.Throws<RecordingException>(() => RecordingFile.Read(System.IO.Path.Combine(Recordings, "a.json")));
        Assert.Contains("is based on it in turn", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_without_hosts_is_not_saved()
    {
        Assert.Equal(3, await cfg.Run("plan", "--recorded", Recordings, "--out", cfg.PathOf("plan.json")));
        Assert.Contains("--out and --recorded cannot be used together", cfg.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cfg.Dispose();
}
