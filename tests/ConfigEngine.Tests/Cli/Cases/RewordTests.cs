using ConfigEngine.Cli.Cases;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>Pages whose words are new, and whose plan is not, are accepted at once; all others are left, and it is said why.</summary>
public sealed class RewordTests : IDisposable
{
    const string Site = """
        Hosts(new Host("web1"));
        On("web1", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "hello\n" });
        """;

    readonly CfgRun cfg = new();

    public RewordTests()
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        Put("recordings/web1.json", RecordedHost.Json("web1", RecordedHost.Absent("/srv/app/"), RecordedHost.Absent("/srv/app/motd")));
        cfg.Recipe(Site, "site/site.csx");
    }

    string At(string name) => cfg.PathOf($"site/{name}");

    void Put(string name, string text) => System.IO.File.WriteAllText(At(name), text);

    string Get(string name) => System.IO.File.ReadAllText(At(name));

    Task<int> Test(params string[] more) => cfg.Run(["test", cfg.PathOf("site"), .. more]);

    /// <summary>As if the page had been written by a cfg with other words.</summary>
    async Task AcceptedByAnOlderCfg()
    {
        Assert.Equal(0, await Test("--accept", "site.web1"));
        Put("site.web1.verified.txt", Get("site.web1.verified.txt").Replace("write ", "put ", StringComparison.Ordinal));
        Assert.Equal(1, await Test());
    }

    [Fact]
    public async Task New_words_for_the_same_plan_are_accepted_and_the_digest_stays()
    {
        await AcceptedByAnOlderCfg();
        var digests = Get(PlanDigests.Name);

        Assert.Equal(0, await Test("--reword"));

        Assert.Contains("1 page had new words for the same plan: accepted.", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("write /srv/app/motd", Get("site.web1.verified.txt"), StringComparison.Ordinal);
        Assert.Equal(digests, Get(PlanDigests.Name));
        Assert.Equal(0, await Test());
    }

    [Fact]
    public async Task Another_plan_is_not_accepted_whatever_its_words()
    {
        await AcceptedByAnOlderCfg();
        cfg.Recipe(Site.Replace("hello", "goodbye", StringComparison.Ordinal), "site/site.csx");

        Assert.Equal(1, await Test("--reword"));

        Assert.Contains("not reworded: site.web1: what is planned has changed, not only the words\n", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("put /srv/app/motd", Get("site.web1.verified.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_a_digest_and_a_new_one_are_read_by_somebody()
    {
        Assert.Equal(1, await Test("--reword"));
        Assert.Contains("not reworded: site.web1: no plan of it was accepted yet\n", cfg.Out, StringComparison.Ordinal);

        await AcceptedByAnOlderCfg();
        Put(PlanDigests.Name, "<<<<<<< ours\nsite.web1 of somebody's merge\n");
        Assert.Equal(1, await Test("--reword"));
        Assert.Contains("verified.plans.txt does not have the plan of its accepted page", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("put /srv/app/motd", Get("site.web1.verified.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_passes_gets_its_digest_and_one_that_is_gone_loses_it_but_never_on_a_build_server()
    {
        Assert.Equal(0, await Test("--accept", "site.web1"));
        var digests = Get(PlanDigests.Name);
        Put(PlanDigests.Name, "site.web9 00000000000000000000000000000000\n");

        cfg.Variables["CI"] = "true";
        Assert.Equal(0, await Test());
        Assert.StartsWith("site.web9 ", Get(PlanDigests.Name), StringComparison.Ordinal);
        Assert.Equal(3, await Test("--reword"));
        Assert.Contains("a build server accepts nothing", cfg.Error, StringComparison.Ordinal);

        cfg.Variables.Clear();
        Assert.Equal(0, await Test());
        Assert.Equal(digests, Get(PlanDigests.Name));
        Assert.Matches(@"\A# Digests .*\n#.*\nsite\.web1 [0-9a-f]{32}\n\z", digests);
    }

    [Fact]
    public async Task New_words_and_one_name_cannot_be_accepted_at_once()
    {
        Assert.Equal(3, await Test("--reword", "--accept", "site.web1"));
        Assert.Contains("--reword and --accept cannot be used together", cfg.Error, StringComparison.Ordinal);
    }

    public void Dispose() => cfg.Dispose();
}
