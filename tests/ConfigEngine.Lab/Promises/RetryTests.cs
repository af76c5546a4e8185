using Command = ConfigEngine.Resources.Command;

namespace ConfigEngine.Lab;

/// <summary>Deadlines, retries and conditions of a resource, on a real host.</summary>
[Collection("lab")]
public sealed class RetryTests(Lab lab)
{
    [LabFact]
    public async Task An_operation_that_fails_is_tried_again_as_often_as_is_said()
    {
        await using var host = await lab.StartHostAsync();
        Command flaky = new($"echo try >>/srv/tries; [ $(wc -l </srv/tries) = 3 ]")
        {
            Touches = ["/srv/tries"],
            Retries = 2,
            RetryDelay = TimeSpan.FromSeconds(0.2),
        };

        var applied = await Rig.Apply(lab.SshConfig, host.Name, flaky);
        await host.Sh("rm /srv/tries");
        var failed = await Rig.Apply(lab.SshConfig, host.Name, flaky with { Retries = 1 });

        Nothing.In(applied.Error);
        Assert.Contains("failed (exit code 1)", failed.Error, StringComparison.Ordinal);
        Assert.Equal("2", await host.Sh("wc -l </srv/tries"));
    }

    [LabFact]
    public async Task A_change_counts_when_what_must_be_so_is_so()
    {
        await using var host = await lab.StartHostAsync();
        Command start = new($"(sleep 2; touch /srv/up) >/dev/null 2>&1 & echo started >>/srv/starts")
        {
            Creates = "/srv/starts",
            Touches = ["/srv"],
            Until = $"echo not up >&2; test -e /srv/up",
        };

        var applied = await Rig.Apply(lab.SshConfig, host.Name, start);
        await host.Sh("rm /srv/starts /srv/up");
        var vain = await Rig.Apply(lab.SshConfig, host.Name, start with { Retries = 1, RetryDelay = TimeSpan.FromSeconds(0.1) });

        Nothing.In(applied.Error);
        Assert.Contains("until echo not up >&2; test -e /srv/up", vain.Error, StringComparison.Ordinal);
        Assert.Contains("not up", vain.Error, StringComparison.Ordinal);
        Assert.Equal("started", await host.Sh("cat /srv/starts"));
    }

    [LabFact]
    public async Task What_takes_longer_than_it_may_is_told_and_ended_on_the_host()
    {
        await using var host = await lab.StartHostAsync();
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Command($"sleep 4321") { Touches = [], Deadline = TimeSpan.FromSeconds(2) }
        );

        Assert.IsType<DeadlineException>(applied.Report.Error);
        Assert.Contains("waited 2 s for command sleep 4321", applied.Error, StringComparison.Ordinal);
        clock.Took(2, 20);
        await host.Until("! ps -eo args | grep -q '^sleep 4321'");
    }
}
