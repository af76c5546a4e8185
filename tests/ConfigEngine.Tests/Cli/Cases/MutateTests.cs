using System.Text.Json;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli.Cases;

/// <summary>A slip in a recipe that no accepted plan would show is found before somebody makes it.</summary>
public sealed class MutateTests : IDisposable
{
    readonly CfgRun cfg = new();

    public MutateTests() =>
        Record(
            "web1",
            RecordedHost.Absent("/srv/app/"),
            RecordedHost.Absent("/srv/app/motd"),
            RecordedHost.Path("/srv", "directory|755|root|root")
        );

    public void Dispose() => cfg.Dispose();

    void Record(string name, params IEnumerable<string> answers)
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("site/recordings"));
        System.IO.File.WriteAllText(cfg.PathOf($"site/recordings/{name}.json"), RecordedHost.Json(name, answers));
    }

    Task<int> Test(params string[] more) => cfg.Run(["test", cfg.PathOf("site"), .. more]);

    async Task<int> Mutated(string recipe, params string[] more)
    {
        cfg.Recipe(recipe, "site/site.csx");
        await Test();
        var pages = System.IO.Directory.GetFiles(cfg.PathOf("site"), "*.received.txt").Length;
        Assert.Equal(0, await Test("--accept-all", $"{pages}"));
        return await Test(["--mutate", .. more]);
    }

    [Fact]
    public async Task Every_slip_is_noticed_where_the_plan_shows_everything()
    {
        Assert.Equal(
            0,
            await Mutated(
                """
                Hosts(new Host("web1"));
                On("web1",
                    new Directory("/srv/app") { Mode = "0750" },
                    new File("/srv/app/motd") { Content = "hello\n", Mode = "0644", Deadline = TimeSpan.FromSeconds(30) });
                """
            )
        );
        Assert.Contains("site.web1: ", cfg.Error, StringComparison.Ordinal);
        Assert.Matches(@"\n\d+ mutants: (\d+) noticed, 0 not\.", cfg.Out);
    }

    [Fact]
    public async Task What_no_page_shows_is_listed_with_its_place_and_the_reason()
    {
        Assert.Equal(
            2,
            await Mutated(
                """
                Hosts(new Host("web1"));
                var nginx = new SystemdUnit("nginx.service");
                On("web1", new Directory("/srv") { Mode = "0755", Notifies = [nginx.Restart] }, new Directory("/srv/app"));
                """
            )
        );
        Snapshot.Verify(System.Text.RegularExpressions.Regex.Replace(cfg.Out, @"\d+(\.\d+)? s\n", "TIME\n"));
    }

    [Fact]
    public async Task A_slip_that_one_of_several_cases_shows_is_noticed()
    {
        Record(
            "web1.bare",
            RecordedHost.Absent("/srv/app/"),
            RecordedHost.Absent("/srv/app/motd"),
            RecordedHost.Path("/srv", "absent|directory")
        );

        Assert.Equal(0, await Mutated("Hosts(new Host(\"web1\"));\nOn(\"web1\", new Directory(\"/srv\") { Mode = \"0755\" });"));
    }

    [Fact]
    public async Task A_case_whose_plan_is_another_one_is_not_tried_and_fails()
    {
        const string Recipe = "Hosts(new Host(\"web1\"));\nOn(\"web1\", new Directory(\"/srv/app\"));";
        Assert.Equal(0, await Mutated(Recipe));
        cfg.Recipe(Recipe.Replace("/srv/app", "/srv", StringComparison.Ordinal), "site/site.csx");

        Assert.Equal(1, await Test("--mutate"));
        Assert.Contains("none in site.web1: the plan is not the accepted one", cfg.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_is_a_document_and_a_seed_chooses_one_of_each_resource()
    {
        const string Recipe = """
            Hosts(new Host("web1"));
            On("web1", new Directory("/srv") { Mode = "0755" });
            """;
        Assert.Equal(2, await Mutated(Recipe, "--json"));
        var mutations = JsonDocument.Parse(cfg.Out).RootElement.GetProperty("mutations");
        var missed = Assert.Single(
            mutations.GetProperty("notNoticed").EnumerateArray(),
            one => one.GetProperty("change").GetString() == "left out"
        );
        Assert.Equal(
            (2, "directory /srv", "up-to-date"),
            (
                missed.GetProperty("line").GetInt32(),
                missed.GetProperty("resource").GetString(),
                missed.GetProperty("snapshotsShow").GetString()
            )
        );
        var all = mutations.GetProperty("mutants").GetInt32();

        await Test("--mutate", "--json", "--seed", "3", "--filter", "site.*");
        var chosen = JsonDocument.Parse(cfg.Out).RootElement.GetProperty("mutations").GetProperty("mutants").GetInt32();
        Assert.True(all > 2 && chosen == 1, $"{chosen} of {all}");
    }

    [Theory]
    [InlineData("--mutate and --accept cannot be used together: --mutate only compares", "--mutate", "--accept", "site.web1")]
    [InlineData("--mutate and --review cannot be used together", "--mutate", "--review")]
    [InlineData("--mutate and --watch cannot be used together", "--mutate", "--watch")]
    [InlineData("--mutate and --unseen cannot be used together", "--mutate", "--unseen")]
    [InlineData("--seed chooses mutants: give it with --mutate", "--seed", "7")]
    public async Task Options_that_do_not_fit_are_told(string expected, params string[] options)
    {
        Assert.Equal(3, await Test(options));
        Assert.Contains(expected, cfg.Error, StringComparison.Ordinal);
    }
}
