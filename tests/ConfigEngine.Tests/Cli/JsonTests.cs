using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigEngine.Rendering;
using ConfigEngine.Tests.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>What commands print with <c>--json</c>, against the schemas that <c>cfg schema</c> prints.</summary>
public sealed class JsonTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task An_apply_has_a_first_and_a_last_line()
    {
        var recipe = cfg.Recipe(
            """
            On("all", new File("TARGET/a") { Content = "a\n", Notifies = [new Handler("ring", $"touch TARGET/rung")] });
            """
        );
        var lines = await Lines(0, "apply", recipe, "--local", "--yes", "--json");
        Assert.Equal("run-started", Text(lines[0], "event"));
        Assert.Equal("DIR/site.csx", Text(lines[0], "recipe"));
        Assert.Equal("""{"hosts":1,"changes":1,"handlers":1,"notDone":0,"failed":0}""", lines[^1]["totals"]?.ToJsonString());
        Assert.Equal(("run-ended", "done", 0), (Text(lines[^1], "event"), Text(lines[^1], "outcome"), (int?)lines[^1]["exitCode"]));

        var again = await Lines(0, "apply", recipe, "--local", "--yes", "--json");
        Assert.Equal(["run-started", "host-done", "run-ended"], again.Select(line => Text(line, "event")));
        Assert.Equal("""{"hosts":1,"changes":0,"handlers":0,"notDone":0,"failed":0}""", again[^1]["totals"]?.ToJsonString());
    }

    [Fact]
    public async Task An_apply_that_fails_says_so_in_its_last_line()
    {
        var recipe = cfg.Recipe("""On("all", new Command($"echo no >&2; exit 7"), new Command($"true"));""");
        var lines = await Lines(1, "apply", recipe, "--local", "--yes", "--json");
        Assert.Contains(lines, line => Text(line, "event") == "host-failed" && (int?)line["exit"] == 7);
        Assert.Equal("""{"hosts":1,"changes":0,"handlers":0,"notDone":2,"failed":1}""", lines[^1]["totals"]?.ToJsonString());
        Assert.Equal(("failed", 1), (Text(lines[^1], "outcome"), (int?)lines[^1]["exitCode"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("On(\"localhost\", new File(\"TARGET/a\") { Content = \"a\\n\" });")]
    public async Task A_host_that_could_not_be_planned_is_a_line_too(string more)
    {
        var recipe = cfg.Recipe(
            $$"""
            Hosts(new Host("localhost") { Transport = ALONE }, new Host("gone") { Transport = Transport.Command("false") });
            On("gone", new File("TARGET/b") { Content = "b\n" });
            {{more}}
            """
        );
        var lines = await Lines(1, "apply", recipe, "--yes", "--json");
        Assert.Contains(lines, line => Text(line, "event") == "host-failed" && Text(line, "host") == "gone" && line["error"] is not null);
        Assert.Equal(("run-ended", 1), (Text(lines[^1], "event"), (int?)lines[^1]["totals"]?["failed"]));
    }

    [Fact]
    public async Task Facts_hosts_and_history_are_as_their_schemas_say()
    {
        var recipe = cfg.Recipe(
            """
            Hosts(new Host("here") { Transport = ALONE, Vars = { ["port"] = 80 } });
            On("all", new File("TARGET/a") { Content = "a\n" });
            """,
            "infra.csx"
        );
        Assert.Equal(0, await cfg.Run("apply", recipe, "--yes"));
        await IsAsItsSchema("history", "history", "--json");
        await IsAsItsSchema("run", "history", "last", "--json");
        await IsAsItsSchema("plan", "plan", recipe, "--json");
        await IsAsItsSchema("facts", "facts", "--local", "--json");
        InventoryDocument host = new(
            "web1",
            ["web"],
            new Dictionary<string, string> { ["port"] = "80" },
            "root",
            new("203.0.113.7", "ops", 22, null, null, []),
            null,
            null
        );
        var hosts = JsonSerializer.Serialize([host], Json.Indented.IReadOnlyListInventoryDocument);
        Assert.Empty(Schema.Problems(JsonNode.Parse(JsonSchemas.Hosts), JsonNode.Parse(hosts)));
    }

    [Fact]
    public async Task The_history_has_the_commit_and_the_directory()
    {
        Git("init", "-q");
        var recipe = cfg.Recipe("""On("all", new File("TARGET/a") { Content = "a\n" });""");
        Git("add", "site.csx");
        Git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "one");
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        File.AppendAllText(recipe, "// more\n");
        File.Delete(Path.Combine(cfg.Target, "a"));
        Assert.Equal(0, await cfg.Run("apply", recipe, "--local", "--yes"));
        Assert.Equal(0, await cfg.Run("history", "--json"));
        var runs = (JsonNode.Parse(cfg.Out) as JsonArray ?? []).Select(run => run ?? new JsonObject()).ToList();
        Assert.Matches("^[0-9a-f]{40}$", Text(runs[1], "commit"));
        Assert.Equal($"{Text(runs[1], "commit")}-dirty", Text(runs[0], "commit"));
        Assert.Equal(Environment.CurrentDirectory, Text(runs[0], "directory"));
        Assert.Equal(0, await cfg.Run("history", "2"));
        Assert.Contains($"  commit   {Text(runs[1], "commit")}\n", cfg.Out);
    }

    void Git(params IEnumerable<string> arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = cfg.PathOf("") });
        git?.WaitForExit();
        Assert.Equal(0, git?.ExitCode);
    }

    async Task<List<JsonNode>> Lines(int exit, params IReadOnlyList<string> arguments)
    {
        Assert.Equal(0, await cfg.Run("schema", "events"));
        var schema = JsonNode.Parse(cfg.Out);
        Assert.True(exit == await cfg.Run(arguments), cfg.Error);
        var lines = cfg.Out.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line) ?? new JsonObject()).ToList();
        Assert.All(lines, line => Assert.Empty(Schema.Problems(schema, line)));
        return lines;
    }

    async Task IsAsItsSchema(string name, params IReadOnlyList<string> arguments)
    {
        Assert.Equal(0, await cfg.Run("schema", name));
        var schema = JsonNode.Parse(cfg.Out);
        Assert.Equal(0, await cfg.Run(arguments));
        Assert.Empty(Schema.Problems(schema, JsonNode.Parse(cfg.Out)));
    }

    static string Text(JsonNode node, string name) => $"{node[name]}";
}
