namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>What nobody meant: broken files, two of one name, recipes that ask the network, and very long pages.</summary>
public sealed class BadInputTests : IDisposable
{
    static readonly string Web1 = RecordedHost.Json("web1", RecordedHost.Absent("/srv/app/"), RecordedHost.Absent("/srv/app/motd"));

    const string Site = """
        Hosts(new Host("web1"));
        On("web1", new Directory("/srv/app"), new File("/srv/app/motd") { Content = "hello\n" });
        """;

    readonly CfgRun cfg = new();

    public BadInputTests() => Record("web1", Web1);

    void Record(string name, string text)
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/again/recordings"));
        System.IO.File.WriteAllText(cfg.PathOf($"site/recordings/{name}.json"), text);
    }

    string Recipe(string text, string name = "site") => cfg.Recipe(text, $"site/{name}.csx");

    Task<int> Test(params string[] more) => cfg.Run(["test", cfg.PathOf("site"), .. more]);

    string Page(string ending, string name = "site.web1") => cfg.PathOf($"site/{name}.{ending}.txt");

    [Fact]
    public async Task A_recording_in_another_encoding_and_one_that_cannot_be_read_are_errors_of_their_cases()
    {
        Recipe(Site);
        await System.IO.File.WriteAllBytesAsync(cfg.PathOf("site/recordings/web1.latin.json"), [.. "{\"format\": \""u8, 0xE4, .. "\"}"u8]);
        System.IO.File.CreateSymbolicLink(cfg.PathOf("site/recordings/web1.loop.json"), "web1.loop.json");

        Assert.Equal(1, await Test("--accept", "site.web1"));

        Assert.Contains("site/recordings/web1.latin.json: it is not UTF-8", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("site/recordings/web1.loop.json: it cannot be read:", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_cases_with_one_page_fail_and_two_with_one_name_are_not_accepted_by_it()
    {
        Recipe(Site);
        Record("web1.x", Web1);
        Record("x", Web1);
        Recipe(Site.Replace("web1", "x", StringComparison.Ordinal), "site.web1");
        Assert.Equal(1, await Test("--accept", "site.web1"));
        Assert.Contains(
            "two cases are called site.web1.x, and have one page: this one, DIR/site/site.csx on web1 in the state x, "
                + "and DIR/site/site.web1.csx on x",
            cfg.Out,
            StringComparison.Ordinal
        );
        Assert.False(System.IO.File.Exists(Page("received", "site.web1.x")));

        Recipe(Site, "again/site");
        Record("../again/recordings/web1", Web1);
        System.IO.File.Delete(Page("verified"));
        Assert.Equal(3, await Test("--accept", "site.web1"));
        Assert.Contains(
            "--accept site.web1: there are 2 of that name, in DIR/site/again and DIR/site",
            cfg.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("var text = await new System.Net.Http.HttpClient().GetStringAsync(\"http://127.0.0.1:9/motd?a=b\");")]
    [InlineData("try { await new System.Net.Http.HttpClient().GetStringAsync(\"http://127.0.0.1:9/motd\"); } catch (Exception) { }")]
    public async Task A_recipe_that_needs_the_network_is_refused_and_told(string asks)
    {
        Recipe($"{asks}\n{Site}");
        Assert.Equal(1, await Test());
        Assert.Contains("asks nothing of the network, and this one asks for http://127.0.0.1:9/motd\n", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_ten_thousand_lines_is_compared_and_its_difference_is_cut()
    {
        string Long(int step) =>
            Site.Replace(
                "\"hello\\n\"",
                $"string.Concat(Enumerable.Range(1, 10000).Select(i => $\"line {{i * {step}}}\\n\"))",
                StringComparison.Ordinal
            );
        Recipe(Long(1));
        Assert.Equal(0, await Test("--accept-all", "1"));
        Assert.True((await System.IO.File.ReadAllLinesAsync(Page("verified"))).Length > 10_000);

        Recipe(Long(3));
        Assert.Equal(1, await Test());
        Assert.Contains(
            "more lines: diff -u DIR/site/site.web1.verified.txt DIR/site/site.web1.received.txt",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => cfg.Dispose();
}
