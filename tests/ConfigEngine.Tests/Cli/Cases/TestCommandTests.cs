using System.Text.Json;
using System.Xml.Linq;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>A recipe is tested like code: on recorded hosts, against plans that somebody accepted.</summary>
public sealed class TestCommandTests : IDisposable
{
    static readonly string Web1 = RecordedHost.Json("web1", RecordedHost.Absent("/srv/app/"), RecordedHost.Absent("/srv/app/motd"));

    const string Site = """
        Hosts(new Host("web1"));
        On("web1", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "hello\n" });
        """;

    readonly CfgRun cfg = new() { Time = new Today() };

    public TestCommandTests() => Record("web1", Web1);

    void Record(string name, string text)
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings/site"));
        System.IO.File.WriteAllText(cfg.PathOf($"site/recordings/{name}.json"), text);
    }

    string Recipe(string text, string name = "site") => cfg.Recipe(text, $"site/{name}.csx");

    Task<int> Test(params string[] more) => cfg.Run(["test", cfg.PathOf("site"), .. more]);

    string Page(string ending, string name = "site.web1") => cfg.PathOf($"site/{name}.{ending}.txt");

    async Task Accepted(string text)
    {
        Recipe(text);
        Assert.Equal(1, await Test());
        Assert.Equal(0, await Test("--accept", "site.web1"));
    }

    [Fact]
    public async Task A_new_plan_is_shown_and_accepted_by_name_and_passes_from_then_on()
    {
        Recipe(Site);
        Assert.Equal(1, await Test());
        Assert.Contains("no plan was accepted yet", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("+ directory /srv/app", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("accept it: cfg test DIR/site --accept site.web1", cfg.Out, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Page("verified")));

        Assert.Equal(0, await Test("--accept", "site.web1"));
        Assert.False(System.IO.File.Exists(Page("received")));
        Assert.Equal(0, await Test());
        Assert.Contains("1 case of 1 recipe: 1 passed.", cfg.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site", "these can be accepted: site.web1")]
    [InlineData("site.web2", "did you mean site.web1?")]
    public async Task A_name_that_is_none_is_told_with_those_that_are(string name, string hint)
    {
        Recipe(Site);
        Assert.Equal(3, await Test("--accept", name));
        Assert.Contains($"--accept {name}: there is no such case\n  hint: {hint}\n", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_recipe_is_a_difference_that_a_newcomer_understands()
    {
        await Accepted(Site);
        Recipe(Site.Replace("hello", "goodbye", StringComparison.Ordinal));

        Assert.Equal(1, await Test());
        Snapshot.Verify(System.Text.RegularExpressions.Regex.Replace(cfg.Out, @"\d+(\.\d+)? s\n", "TIME\n"));
        Assert.True(System.IO.File.Exists(Page("received")));

        Recipe(Site);
        Assert.Equal(0, await Test());
        Assert.False(System.IO.File.Exists(Page("received")));
    }

    [Fact]
    public async Task Lines_that_move_in_the_recipe_change_no_page()
    {
        await Accepted(Site);
        Recipe("// a comment\n\n" + Site);
        Assert.Equal(0, await Test());
    }

    [Theory]
    [InlineData("\r\n", "\r\n")]
    [InlineData("\n", "")]
    public async Task Line_ends_of_another_system_and_a_last_line_without_one_are_equal(string lineEnd, string last)
    {
        await Accepted(Site);
        var page = await System.IO.File.ReadAllTextAsync(Page("verified"));
        await System.IO.File.WriteAllTextAsync(
            Page("verified"),
            page.TrimEnd('\n').Replace("\n", lineEnd, StringComparison.Ordinal) + last
        );
        Assert.Equal(0, await Test());
    }

    [Fact]
    public async Task A_build_server_accepts_nothing_and_leaves_no_files()
    {
        Recipe(Site);
        cfg.Variables["CI"] = "true";
        Assert.Equal(3, await Test("--accept", "site.web1"));
        Assert.Equal(3, await Test("--accept-all", "1"));
        Assert.Equal(1, await Test());
        Assert.False(System.IO.File.Exists(Page("received")));
        Assert.False(System.IO.File.Exists(Page("verified")));
    }

    [Fact]
    public async Task Accepting_all_needs_their_number_and_a_name_must_be_one()
    {
        Recipe(Site);
        Record("web1.small", Web1.Replace("cpus=2", "cpus=1", StringComparison.Ordinal));
        Assert.Equal(3, await Test("--accept-all", "1"));
        Assert.Contains("2 pages can be accepted", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(3, await Test("--accept", "site.web2"));
        Assert.Contains("did you mean site.web1?", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Test("--accept-all", "2"));
    }

    [Fact]
    public async Task What_nothing_uses_any_more_fails_except_where_only_some_cases_run()
    {
        await Accepted(Site);
        await System.IO.File.WriteAllTextAsync(Page("verified", "site.web9"), "an old page\n");
        Record("web9", Web1);

        Assert.Equal(1, await Test());
        Assert.Contains("site/recordings/web9.json: nothing uses it any more", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("site/site.web9.verified.txt: nothing uses it any more", cfg.Out, StringComparison.Ordinal);
        Assert.Equal(0, await Test("--filter", "site.web1"));
        Assert.Equal(3, await Test("--filter", "site.web7"));
        Assert.Contains("no case is called site.web7", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_a_recording_is_named_and_not_passed_over()
    {
        await Accepted(Site);
        Recipe(
            Site.Replace("Hosts(", "Hosts(new Host(\"web2\"), ", StringComparison.Ordinal) + "\nOn(\"web2\", new Directory(\"/srv\"));"
        );
        Assert.Equal(0, await Test());
        Assert.Contains("not tested: DIR/site/site.csx on web2: not recorded", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_was_recorded_for_one_recipe_alone_has_no_other_cases_in_it()
    {
        Recipe(Site);
        Record("web1.converged", Web1);
        Record("site/web1", Web1.Replace("bookworm", "a system of its own", StringComparison.Ordinal));
        Recipe(Site, "other");

        Assert.Equal(1, await Test());

        Assert.Contains("web1  Debian GNU/Linux 12 (a system of its own)", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("3 cases of 2 recipes: 3 new.", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_recorded_fails_with_the_command()
    {
        Recipe(Site + "\nOn(\"web1\", new Directory(\"/srv/other\"));");
        Assert.Equal(1, await Test());
        Assert.Contains("has no answer of directory /srv/other", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("cfg record web1 --for DIR/site/site.csx -o DIR/site/recordings", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_was_broken_by_hand_fails_its_case_and_no_other()
    {
        Recipe(Site);
        Record("web1.broken", "{ \"format\": ");
        Assert.Equal(1, await Test("--accept", "site.web1"));
        Assert.Contains("✓ web1\n", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("site/recordings/web1.broken.json(1,13): this is not JSON", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_never_ends_fails_at_its_limit_and_the_others_run()
    {
        await Accepted(Site);
        Recipe("while (true) { }", "endless");
        Assert.Equal(1, await Test("--limit", "1s"));
        Assert.Contains("the recipe was still running after 1 s", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("✓ web1", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_have_stand_ins_and_none_may_be_shown()
    {
        Recipe(
            """
            Hosts(new Host("web1"));
            On("web1", new Directory("/srv/app"), new File("/srv/app/motd") { Content = $"password {Secrets.Prompt("the password")}\n" });
            """
        );
        Assert.Equal(0, await Test("--accept-all", "1"));
        Assert.DoesNotContain("a stand-in for", await System.IO.File.ReadAllTextAsync(Page("verified")), StringComparison.Ordinal);

        Recipe(
            """
            Hosts(new Host("web1"));
            var word = Secrets.Prompt("the password");
            On("web1", new Directory("/srv/app"), new File("/srv/app/motd") { Content = word.Reveal() });
            """
        );
        Assert.Equal(1, await Test());
        Assert.Contains("the plan shows a secret", cfg.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("a stand-in for the password", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_would_never_settle_fails_and_where_a_test_allows_it_is_on_the_page()
    {
        Recipe(
            """
            Hosts(new Host("web1"));
            On("web1", new Directory("/srv/app"), new Command($"date >/srv/app/now"));
            """
        );
        Record(
            "web1",
            Web1.Replace(
                "said\": [] },",
                "said\": [] }, { \"of\": \"x\", \"asked\": \"echo done=false\", \"said\": [\"done=false\"] },",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(1, await Test());
        Assert.Contains(
            "site.csx(2,39): web1: command date >/srv/app/now: it is done at every apply, so a second plan is never empty\n"
                + "      hint: give it a guard (Creates, Unless or OnlyIf), or allow it: "
                + "Expect(\"web1\").MayRepeat(\"command date >/srv/app/now\", because: \"…\")\n",
            cfg.Out,
            StringComparison.Ordinal
        );

        Recipe("Expect(\"web1\").MayRepeat(\"command date*\", because: \"it only notes the time\");", "site.test");
        Assert.Equal(1, await Test());
        Assert.Contains(
            "Applied again, it would still change:\n      command date >/srv/app/now: it is done at every apply",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Expectations_beside_a_recipe_hold_or_fail_with_their_line()
    {
        await Accepted(Site);
        Recipe(
            """
            Expect("web1").Changes("directory *").DoesNotChange("package *").Runs("restart *", times: 0).NeverReboots()
                .LosesNothing().KnowsEveryLine().HasNoErrors().Holds("two things change", plan => plan.Changes.Count() == 2);
            """,
            "site.test"
        );
        Assert.Equal(0, await Test());

        Recipe(
            """
            Expect("web1").Changes("directory *")
                .ChangesNothing();
            Expect("all").Runs("restart nginx.service").Holds("there is no end", plan => throw new InvalidOperationException("thrown"));
            """,
            "site.test"
        );
        Assert.Equal(1, await Test());
        Assert.Contains(
            "site.test.csx(1,1): expected that nothing changes; there is directory /srv/app and file /srv/app/motd",
            cfg.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("expected that restart nginx.service runs once; it does not run", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("thrown", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_predicted_state_has_a_page_where_a_test_asks_for_one()
    {
        await Accepted(Site);
        Recipe("Expect(\"web1\", state: \"cut:1\").Changes(\"file *\").HasPage();", "site.test");

        Assert.Equal(1, await Test());
        Assert.Equal(0, await Test("--accept", "site.web1.cut-1"));
        var page = await System.IO.File.ReadAllTextAsync(Page("verified", "site.web1.cut-1"));
        Assert.StartsWith("Predicted from web1.json: cut:1\n\nweb1  Debian", page, StringComparison.Ordinal);
        Assert.Contains("+ file /srv/app/motd", page, StringComparison.Ordinal);
        Assert.DoesNotContain("directory", page, StringComparison.Ordinal);
        Assert.Contains("2 cases of 1 recipe: 2 passed. Also planned from 4 predicted states.", cfg.Out, StringComparison.Ordinal);

        // The page belongs to what the test says.
        System.IO.File.Delete(cfg.PathOf("site/site.test.csx"));
        Assert.Equal(1, await Test());
        Assert.Contains("site.web1.cut-1.verified.txt: nothing uses it any more", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expectation_of_no_recorded_host_fails_and_so_does_a_script_with_an_error()
    {
        await Accepted(Site);
        Recipe("Expect(\"web1\", state: \"rebuilt\").ChangesNothing();", "site.test");
        Assert.Equal(1, await Test());
        Assert.Contains("it is about no recorded host: web1 in the state rebuilt", cfg.Out, StringComparison.Ordinal);

        Recipe("throw new InvalidOperationException(\"of the test\");", "site.test");
        Assert.Equal(1, await Test());
        Assert.Contains("site.test.csx(1,1): of the test", cfg.Out, StringComparison.Ordinal);

        Recipe("On(\"web1\", new Directory(\"/srv\"));", "site.test");
        Assert.Equal(1, await Test());
        Assert.Contains("a test only expects", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_results_are_documents_for_programs()
    {
        await Accepted(Site);
        Recipe(Site.Replace("hello", "goodbye", StringComparison.Ordinal));

        Assert.Equal(1, await Test("--json", "--junit", cfg.PathOf("junit.xml")));
        var document = JsonDocument.Parse(cfg.Out).RootElement;
        Assert.False(document.GetProperty("succeeded").GetBoolean());
        var one = document.GetProperty("recipes")[0].GetProperty("cases")[0];
        Assert.Equal(("site.web1", "differs"), (one.GetProperty("name").GetString(), one.GetProperty("outcome").GetString()));
        var suite = XDocument.Load(cfg.PathOf("junit.xml")).Root?.Element("testsuite");
        Assert.Equal(("1", "1"), (suite?.Attribute("tests")?.Value, suite?.Attribute("failures")?.Value));
        Assert.Contains("+goodbye", suite?.Value, StringComparison.Ordinal);

        Assert.Equal(1, await Test("--tap"));
        Assert.StartsWith("TAP version 14\n1..1\nnot ok 1 - site.web1\n  ---\n", cfg.Out, StringComparison.Ordinal);
        Recipe(Site);
        Assert.Equal(0, await Test("--tap"));
        Assert.Equal("TAP version 14\n1..1\nok 1 - site.web1\n", cfg.Out);
    }

    [Fact]
    public async Task Watching_runs_the_cases_again_when_a_recipe_changes_and_ends_when_told()
    {
        await Accepted(Site);
        var watching = Test("--watch");

        // The watch may begin only after the first change, so the recipe changes until it is seen.
        for (var tries = 0; !System.IO.File.Exists(Page("received")); tries++)
        {
            Assert.True(tries < 300 && !watching.IsCompleted, cfg.Out + cfg.Error);
            Recipe(Site.Replace("hello", $"goodbye {tries}", StringComparison.Ordinal));
            await Task.Delay(200);
        }

        cfg.Interrupts.Raise();
        Assert.Equal(130, await watching);
    }

    [Fact]
    public async Task Two_runs_at_once_in_one_directory_do_not_disturb_each_other()
    {
        await Accepted(Site);
        var directory = cfg.PathOf("site");
        var codes = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    using CfgRun other = new() { Time = new Today() };
                    return (Code: await other.Run("test", directory), other.Out);
                })
        );
        Assert.All(codes, each => Assert.True(each.Code == 0, each.Out));
    }

    [Fact]
    public async Task A_place_without_anything_to_test_is_told_how_to_begin()
    {
        Assert.Equal(3, await cfg.Run("test", cfg.Target));
        Assert.Contains("recordings/web1.json                 the host web1, as cfg record keeps it", cfg.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cfg.Dispose();

    /// <summary>The day on which these recordings are new.</summary>
    sealed class Today : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    }
}
