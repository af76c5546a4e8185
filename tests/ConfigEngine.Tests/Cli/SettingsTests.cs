using ConfigEngine.Cli;

namespace ConfigEngine.Tests.Cli;

public sealed class SettingsTests : IDisposable
{
    readonly Dictionary<string, string> environment = [];
    readonly CfgRun cfg;

    public SettingsTests()
    {
        cfg = new() { Variables = environment };
        cfg.Recipe("", "infra.csx");
        Directory.CreateDirectory(cfg.PathOf("recipes"));
        cfg.Recipe("""On("all");""", "recipes/site.csx");
    }

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task The_environment_wins_over_the_file_and_that_over_the_default()
    {
        cfg.Recipe("""{ "parallel": 50, "connect-timeout": "30s", "ssh-config": "ssh/config" } // ours""", "cfg.json");
        environment["CFG_PARALLEL"] = "7";
        Assert.Equal(0, await cfg.Run("settings", cfg.PathOf("recipes/site.csx")));
        Assert.Equal(
            """
            ssh-config  DIR/ssh/config  DIR/cfg.json
            parallel  7  CFG_PARALLEL
            become  false  default
            connect-timeout  30s  DIR/cfg.json
            transport  auto  default

            """,
            System.Text.RegularExpressions.Regex.Replace(cfg.Out, " {2,}", "  ")
        );
    }

    [Theory]
    [InlineData("""{ "paralel": 1 }""", "there is no setting \"paralel\"\n  hint: did you mean parallel?")]
    [InlineData("""{ "colour": 1 }""", "there is no setting \"colour\"\n  hint: there are: ssh-config, parallel, become, connect-timeout, transport")]
    [InlineData("""{ "parallel": 0 }""", "parallel is \"0\"\n  hint: write a whole number, at least 1")]
    [InlineData("""{ "become": "yes" }""", "become is \"yes\"\n  hint: write true or false")]
    [InlineData("""{ "transport": "ssh" }""", "transport is \"ssh\"\n  hint: write one of auto, openssh, native")]
    [InlineData("""{ "connect-timeout": "fast" }""", "connect-timeout is \"fast\"\n  hint: write a duration such as 5s or 1m")]
    [InlineData("""{ "parallel": [] }""", "parallel must be a text, a number, true or false")]
    [InlineData("[]", "it must be an object of settings")]
    public async Task What_is_wrong_in_the_file_is_said(string file, string problem)
    {
        cfg.Recipe(file, "cfg.json");
        Assert.Equal(3, await cfg.Run("plan", cfg.PathOf("recipes/site.csx"), "--local"));
        Assert.StartsWith($"error: DIR/cfg.json: {problem}", cfg.Error);
    }

    [Fact]
    public async Task What_is_no_json_is_told_with_its_place_and_a_wrong_variable_by_its_name()
    {
        cfg.Recipe("{\n  parallel = 5\n}", "cfg.json");
        Assert.Equal(3, await cfg.Run("settings", cfg.PathOf("infra.csx")));
        Assert.StartsWith("error: DIR/cfg.json(2,3): this is not JSON", cfg.Error);
        File.Delete(cfg.PathOf("cfg.json"));
        environment["CFG_CONNECT_TIMEOUT"] = "0";
        Assert.Equal(3, await cfg.Run("settings", cfg.PathOf("infra.csx")));
        Assert.StartsWith("error: CFG_CONNECT_TIMEOUT is \"0\"\n  hint: write a duration", cfg.Error);
    }

    [Fact]
    public void An_option_wins_over_all()
    {
        environment["CFG_PARALLEL"] = "7";
        environment["CFG_BECOME"] = "true";
        environment["CFG_CONNECT_TIMEOUT"] = "3s";
        var set = Choice("plan");
        Assert.Equal((7, true, TimeSpan.FromSeconds(3)), (set.Parallel, set.Becomes, set.ConnectTimeout));
        var said = Choice("plan --parallel 2 --connect-timeout 90s --local");
        Assert.Equal((2, false, TimeSpan.FromSeconds(90)), (said.Parallel, said.Becomes, said.ConnectTimeout));
    }

    RunChoice Choice(string line)
    {
        System.CommandLine.Command command = new("plan");
        var options = RunOptions.AddTo(command, ConfigEngine.Cli.Planning.Resources);
        Terminal terminal = new(TextReader.Null, TextWriter.Null, TextWriter.Null) { Variable = environment.GetValueOrDefault };
        return options.Of(command.Parse(line["plan".Length..]), terminal, cfg.PathOf("recipes/site.csx"));
    }
}
