using System.Diagnostics;

namespace ConfigEngine.Tests.Cli;

/// <summary>What only a real process shows: signals, pipes, the current directory, completion in a shell.</summary>
public sealed class ChildProcessTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task The_recipe_is_the_nearest_infra_csx()
    {
        cfg.Recipe("""Hosts(new Host("here") { Transport = Transport.Local }); On("all", new File("TARGET/motd") { Content = "hi\n" });""", "infra.csx");
        var (code, output, error) = await Sh("cd target && cfg plan --exit-code");
        Assert.True(code == 2, error);
        Assert.Contains("+ file", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_no_error()
    {
        cfg.Recipe("""On("all", new File("TARGET/motd") { Content = string.Concat(Enumerable.Repeat("0123456789\n", 100_000)) });""");
        var (code, output, error) = await Sh("set -o pipefail; cfg plan site.csx --local -v | head -n 1");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("localhost", output);
    }

    [Fact]
    public async Task A_signal_while_planning_stops_with_130()
    {
        cfg.Recipe("""Hosts(new Host("slow") { Transport = Transport.Command("sh", "-c", "touch begun; exec sleep 60") }); On("all", new File("TARGET/motd") { Content = "hi\n" });""", "infra.csx");
        var (code, _, error) = await Sh("set -m; cfg plan & pid=$!; while ! [ -e begun ]; do sleep 0.05; done; kill -INT $pid; wait $pid");
        Assert.Equal(130, code);
        Assert.StartsWith("Stopped.\n", error);
    }

    [Fact]
    public async Task A_terminals_interrupt_reaches_cfg_and_not_what_it_runs()
    {
        cfg.Recipe("""On("all", new Command($"touch TARGET/begun; sleep 1; echo 1 >TARGET/one") { Creates = "TARGET/one" }, new File("TARGET/two") { Content = "2\n" });""");
        var (code, _, error) = await Sh("set -m; cfg apply site.csx --local --yes & while ! [ -e target/begun ]; do sleep 0.05; done; kill -INT -$!; wait $!");
        Assert.True(code == 1, error);
        Assert.Equal("1\n", cfg.Read("one"));
        Assert.False(File.Exists(Path.Combine(cfg.Target, "two")));
    }

    [Fact]
    public async Task Bash_completes_commands_options_hosts_and_files()
    {
        cfg.Recipe("""Group("web", new Host("web1"), new Host("web2"));""", "infra.csx");
        var (code, output, error) = await Sh("""
            . <(cfg completion bash)
            try() { COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cfg; printf '%s: %s\n' "$*" "${COMPREPLY[*]}"; }
            try cfg ap
            try cfg plan --ex
            try cfg plan --on we
            try cfg plan in
            """);
        Assert.True(code == 0, error);
        Assert.Equal("cfg ap: apply \ncfg plan --ex: --exit-code \ncfg plan --on we: web \nweb1 \nweb2 \ncfg plan in: infra.csx \n".Replace("\n", " ").Replace("  ", " "), output.Replace("\n", " ").Replace("  ", " "));
    }

    async Task<(int Code, string Out, string Error)> Sh(string script)
    {
        var assembly = typeof(ConfigEngine.Cli.ExitCode).Assembly.Location;

        // In the background it must be the program itself, to be signalled; and whoever runs the tests may ignore SIGINT.
        var background = $"env --default-signal=INT dotnet '{assembly}'";
        ProcessStartInfo start = new("bash", ["-c", $"cfg() {{ dotnet '{assembly}' \"$@\"; }}\n{script.Replace("cfg plan &", $"{background} plan &").Replace("cfg apply site.csx --local --yes &", $"{background} apply site.csx --local --yes &")}"])
        {
            WorkingDirectory = cfg.PathOf("."),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = cfg.PathOf("state");
        using var bash = Process.Start(start) ?? throw new InvalidOperationException();
        bash.StandardInput.Close();
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output, await error);
    }
}
