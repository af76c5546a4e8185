using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ConfigEngine.Tests.Cli;

/// <summary>What only a real process shows: signals, pipes, the current directory.</summary>
public sealed partial class ChildProcessTests : IDisposable
{
    readonly CfgRun cfg = new();

    public void Dispose() => cfg.Dispose();

    [Fact]
    public async Task The_recipe_is_the_nearest_infra_csx()
    {
        cfg.Recipe(
            """Hosts(new Host("here") { Transport = Transport.Command("sh", "-c", "sh; touch planned") }); On("all", new File("TARGET/motd") { Content = "hi\n" });""",
            "infra.csx"
        );
        var (code, output, error) = await Sh("cd target && cfg plan --exit-code");
        Assert.True(code == 2, error);
        Assert.Contains("+ file", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task What_a_recipe_writes_to_standard_output_itself_is_not_among_the_results()
    {
        cfg.Recipe(
            """
            using (var output = Console.OpenStandardOutput())
                output.Write("not a result\n"u8);
            On("all", new File("TARGET/motd") { Content = "hi\n" });
            """
        );
        var (code, output, error) = await Sh("cfg plan site.csx --local --json");
        Assert.True(code == 0, error);
        using var plan = System.Text.Json.JsonDocument.Parse(output);
        Assert.Contains("not a result\n", error);
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
    public async Task Progress_that_cannot_be_shown_stops_no_run_and_nobody_who_waits()
    {
        cfg.Recipe(
            """
            Hosts(new Host("one") { Transport = ALONE }, new Host("two") { Transport = ALONE });
            var first = On("one", new File("TARGET/one") { Content = "1\n" });
            On("two", new File("TARGET/two") { Content = "2\n" }).After = [first];
            """
        );
        var (code, output, _) = await Sh("cfg apply site.csx --yes 2>/dev/full");
        Assert.True(code == 0, output);
        Assert.Equal(("1\n", "2\n"), (cfg.Read("one"), cfg.Read("two")));
    }

    [Theory]
    [InlineData("plan site.csx --local")]
    [InlineData("schema plan")]
    public async Task Results_that_cannot_be_written_are_an_error(string command)
    {
        cfg.Recipe("""On("all", new File("TARGET/motd") { Content = "hi\n" });""");
        var (code, _, error) = await Sh($"cfg {command} >/dev/full");
        Assert.Equal((1, "error: the results cannot be written to standard output: No space left on device\n"), (code, error));
    }

    [Fact]
    public async Task A_signal_while_planning_stops_with_130()
    {
        cfg.Recipe(
            """Hosts(new Host("slow") { Transport = Transport.Command("sh", "-c", "touch begun; exec sleep 60") }); On("all", new File("TARGET/motd") { Content = "hi\n" });""",
            "infra.csx"
        );
        var (code, _, error) = await Sh("set -m; cfg plan & pid=$!; while ! [ -e begun ]; do sleep 0.05; done; kill -INT $pid; wait $pid");
        Assert.Equal(130, code);
        Assert.StartsWith("Stopped.\n", error);
    }

    [Fact]
    public async Task A_terminals_interrupt_reaches_cfg_and_not_what_it_runs()
    {
        cfg.Recipe(
            """On("all", new Command($"touch TARGET/begun; while ! [ -e TARGET/go ]; do sleep 0.05; done; echo 1 >TARGET/one") { Creates = "TARGET/one" }, new File("TARGET/two") { Content = "2\n" });"""
        );
        var (code, _, error) = await Sh(
            "set -m; cfg apply site.csx --local --yes 2>said & while ! [ -e target/begun ]; do sleep 0.05; done; kill -INT -$!; "
                + "while ! grep -q 'nothing new is started' said; do sleep 0.05; done; touch target/go; wait $!; code=$?; "
                + "cat said >&2; exit $code"
        );
        Assert.True(code == 4, error);
        Assert.Equal("1\n", cfg.Read("one"));
        Assert.False(File.Exists(Path.Combine(cfg.Target, "two")));
    }

    [Theory]
    [InlineData("USR1", "$!")]
    [InlineData("QUIT", "-$!")]
    public async Task A_signal_asks_where_every_host_is_and_stops_nothing(string signal, string to)
    {
        cfg.Recipe(
            """On("all", new File("TARGET/zero") { Content = "0\n" }, new Command($"touch TARGET/begun; while ! [ -e TARGET/go ]; do sleep 0.05; done; echo 1 >TARGET/one") { Creates = "TARGET/one" });"""
        );
        var (code, output, error) = await Sh(
            $"set -m; cfg apply site.csx --local --yes --json & while ! [ -e target/begun ]; do sleep 0.05; done; sleep 0.5; kill "
                + $"-{signal} {to}; sleep 0.5; touch target/go; wait $!"
        );
        Assert.True(code == 0, error);
        Assert.Matches(
            @"Where every host is:\n  localhost  since \d\d:\d\d:\d\d \(\d+\.\d s\) waiting for command touch \S+/begun; while .*, 1 change made\n",
            error
        );
        Assert.Equal("1\n", cfg.Read("one"));
        Assert.All(output.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("{", line));
    }

    [Fact]
    public async Task A_signal_asks_also_while_planning()
    {
        cfg.Recipe(
            """Hosts(new Host("slow") { Transport = Transport.Command("sh", "-c", "touch begun; exec sleep 60") }, new Host("here") { Transport = Transport.Command("sh", "-c", "sh; touch planned") }); On("all", new File("TARGET/motd") { Content = "hi\n" });""",
            "infra.csx"
        );
        var (code, _, error) = await Sh(
            "set -m; cfg plan & pid=$!; while ! [ -e begun ] || ! [ -e planned ]; do sleep 0.05; done; sleep 0.5; kill -USR1 $pid; "
                + "sleep 0.5; kill -INT $pid; wait $pid"
        );
        Assert.Equal(130, code);
        Assert.Matches(
            @"^Where every host is:\n  slow  since \d\d:\d\d:\d\d \(\d+\.\d s\) waiting for a connection\n  here  done\nStopped\.\n",
            error
        );
    }

    [Fact]
    public async Task A_run_that_is_killed_is_known_as_one_that_did_not_end()
    {
        cfg.Recipe(
            """On("all", new Command($"touch TARGET/begun; sleep 60") { Creates = "TARGET/one" }, new File("TARGET/two") { Content = "2\n" });"""
        );
        var (code, output, error) = await Sh(
            "set -m; cfg apply site.csx --local --yes >/dev/null 2>&1 & while ! [ -e target/begun ]; do sleep 0.05; done; cfg history; "
                + "kill -KILL -$!; wait $!; cfg history last"
        );
        Assert.True(code == 0, error);
        Assert.Contains("  running\n", output);
        Assert.Contains("  did not end\n", output);
        Assert.Contains("localhost  in doubt\n  begun at ", output);
        Assert.Contains("  not begun: file ", output);
    }

    async Task<(int Code, string Out, string Error)> Sh(string script)
    {
        var assembly = typeof(ConfigEngine.Cli.ExitCode).Assembly.Location;

        // In the background it must be the program itself, to be signalled; and whoever runs the tests may ignore SIGINT.
        var background = $"env --default-signal=INT,QUIT dotnet '{assembly}'";
        ProcessStartInfo start = new(
            "bash",
            ["-c", $"cfg() {{ dotnet '{assembly}' \"$@\"; }}\n{Background().Replace(script, $"{background} $1")}"]
        )
        {
            WorkingDirectory = cfg.PathOf("."),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_STATE_HOME"] = cfg.PathOf("state");
        start.Environment["CFG_RECORDS"] = cfg.PathOf("records");
        using var bash = Process.Start(start) ?? throw new InvalidOperationException();
        bash.StandardInput.Close();
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, output, await error);
    }

    [GeneratedRegex("cfg ((plan|apply)[^;]* &)(?= )")]
    private static partial Regex Background();
}
