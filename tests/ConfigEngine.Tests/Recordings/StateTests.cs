using ConfigEngine.Tests.Cli;

namespace ConfigEngine.Tests.Recordings;

/// <summary>A recorded host is planned in another state: as it was recorded in it, or else as cfg predicts it, and says so.</summary>
public sealed class StateTests : IDisposable
{
    readonly CfgRun cfg = new();
    readonly string recipe;

    public StateTests()
    {
        Record("web1", "absent|directory");
        Record("web2", "absent|directory");
        recipe = cfg.Recipe(
            """
            Hosts(new Host("web1"), new Host("web2"));
            On("all", new Directory("/srv/app"), new Command($"true") { Creates = "/srv/done", Touches = [] });
            """
        );
    }

    void Record(string name, string directory)
    {
        System.IO.Directory.CreateDirectory(cfg.PathOf("recordings"));
        System.IO.File.WriteAllText(
            cfg.PathOf($"recordings/{name}.json"),
            RecordedHost.Json(
                "web1",
                RecordedHost.Answer("command true", "cfg_guard /srv/done '' ''", "done=false"),
                RecordedHost.Path("/srv/app", directory)
            )
        );
    }

    Task<int> Plan(params string[] more) => cfg.Run(["plan", recipe, "--recorded", cfg.PathOf("recordings"), .. more]);

    [Fact]
    public async Task A_state_that_was_not_recorded_is_predicted_and_a_recorded_one_wins()
    {
        Assert.Equal(0, await Plan("--state", "converged", "--exit-code"));
        Assert.Contains(
            "State converged: predicted for web1 and web2, from what was recorded without a state.",
            cfg.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("No changes. All hosts match the recipe.", cfg.Out, StringComparison.Ordinal);

        Record("web2.converged", "absent|directory");
        Assert.Equal(2, await Plan("--state", "converged", "--exit-code"));
        Assert.Contains("State converged: recorded of web2.", cfg.Error, StringComparison.Ordinal);
        Assert.Contains(
            "State converged: predicted for web1, from what was recorded without a state.",
            cfg.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "web1  up to date\nweb2  Debian GNU/Linux 12 (bookworm)\n  + directory /srv/app",
            cfg.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_apply_that_was_cut_off_is_told_with_its_last_step()
    {
        Assert.Equal(2, await Plan("--state", "cut:1", "--exit-code", "--on", "web1"));
        Assert.Contains("web1: cut:1: after step 1 of 2, directory /srv/app", cfg.Error, StringComparison.Ordinal);
        Assert.Contains("Plan: 1 host, 1 change (exact), 1 unchanged.", cfg.Out, StringComparison.Ordinal);

        Assert.Equal(2, await Plan("--state", "cut:0", "--exit-code", "--on", "web1"));
        Assert.Contains("web1: cut:0: before the first of 2 steps", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Plan("--state", "cut:9", "--exit-code", "--on", "web1"));
        Assert.Contains("web1: cut:9: an apply has 2 steps there, and all are done", cfg.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_recorded_and_that_is_none_of_the_predicted_is_an_error()
    {
        Record("web2.small", "absent|directory");
        Assert.Equal(3, await Plan("--state", "conferged"));
        Assert.Contains(
            "--state conferged: no host was recorded in it, and it is not predicted either\n"
                + "  hint: recorded: fresh and small; predicted: converged, drifted, owed, cut:STEP\n",
            cfg.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(0, await Plan("--state", "small"));
        Assert.Contains("State small: not recorded of web1, planned as recorded without a state.", cfg.Error, StringComparison.Ordinal);
        Assert.Equal(0, await Plan("--state", "fresh"));
    }

    [Fact]
    public async Task What_drifted_is_in_the_plan()
    {
        Assert.Equal(2, await Plan("--state", "drifted", "--exit-code", "--on", "web1"));
        Assert.Contains("+ directory /srv/app", cfg.Out, StringComparison.Ordinal);
        Assert.Contains("! command true", cfg.Out, StringComparison.Ordinal);
    }

    public void Dispose() => cfg.Dispose();
}
