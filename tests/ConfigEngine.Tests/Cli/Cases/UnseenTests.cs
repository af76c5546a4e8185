using System.Collections.Concurrent;
using System.Text.Json;
using ConfigEngine.Cli;
using ConfigEngine.Cli.Cases;
using ConfigEngine.Cli.Recorded;
using ConfigEngine.Rendering;
using ConfigEngine.Scripting;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>What no case shows is a list with places.</summary>
public sealed class UnseenTests : IDisposable
{
    const string Library = """
        Recipe App(string name, bool isPublic) => new("app",
            new Directory($"/srv/{name}"),
            isPublic ? new File($"/srv/{name}/motd") { Content = "hello\n" } : null);
        Recipe Backup() => new("backup", new Package("borgbackup"));
        """;

    readonly CfgRun cfg = new();

    public UnseenTests()
    {
        cfg.Recipe(Library, "site/lib/app.csx");
        Record("web1", RecordedHost.Absent("/srv/app/"), RecordedHost.Absent("/srv/app/motd"));
    }

    public void Dispose() => cfg.Dispose();

    void Record(string name, params IEnumerable<string> answers)
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        System.IO.File.WriteAllText(cfg.PathOf($"site/recordings/{name}.json"), RecordedHost.Json(name, answers));
    }

    async Task<int> Accepted(params IReadOnlyList<string> more)
    {
        await cfg.Run("test", cfg.PathOf("site"));
        var pages = System.IO.Directory.GetFiles(cfg.PathOf("site"), "*.received.txt").Length;
        Assert.Equal(0, await cfg.Run("test", cfg.PathOf("site"), "--accept-all", $"{pages}"));
        return await cfg.Run(["test", cfg.PathOf("site"), "--unseen", .. more]);
    }

    [Fact]
    public async Task Branches_and_declarations_are_listed_by_file_over_all_recipes()
    {
        Record("web2", RecordedHost.Path("/srv/app", "directory|755|root|root"));
        cfg.Recipe(
            """
            #load "lib/app.csx"
            Hosts(new Host("web1"));
            On("web1", host => [App("app", isPublic: true), When(host.Name == "web9", new Package("nginx"))]);
            """,
            "site/one.csx"
        );
        cfg.Recipe(
            """
            #load "lib/app.csx"
            Hosts(new Host("web2"));
            On("web2", App("app", isPublic: false));
            """,
            "site/two.csx"
        );

        Assert.Equal(0, await Accepted());

        Snapshot.Verify(System.Text.RegularExpressions.Regex.Replace(cfg.Out, @"\d+(\.\d+)? s\n", "TIME\n"));
    }

    [Fact]
    public async Task One_recipe_alone_says_nothing_of_what_others_use()
    {
        cfg.Recipe("#load \"lib/app.csx\"\nHosts(new Host(\"web1\"));\nOn(\"web1\", App(\"app\", isPublic: true));", "site/one.csx");
        Assert.Equal(0, await Accepted());

        Assert.Equal(0, await cfg.Run("test", cfg.PathOf("site/one.csx"), "--unseen"));

        Assert.DoesNotContain("Backup", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("what DIR/site/one.csx loads is not in the list", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_a_document_for_programs()
    {
        cfg.Recipe("#load \"lib/app.csx\"\nHosts(new Host(\"web1\"));\nOn(\"web1\", App(\"app\", isPublic: true));", "site/one.csx");

        Assert.Equal(0, await Accepted("--json"));

        var unseen = JsonDocument.Parse(cfg.Out).RootElement.GetProperty("unseen");
        Assert.Equal(
            ["DIR/site/lib/app.csx:3 false isPublic", "DIR/site/lib/app.csx:4 function Backup"],
            unseen
                .GetProperty("branches")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("file")}:{one.GetProperty("line")} {one.GetProperty("never")} {one.GetProperty("code")}")
        );
        var directory = unseen.GetProperty("declarations")[0];
        Assert.Equal("directory /srv/app", directory.GetProperty("resource").GetString());
        Assert.Equal("created", Assert.Single(directory.GetProperty("shown").EnumerateArray()).GetString());
        Assert.Contains("unchanged", directory.GetProperty("never").ToString(), StringComparison.Ordinal);
        Assert.Contains("error", directory.GetProperty("never").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--unseen and --filter cannot be used together: --unseen looks at all cases", "--filter", "x")]
    [InlineData("--unseen and --tap cannot be used together", "--tap")]
    public async Task Options_that_do_not_fit_are_told(string expected, params string[] more)
    {
        Assert.Equal(3, await cfg.Run(["test", cfg.PathOf("site"), "--unseen", .. more]));
        Assert.Contains(expected, cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_recipe_of_the_house_has_the_same_plan_when_its_branches_are_seen()
    {
        var recordings = Repository.At("recipes/recordings");
        ConcurrentDictionary<string, Lazy<HostRecording>> read = [];
        Terminal terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null);
        var options = OfflineOptions.Of(terminal, [], recordings);
        var taken = 0;

        foreach (var recipe in Discovery.Recipes(Repository.At("recipes")))
        {
            var (plan, _) = await PlanOf(options);
            var (tapped, branches) = await PlanOf(options with { SeesBranches = true });

            Assert.Equal(plan, tapped);
            Assert.NotNull(branches);
            taken += branches.All.Count(one => one.IsTaken);

            async Task<(string Plan, SeenBranches? Branches)> PlanOf(LoaderOptions with)
            {
                var loaded = new RecipeLoader(with).Load(recipe, CancellationToken.None);
                RecordingFolder folder = new(recordings, Path.GetFileNameWithoutExtension(recipe), read);
                var names = RecordedPlan.HostsOf(loaded, folder);
                var paths = folder.Of(names).Where(file => file.State is null).ToDictionary(file => file.Host, file => file.Path);
                RecordedHosts hosts = new(host => folder.Read(paths[host]), host => host);
                var made = await RecordedPlan.Of(loaded.Catalog, loaded.Inventory, names, hosts, new(), new(), CancellationToken.None);
                return (Ansi.Plain(PlanText.Render(made, new() { Verbose = true })), loaded.Branches);
            }
        }

        Assert.InRange(taken, 20, int.MaxValue);
    }
}
