using System.Text.Json.Nodes;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli.Comparing;

/// <summary>Two revisions of a repository plan their recipes, and only what differs is shown.</summary>
public sealed class DiffCommandTests : IDisposable
{
    const string Site = """
        Hosts(new Host("web1"), new Host("web2"));
        On("all", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "hello\n" });
        """;

    readonly CfgRun cfg = new();

    public DiffCommandTests()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "user.email", "somebody@example.com");
        Git("config", "user.name", "Somebody");
        Record("web1");
        Record("web2");
    }

    public void Dispose() => cfg.Dispose();

    void Record(string host, params string[] more)
    {
        Directory.CreateDirectory(cfg.PathOf("target/site/recordings"));
        File.WriteAllText(
            cfg.PathOf($"target/site/recordings/{host}.json"),
            RecordedHost.Json(host, ((string[])["/srv/app/", "/srv/app/motd", .. more]).Select(RecordedHost.Absent))
        );
    }

    string Git(params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = cfg.Target, RedirectStandardOutput = true }
        );
        Assert.NotNull(git);
        var said = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return said;
    }

    void Commit(string text, string name = "site")
    {
        cfg.Recipe(text, $"target/site/{name}.csx");
        Git("add", "-A");
        Git("commit", "-q", "-m", "A change", "--allow-empty");
    }

    Task<int> Diff(string revisions, params string[] more) => cfg.Run(["diff", revisions, cfg.PathOf("target/site"), .. more]);

    /// <summary>One host loses a file, another one gets one, and both get another text.</summary>
    const string Changed = """
        Hosts(new Host("web1"), new Host("web2"));
        On("all", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "goodbye\n", Mode = "600" });
        On("web2", new File("/srv/app/new") { Content = "new\n" });
        """;

    [Fact]
    public async Task What_differs_is_shown_and_hosts_with_the_same_differences_are_together()
    {
        Record("web2", "/srv/app/new");
        Commit(Site + "\nOn(\"all\", new File(\"/srv/app/motd.old\") { Content = \"old\\n\" });");
        Record("web1", "/srv/app/motd.old");
        Record("web2", "/srv/app/new", "/srv/app/motd.old");
        Commit(Changed);

        Assert.Equal(2, await Diff("HEAD~1..HEAD"));
        Snapshot.Verify(cfg.Out);
        Assert.Equal(2, await Diff("HEAD~1..HEAD", "--on", "web1"));
        Assert.DoesNotContain("/srv/app/new", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_plans_are_told_and_counted()
    {
        Commit(Site);
        Commit("// a comment\n\n" + Site);
        Assert.Equal(0, await Diff("HEAD~1..HEAD"));
        Assert.Equal("No differences between HEAD~1 and HEAD: 2 plans.\n", cfg.Out);
    }

    [Fact]
    public async Task One_revision_is_compared_with_the_working_tree_and_none_means_the_last_commit()
    {
        Commit(Site);
        cfg.Recipe(Changed.Replace("On(\"web2\"", "// On(\"web2\"", StringComparison.Ordinal), "target/site/site.csx");
        var before = Git("status", "--porcelain");

        Assert.Equal(2, await Diff("main"));
        Assert.Contains("Diff of main and the working tree: 2 plans differ, 0 are equal.", cfg.Out, StringComparison.Ordinal);
        Assert.Equal(2, await Diff("HEAD"));
        Assert.Equal(before, Git("status", "--porcelain"));
        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "cfg-diff-*"),
            left => File.Exists(Path.Combine(left, "before/site/site.csx"))
        );
    }

    [Fact]
    public async Task Three_dots_compare_with_the_commit_where_a_branch_began()
    {
        Commit(Site);
        Git("checkout", "-q", "-b", "topic");
        Commit(Changed.Replace("On(\"web2\"", "// On(\"web2\"", StringComparison.Ordinal));
        Git("checkout", "-q", "main");
        Commit(Site.Replace("/srv/app\"", "/srv/app\") { Mode = \"700\" }, new Directory(\"/srv/app/main\"", StringComparison.Ordinal));

        Assert.Equal(2, await Diff("main...topic"));
        Assert.DoesNotContain("700", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_longer_in_a_recipe_and_a_recipe_that_is_gone_are_differences()
    {
        Commit(Site);
        Commit(Site, "other");
        Git("rm", "-q", "site/other.csx");
        Commit("Hosts(new Host(\"web1\"), new Host(\"web2\")); On(\"web1\", new Directory(\"/srv/app\"));");

        Assert.Equal(2, await Diff("HEAD~1..HEAD"));
        Assert.Contains(
            """
            site/other.csx
            web1, web2 (2 hosts)  Debian GNU/Linux 12 (bookworm)
              - directory /srv/app  declared only in HEAD~1; the host keeps it as it is:
                  + directory /srv/app
            """,
            cfg.Out,
            StringComparison.Ordinal
        );
        Assert.Contains("- file /srv/app/motd  declared only in HEAD~1; the host keeps it as it is:", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_order_of_changes_and_another_way_to_make_one_are_differences()
    {
        const string Directory = "new Directory(\"/srv/app\")",
            A = "new File(\"/srv/app/a\") { Content = \"a\" }",
            B = "new File(\"/srv/app/b\") { Content = \"b\" }";
        Record("web1", "/srv/app/a", "/srv/app/b");
        Commit($"Hosts(new Host(\"web1\")); On(\"web1\", {Directory}, {A}, {B});");
        Commit($"Hosts(new Host(\"web1\")); On(\"web1\", {Directory}, {B}, {A});");
        Commit(
            $"Hosts(new Host(\"web1\")); On(\"web1\", {Directory}, {B.Replace("}", ", Retries = 3 }", StringComparison.Ordinal)}, {A});"
        );

        Assert.Equal(2, await Diff("HEAD~2..HEAD~1"));
        Assert.Contains("~ order of the changes", cfg.Out, StringComparison.Ordinal);
        Assert.Equal(2, await Diff("HEAD~1..HEAD"));
        Assert.Matches(@"(?m)^\s*\+\s*tried again 3 times$", cfg.Out);
    }

    [Fact]
    public async Task Hosts_without_a_recording_are_named()
    {
        Commit(Site);
        Commit(Site.Replace("new Host(\"web2\")", "new Host(\"web2\"), new Host(\"db1\")", StringComparison.Ordinal));
        Assert.Equal(0, await Diff("HEAD~1..HEAD"));
        Assert.StartsWith("Not compared, because there is no recording of it: db1\n", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_was_not_recorded_is_an_error_of_the_host()
    {
        Commit(Site);
        Commit(Site + "\nOn(\"web2\", new File(\"/srv/unknown\") { Content = \"new\\n\" });");
        Assert.Equal(1, await Diff("HEAD~1..HEAD"));
        Assert.Contains("web2  could not be planned\n", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("has no answer of file /srv/unknown", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("cfg record web2 --for DIR/target/site/site.csx -o DIR/target/site/recordings", cfg.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("cfg-diff-", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_with_errors_are_compared_and_counted_apart()
    {
        const string Broken = "Hosts(new Host(\"web1\")); On(\"web1\", new File(\"/srv/app/motd\") { Content = \"a\" });";
        Commit(Broken);
        Commit(Broken.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));
        Assert.Equal(0, await Diff("HEAD~1..HEAD"));
        Assert.Equal("No differences between HEAD~1 and HEAD: 1 plan (1 with the same errors).\n", cfg.Out);

        Commit(Broken.Replace("new File", "new Directory(\"/srv/app\"), new File", StringComparison.Ordinal));
        Assert.Equal(2, await Diff("HEAD~1..HEAD"));
        Assert.Contains("-error: site.csx: file /srv/app/motd: the directory /srv/app does not exist", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_one_revision_cannot_load_is_named_with_it()
    {
        Commit(Site);
        Commit(Site + "\nOn(\"all\", new Fiel(\"/x\"));");
        Assert.Equal(1, await Diff("HEAD~1..HEAD"));
        Assert.Contains("HEAD:site/site.csx(3,", cfg.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mian", "mian: the repository of DIR/target/site has no such revision")]
    [InlineData("main..mian", "mian: the repository of DIR/target/site has no such revision")]
    [InlineData("HEAD", "--host needs --live: recordings are of the recipe's own hosts", "--host", "web1")]
    [InlineData("HEAD", "--live: site/ is no recipe", "--live")]
    public async Task A_wrong_command_line_is_told(string revisions, string error, params string[] more)
    {
        Commit(Site);
        Assert.Equal(3, await Diff(revisions, more));
        Assert.StartsWith($"error: {error}", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_is_in_no_repository_or_has_no_recordings_is_told()
    {
        Commit(Site);
        Assert.Equal(3, await cfg.Run("diff", "HEAD", cfg.PathOf("nowhere")));
        Assert.Contains("nowhere is in no git repository: ", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(3, await cfg.Run("diff", "HEAD", cfg.PathOf("target/site/recordings")));
        Assert.Contains("no recipe there has a recording, before or after", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_as_its_schema_says_and_Markdown_folds_hosts()
    {
        Commit(Site);
        Commit(Changed.Replace("On(\"web2\"", "// On(\"web2\"", StringComparison.Ordinal));
        Assert.Equal(2, await Diff("HEAD~1..HEAD", "--json", "--markdown", cfg.PathOf("diff.md")));
        var document = JsonNode.Parse(cfg.Out);
        Assert.Equal("file /srv/app/motd", (string?)document?["recipes"]?[0]?["hosts"]?[0]?["differences"]?[0]?["address"]);
        Assert.Contains(
            "<details><summary><b>web1, web2 (2 hosts)</b> site/site.csx</summary>\n\n```diff\n~ file /srv/app/motd\n",
            await File.ReadAllTextAsync(cfg.PathOf("diff.md")),
            StringComparison.Ordinal
        );

        Assert.Equal(0, await cfg.Run("schema", "diff"));
        Assert.Empty(Schema.Problems(JsonNode.Parse(cfg.Out), document));
    }

    [Fact]
    public async Task Hosts_themselves_are_planned_and_not_changed()
    {
        const string Host = "Hosts(new Host(\"here\") { Transport = ALONE });\n";
        Commit(Host + "On(\"all\", new File(\"TARGET/motd\") { Content = \"hello\\n\" });");
        Commit(Host + "On(\"all\", new File(\"TARGET/motd\") { Content = \"goodbye\\n\" });");

        Assert.Equal(2, await cfg.Run("diff", "HEAD~1..HEAD", cfg.PathOf("target/site/site.csx"), "--live"));
        Assert.Contains("-      +hello\n", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("+      +goodbye\n", cfg.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(cfg.PathOf("target/motd")));
    }
}
