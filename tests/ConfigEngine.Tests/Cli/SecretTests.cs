using System.Text.Json.Nodes;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class SecretTests
{
    const string Canary = "correct \"horse\" 'battery' $taple";

    const string Recipe = """
        var password = Secrets.Environment("DB_PASSWORD");
        On("all",
            new File("TARGET/app.env") { Content = $"PASSWORD={password}\n", Notifies = [new Handler("restart app.service", $"echo done >TARGET/restarted")] },
            new Command($"cat >TARGET/told") { Input = $"{password}\n", Creates = "TARGET/told", Touches = ["TARGET/told"] });
        """;

    readonly Dictionary<string, string> environment = new() { ["DB_PASSWORD"] = Canary };

    CfgRun Make(int? width = null) => new() { Variables = environment, Width = width };

    static string All(CfgRun cfg) =>
        $"{cfg.Out}{cfg.Error}{string.Concat(cfg.Journals.Select(File.ReadAllText))}"
        + $"{(File.Exists(cfg.PathOf("plan.json")) ? File.ReadAllText(cfg.PathOf("plan.json")) : "")}";

    static void IsClean(CfgRun cfg) =>
        Assert.All(["correct", "horse", "battery", "taple", "Y29ycmVjd"], part => Assert.DoesNotContain(part, All(cfg)));

    [Fact]
    public async Task Reach_the_host_and_nothing_that_is_shown_or_kept()
    {
        using var cfg = Make();
        var recipe = cfg.Recipe(Recipe);
        foreach (
            var arguments in (string[][])
                [
                    ["plan", "-v", "--out", cfg.PathOf("plan.json")],
                    ["plan", "--json"],
                    ["apply", "-v", "--yes", "--debug"],
                    ["plan"],
                ]
        )
        {
            Assert.Equal(0, await cfg.Run([arguments[0], recipe, "--local", .. arguments[1..]]));
            IsClean(cfg);
        }

        Assert.Equal($"PASSWORD={Canary}\n", cfg.Read("app.env"));
        Assert.Equal($"{Canary}\n", cfg.Read("told"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(cfg.Target, "app.env")));
        Assert.EndsWith("No changes. All hosts match the recipe.\n", cfg.Out);
    }

    [Fact]
    public async Task Are_digests_in_a_plan()
    {
        using var cfg = Make();
        Key(cfg);
        var recipe = cfg.Recipe(Recipe);
        File.WriteAllText(Path.Combine(cfg.Target, "app.env"), "PASSWORD=an old canary\n");
        await cfg.Run("plan", recipe, "--local", "-v");
        Snapshot.Verify(cfg.Out);
    }

    [Fact]
    public async Task Are_digests_in_json_and_in_the_journal()
    {
        using var cfg = Make();
        Key(cfg);
        await cfg.Run("apply", cfg.Recipe(Recipe), "--local", "--json", "--yes");
        var lines = File.ReadAllLines(Assert.Single(cfg.Journals)).Select(line => JsonNode.Parse(line)).ToList();
        var told = cfg.Out.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)).ToList();
        Assert.All(
            [lines, told],
            events =>
                Assert.Equal(
                    """{"secret":true,"digest":"3ff0c77d6bc6bdbfbaa4c51a0bfb9d0ee5ea1c4e1fd17d02b0cd1c8ebb4bd0a1"}""".Length,
                    events
                        .First(line => line?["event"]?.ToString() is "change-done")
                        ?["change"]?["attributes"]?.AsArray()
                        .Single(attribute => attribute?["name"]?.ToString() is "content")
                        ?["after"]?.ToJsonString()
                        .Length
                )
        );
        IsClean(cfg);
    }

    [Fact]
    public async Task A_saved_plan_holds_and_is_refused_when_the_secret_was_changed()
    {
        using var cfg = Make();
        var recipe = cfg.Recipe(Recipe);
        await cfg.Run("plan", recipe, "--local", "--out", cfg.PathOf("plan.json"));
        environment["DB_PASSWORD"] = "another one";
        Assert.Equal(1, await cfg.Run("apply", cfg.PathOf("plan.json")));
        Assert.Matches("content: was \\(none\\), planned secret [0-9a-f]{6}, now \\(none\\)|is not as it was", cfg.Error);
        Assert.Empty(Directory.GetFiles(cfg.Target));
        environment["DB_PASSWORD"] = Canary;
        Assert.Equal(0, await cfg.Run("apply", cfg.PathOf("plan.json")));
        Assert.Equal($"PASSWORD={Canary}\n", cfg.Read("app.env"));
        IsClean(cfg);
    }

    [Fact]
    public async Task What_a_failing_command_repeats_is_taken_out_whatever_the_terminals_width()
    {
        foreach (var width in (int?[])[null, 30, 80])
        {
            using var cfg = Make(width);
            var recipe = cfg.Recipe(
                """
                var password = Secrets.Environment("DB_PASSWORD");
                On("all", new Command($"read -r line; echo \"it is not \$line\" >&2; printf %s \"\$line\" | base64 >&2; exit 3") { Input = $"{password}\n", Creates = "TARGET/x", Touches = [] });
                """.Replace("\\$", "$", StringComparison.Ordinal)
            );
            Assert.Equal(1, await cfg.Run("apply", recipe, "--local", "--yes"));
            Assert.Contains("it is not (secret DB_PASSWORD)", All(cfg));
            IsClean(cfg);
        }
    }

    [Fact]
    public async Task What_a_file_that_is_not_secret_repeats_is_taken_out()
    {
        using var cfg = Make(40);
        File.WriteAllText(Path.Combine(cfg.Target, "log"), $"it was {Canary} once and for all times, said the fox\n");
        var recipe = cfg.Recipe(
            $$"""
            {{Recipe}}
            On("all", new Line("TARGET/log", "more"));
            """
        );
        foreach (
            var arguments in (string[][])
                [
                    ["plan", recipe, "--local", "--out", cfg.PathOf("plan.json")],
                    ["plan", recipe, "--local", "--json"],
                    ["apply", cfg.PathOf("plan.json")],
                ]
        )
        {
            Assert.Equal(0, await cfg.Run(arguments));
            IsClean(cfg);
        }

        Assert.EndsWith("fox\nmore\n", cfg.Read("log"));
    }

    [Fact]
    public async Task That_cannot_be_read_stop_a_run_before_any_host()
    {
        environment.Clear();
        using var cfg = Make();
        var recipe = cfg.Recipe(Recipe);
        Assert.Equal(3, await cfg.Run("apply", recipe, "--host", "nowhere.invalid", "--yes"));
        Assert.Equal(
            "error: DIR/site.csx(1,16): the secret of environment DB_PASSWORD cannot be read: the environment has no DB_PASSWORD\n  hint: "
                + "set it for cfg alone: DB_PASSWORD=… cfg plan\n",
            cfg.Error
        );
        Assert.Equal(0, await cfg.Run("check", recipe));
    }

    [Fact]
    public async Task The_key_of_the_digests_is_the_users_alone_and_stays()
    {
        using var cfg = Make();
        var recipe = cfg.Recipe(Recipe);
        await cfg.Run("plan", recipe, "--local");
        var (first, key) = (cfg.Out, File.ReadAllBytes(cfg.PathOf("state/configengine/digest-key")));
        Assert.Equal(
            (32, UnixFileMode.UserRead | UnixFileMode.UserWrite),
            (key.Length, File.GetUnixFileMode(cfg.PathOf("state/configengine/digest-key")))
        );
        await cfg.Run("plan", recipe, "--local");
        Assert.Equal(first, cfg.Out);

        File.SetUnixFileMode(cfg.PathOf("state/configengine/digest-key"), (UnixFileMode)Convert.ToInt32("644", 8));
        Assert.NotEqual(0, await cfg.Run("plan", recipe, "--local"));
        Assert.Contains("must be for you alone", cfg.Error);
    }

    static void Key(CfgRun cfg)
    {
        var path = cfg.PathOf("state/configengine/digest-key");
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        File.WriteAllBytes(path, new byte[32]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
