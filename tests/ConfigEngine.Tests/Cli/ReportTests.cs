using System.Xml.Linq;
using ConfigEngine.Cli;
using ConfigEngine.Cli.Reports;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>Plans as HTML and as Markdown.</summary>
public sealed class ReportTests : IDisposable
{
    const string Hostile = "</pre></details><script>alert(1)</script> &amp; ``` ```` <b> [x](javascript:y) *z*";

    static readonly XNamespace None = "";

    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public void A_site_as_html() =>
        Snapshot.Verify(PlanHtml.Write(Report(Site())).Replace(Cfg.Version, "VERSION", StringComparison.Ordinal));

    [Fact]
    public void A_site_as_markdown() => Snapshot.Verify(Markdown(Site()));

    [Fact]
    public void Html_shows_every_line_of_the_plan_and_loads_nothing()
    {
        var page = Page(Site());
        var text = string.Concat(page.DescendantNodes().OfType<XText>().Select(node => node.Value));
        foreach (var line in PlanText.Render(Site(), new()).Select(line => $"{line}".Trim()).Where(line => line.Length > 0))
            Assert.Contains(line.Split("  ")[0], text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants().Attributes(), one => one.Name.LocalName is "src" or "href" or "onclick");
        Assert.Empty(page.Descendants(None + "script"));
        Assert.DoesNotContain("url(", EmbeddedText.Read("plan.css"), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", EmbeddedText.Read("plan.css"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_a_host_or_a_file_becomes_markup()
    {
        Plan plan = new([
            Plans.Host(Hostile, Plans.File($"/tmp/{Hostile}", "a\n", $"{Hostile}\n") with { Notes = [Hostile] }),
            Plans.Failed("b", new HostUnreachableException("b", Hostile)),
        ]);
        var page = Page(plan, Hostile);
        Assert.DoesNotContain(page.Descendants(), one => one.Name.LocalName is "script" or "a");
        Assert.Equal($"Plan of {Hostile}", page.Descendants(None + "title").Single().Value);

        var lines = PlanMarkdown.Write(options => Report(plan, Hostile, options), new()).Split('\n');
        var fences = lines.Where(line => line.StartsWith("````", StringComparison.Ordinal)).ToList();
        Assert.Equal(["`````diff", "`````"], fences.Take(2));
        var open = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("`````", StringComparison.Ordinal))
                open = !open;
            else if (!open)
                Assert.DoesNotContain(
                    "<script>",
                    line.Replace("\\<script", "", StringComparison.Ordinal).Split("````` ")[0],
                    StringComparison.Ordinal
                );
        }
    }

    [Theory]
    [InlineData(1, "contents of files are left out")]
    [InlineData(400, "only the first line of each change is shown")]
    [InlineData(4000, "only the counts are shown")]
    public void A_plan_that_is_too_long_for_a_comment_is_shortened_and_says_so(int files, string left)
    {
        var text = Markdown(
            new([
                Plans.Host(
                    "web1",
                    [
                        .. Enumerable
                            .Range(0, files)
                            .Select(i =>
                                Plans.File($"/srv/{i}", "old\n", Plans.Lines(files == 1 ? 20_000 : 1)) with
                                {
                                    Notes = [new string('n', 200)],
                                }
                            ),
                    ]
                ),
            ]),
            new() { Diff = DiffDetail.Full }
        );
        Assert.InRange(text.Length, 1, ConfigEngine.Cli.Reports.Markdown.Longest);
        Assert.Contains($"longer than a comment may be: {left}.", text, StringComparison.Ordinal);
        Assert.Contains($"Plan: 1 host, {files} change", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_writes_both_beside_what_it_prints()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/motd") { Content = "hello\n" });""");
        var code = await cfg.Run("plan", recipe, "--local", "--html", cfg.PathOf("plan.html"), "--markdown", cfg.PathOf("plan.md"));
        Assert.True(code == 0, cfg.Error);
        Assert.Contains("+ file ", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("Written to DIR/plan.html.\nWritten to DIR/plan.md.\n", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("hello", XDocument.Load(cfg.PathOf("plan.html")).ToString(), StringComparison.Ordinal);
        Assert.Contains("+hello", File.ReadAllText(cfg.PathOf("plan.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_told_before_anything_is_asked()
    {
        var recipe = cfg.Recipe("""On("all", new File("TARGET/motd") { Content = "hello\n" });""");
        Assert.Equal(ExitCode.Usage, await cfg.Run("plan", recipe, "--local", "--html", cfg.PathOf("none/plan.html")));
        Assert.Contains("error: --html: the directory of ", cfg.Error, StringComparison.Ordinal);
        Assert.Equal("", cfg.Out);
    }

    static Plan Site() =>
        Plans.Site() with
        {
            Rollouts =
            [
                new(
                    "On(\"web\") at recipes/site.csx:3",
                    [
                        ["web1"],
                        ["web2"],
                    ],
                    0
                ),
            ],
            Waits = [new("On(\"web\") at recipes/site.csx:3", ["On(\"db\") at recipes/site.csx:1"])],
        };

    static PlanReport Report(Plan plan, string recipe = "recipes/site.csx", PlanTextOptions? options = null) =>
        PlanReport.Of(plan, recipe, new Redaction(), options ?? new());

    static XDocument Page(Plan plan, string recipe = "recipes/site.csx") =>
        XDocument.Parse(PlanHtml.Write(Report(plan, recipe)), LoadOptions.PreserveWhitespace);

    static string Markdown(Plan plan, PlanTextOptions? options = null) =>
        PlanMarkdown
            .Write(chosen => Report(plan, options: chosen), options ?? new())
            .Replace(Cfg.Version, "VERSION", StringComparison.Ordinal);
}
