using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConfigEngine.Tests.Cli;

public sealed class IdeCommandTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task It_writes_what_is_missing_and_a_second_time_nothing()
    {
        Directory.CreateDirectory(cfg.PathOf("new"));
        Assert.Equal(0, await cfg.Run("ide", cfg.PathOf("new")));
        Assert.Contains("DIR/new/.vscode/tasks.json\n", cfg.Out, StringComparison.Ordinal);
        var files = Directory.GetFiles(cfg.PathOf("new"), "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        Assert.All(files.Where(file => file.Key.EndsWith(".json", StringComparison.Ordinal)), file => JsonNode.Parse(file.Value));

        Assert.Equal(0, await cfg.Run("ide", cfg.PathOf("new")));
        Assert.All(cfg.Out.TrimEnd().Split('\n'), line => Assert.EndsWith(": is there already", line));
        Assert.Equal(
            files,
            Directory.GetFiles(cfg.PathOf("new"), "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText)
        );
    }

    [Fact]
    public async Task What_is_there_is_kept_and_completed()
    {
        Directory.CreateDirectory(cfg.PathOf(".vscode/extensions/cfg-recipes"));
        await File.WriteAllTextAsync(cfg.PathOf(".gitignore"), "bin/\nplan.json");
        await File.WriteAllTextAsync(cfg.PathOf(".editorconfig"), "root = true\n");
        await File.WriteAllTextAsync(cfg.PathOf(".vscode/extensions.json"), "// mine\n{}\n");
        await File.WriteAllTextAsync(cfg.PathOf(".vscode/extensions/cfg-recipes/extension.js"), "mine");
        await File.WriteAllTextAsync(cfg.PathOf(".vscode/settings.json"), """{ "editor.rulers": [80], "mine": true }""");
        await File.WriteAllTextAsync(cfg.PathOf(".vscode/tasks.json"), """{ "tasks": [{ "label": "cfg plan", "command": "mine" }] }""");
        File.CreateSymbolicLink(cfg.PathOf("omnisharp.json"), cfg.PathOf("nowhere"));

        Assert.Equal(0, await cfg.Run("ide", cfg.PathOf(".")));

        Assert.Equal(
            "bin/\nplan.json\n# Saved plans have the contents of files in them.\n*.plan.json\n",
            await File.ReadAllTextAsync(cfg.PathOf(".gitignore"))
        );
        Assert.Equal("root = true\n", await File.ReadAllTextAsync(cfg.PathOf(".editorconfig")));
        Assert.Equal("// mine\n{}\n", await File.ReadAllTextAsync(cfg.PathOf(".vscode/extensions.json")));
        Assert.Equal("mine", await File.ReadAllTextAsync(cfg.PathOf(".vscode/extensions/cfg-recipes/extension.js")));
        Assert.Contains(".editorconfig: left as it is, because it is another one; remove it, and cfg ide writes its own", cfg.Out);
        Assert.Contains("omnisharp.json: left as it is, because it is not a regular file", cfg.Out);
        Assert.Contains("settings.json: has what was missing now", cfg.Out);
        Assert.False(File.Exists(cfg.PathOf("nowhere")));
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(cfg.PathOf(".vscode/settings.json")));
        Assert.True((bool?)settings?["mine"]);
        Assert.NotNull(settings?["[cfg-recipe]"]);
        var tasks = JsonNode.Parse(await File.ReadAllTextAsync(cfg.PathOf(".vscode/tasks.json")))?["tasks"]?.AsArray();
        Assert.Equal(["cfg plan", "cfg check"], tasks?.Select(task => (string?)task?["label"]) ?? []);
        Assert.Equal("mine", (string?)tasks?[0]?["command"]);
    }

    [Fact]
    public async Task A_directory_must_be_there()
    {
        Assert.Equal(3, await cfg.Run("ide", cfg.PathOf("new")));
        Assert.Equal("error: there is no directory DIR/new; cfg init makes one to start with\n", cfg.Error);
    }

    /// <summary>What an editor makes of the lines that <c>cfg check</c> prints.</summary>
    [Theory]
    [InlineData("cfg", "\n  On(\"web\", new Pakage(\"x\"));", "site.csx", "2", "17", "CS0246")]
    [InlineData("cfg", "Hosts(new Host(\"web\"));\nthrow new Exception(\"no\");", "site.csx", "2", "1", "")]
    [InlineData("cfg-warning", "Hosts(new Host(\"web\"));\nOn(\"web\", new Absent(\"/x\"));", "site.csx", "2", "", "")]
    [InlineData(
        "cfg-warning",
        "Hosts(new Host(\"web\"));\nOn(\"web\", new Package($\"x{DateTime.Now.Year}\"));",
        "site.csx",
        "2",
        "",
        "CFG1001"
    )]
    public async Task Its_problem_matchers_find_the_place_of_an_error(string matcher, string recipe, string file, params string[] place)
    {
        await cfg.Run("ide", cfg.PathOf("."));
        var package = JsonNode.Parse(await File.ReadAllTextAsync(cfg.PathOf(".vscode/extensions/cfg-recipes/package.json")));
        var pattern = package?["contributes"]?["problemMatchers"]?.AsArray().First(one => (string?)one?["name"] == matcher)?["pattern"];
        Assert.NotNull(pattern);
        await cfg.Run("check", cfg.Recipe(recipe));

        var match = cfg
            .Error.Split('\n')
            .Select(line => Regex.Match(line, (string?)pattern["regexp"] ?? ""))
            .FirstOrDefault(found => found.Success);
        Assert.True(match is not null, cfg.Error);
        Assert.EndsWith(file, match.Groups[(int?)pattern["file"] ?? 0].Value);
        Assert.Equal(string.Join(' ', place), $"{Part("line")} {Part("column")} {Part("code")}");

        string Part(string name) => pattern[name] is { } group ? match.Groups[(int)group].Value : "";
    }
}
