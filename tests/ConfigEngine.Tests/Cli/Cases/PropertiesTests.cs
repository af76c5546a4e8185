namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>What must be true of every plan is checked of every case, without a test that says it.</summary>
public sealed class PropertiesTests : IDisposable
{
    const string Site = """
        Hosts(new Host("web1"), new Host("web2"));
        On("all", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "hello\n", Notifies = [new("restart app", $"true")] });
        """;

    readonly CfgRun cfg = new();

    public PropertiesTests()
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        Record("web1");
        Record("web2");
    }

    void Record(string name) =>
        System.IO.File.WriteAllText(
            cfg.PathOf($"site/recordings/{name}.json"),
            RecordedHost.Json(
                name,
                RecordedHost.Answer("command", "echo done=false", "done=false"),
                RecordedHost.Absent("/srv/app/"),
                RecordedHost.Absent("/srv/app/motd"),
                RecordedHost.Path("/etc/motd", "absent|missing")
            )
        );

    Task<int> Test(params string[] more) => cfg.Run(["test", cfg.PathOf("site"), .. more]);

    void Expects(string text) => cfg.Recipe(text, "site/site.test.csx");

    async Task<string> Failing(string recipe)
    {
        cfg.Recipe(recipe, "site/site.csx");
        Assert.Equal(1, await Test());
        return cfg.Out;
    }

    [Fact]
    public async Task A_plan_that_depends_on_the_order_of_the_hosts_fails() =>
        Assert.Contains(
            """
                error: site.csx(4,5): web1: file /srv/app/motd: its plan is another one with the hosts in the opposite order:
            """,
            (
                await Failing(
                    """
                    Hosts(new Host("web1"), new Host("web2"));
                    var count = 0;
                    On("all", host => [new Directory("/srv/app"),
                        new File("/srv/app/motd") { Content = $"host number {++count}\n" }]);
                    """
                )
            ).Replace("DIR/site/", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_secret_in_a_command_fails_with_its_resource_and_is_not_told()
    {
        var said = await Failing(
            """
            Hosts(new Host("web1"));
            var word = Secrets.Prompt("the password");
            On("web1", new Command($"curl -u me:{word.Reveal()} http://localhost"));
            """
        );
        Assert.Contains(
            "site.csx(3,12): web1: command curl -u me:(secret the password) http://localhost: the plan shows a secret: ",
            said.Replace("'", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("a stand-in for the password", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_allowed_needs_a_reason_and_a_plan_that_needs_it()
    {
        cfg.Recipe(Site, "site/site.csx");
        Assert.Equal(0, await Test("--accept-all", "2"));
        Expects("Expect(\"web1\").MayRepeat(\"command date\", because: \"it is harmless\");");
        Assert.Equal(1, await Test());
        Assert.Contains(
            "site.test.csx(1,1): nothing needs this any more: no plan has command date at every apply; remove it",
            cfg.Out,
            StringComparison.Ordinal
        );
        Expects("Expect(\"web1\").MayLose(\"package *\", because: \" \");");
        Assert.Equal(1, await Test());
        Assert.Contains(
            "site.test.csx(1,1): what is allowed for package * has no reason\n    hint: say in because: why it does no harm\n",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_host_that_cannot_be_planned_is_named()
    {
        var said = await Failing(
            """
            Hosts(new Host("web1"));
            On("web1", new File("/etc/motd") { Content = "hello\n" });
            """
        );
        Assert.Contains(
            "not tried: site.web1: it cannot be planned, so nothing but its error is compared",
            said,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task States_that_nobody_recorded_are_expected_of_too()
    {
        cfg.Recipe(Site, "site/site.csx");
        Assert.Equal(0, await Test("--accept-all", "2"));
        Expects(
            """
            Expect("all", state: "converged").ChangesNothing();
            Expect("all", state: "owed").Runs("restart app", times: 1).DoesNotChange("*");
            Expect("web1", state: "cut:1").Changes("file /srv/app/motd").DoesNotChange("directory *");
            """
        );
        Assert.True(await Test() == 0, cfg.Out);

        Expects("Expect(\"web2\", state: \"drifted\").ChangesNothing();");
        Assert.Equal(1, await Test());
        Assert.Contains("✓ web1\n  ✗ web2\n    error: in the predicted state drifted:\n", cfg.Out, StringComparison.Ordinal);
        Assert.Contains(
            "expected that nothing changes; there is directory /srv/app, file /srv/app/motd and restart app",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => cfg.Dispose();
}
