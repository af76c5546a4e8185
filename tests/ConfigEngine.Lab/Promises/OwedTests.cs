using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Promise 8: a restart that a change called for happens, once, whatever became of the run that made the change.</summary>
[Collection("lab")]
public sealed class OwedTests(Lab lab)
{
    static readonly Handler Restart = new("restart app", $"echo restarted >>/srv/restarts");
    static readonly File Config = new("/srv/app.conf") { Content = "a = 1\n", Notifies = [Restart] };

    [LabFact]
    public async Task A_restart_that_a_failure_kept_from_happening_is_owed_shown_and_done_once()
    {
        await using var host = await lab.StartHostAsync();
        var failed = await Rig.Apply(lab.SshConfig, host.Name, Config, new Command($"false") { Touches = [] });
        Assert.Contains("restart app", failed.Report.In(ChangeState.NotBegun));

        var other = await Rig.Plan(lab.SshConfig, host.Name, new File("/srv/other") { Content = "x" });
        var plan = await Rig.Plan(lab.SshConfig, host.Name, Config);
        var applied = await Rig.Apply(lab.SshConfig, host.Name, Config);

        Assert.Equal("restart app", Assert.Single(other.Hosts[0].LeftOwing).Handler);
        Assert.Empty(plan.Changes);
        Assert.Equal("file /srv/app.conf", Assert.Single(Assert.Single(plan.Hosts[0].Handlers).Owed!.Because));
        Assert.Equal(("", "restart app"), (applied.Error, Assert.Single(applied.Report.HandlersDone)));
        Assert.Equal("restarted", await host.Sh("cat /srv/restarts"));
        Assert.True((await Rig.Plan(lab.SshConfig, host.Name, Config)).IsEmpty);
    }

    [LabFact]
    public async Task It_stays_owed_while_what_called_for_it_cannot_be_made()
    {
        await using var host = await lab.StartHostAsync();
        await Rig.Apply(lab.SshConfig, host.Name, Config, new Command($"false") { Touches = [] });

        var again = await Rig.Apply(lab.SshConfig, host.Name, Config, new Command($"false") { Touches = [], Notifies = [Restart] });

        Assert.Equal("none", await host.Sh("cat /srv/restarts 2>/dev/null || echo none"));
        Assert.Contains("restart app", again.Report.In(ChangeState.NotBegun));
        Assert.Equal(
            2,
            Assert.Single((await Rig.Plan(lab.SshConfig, host.Name, new File("/srv/x") { Content = "" })).Hosts[0].LeftOwing).Because.Count
        );
    }

    [LabFact]
    public async Task A_handler_that_fails_stays_owed()
    {
        await using var host = await lab.StartHostAsync();
        var fragile = Config with { Notifies = [Restart with { Script = $"test -e /srv/ready && echo restarted >>/srv/restarts" }] };

        var failed = await Rig.Apply(lab.SshConfig, host.Name, fragile);
        await host.Sh("touch /srv/ready");
        var applied = await Rig.Apply(lab.SshConfig, host.Name, fragile);

        Assert.Contains("handler \"restart app\"", failed.Error, StringComparison.Ordinal);
        Assert.Equal(("", "restarted"), (applied.Error, await host.Sh("cat /srv/restarts")));
    }

    /// <summary>What is supervised goes on: what it came to is what is told.</summary>
    [LabTheory]
    [InlineData("true", "", "restarted")]
    [InlineData("false", "restart app is still pending: the next run does it again.", "")]
    public async Task A_handler_whose_shell_was_killed_is_told_as_it_ended(string ends, string error, string owed)
    {
        await using var host = await lab.StartHostAsync();
        var patient = Config with
        {
            Notifies =
            [
                Restart with
                {
                    Script =
                        $">/srv/begun\nwhile ! test -e /srv/go; do sleep 1; done\n{Shell.Verbatim(ends)}\necho restarted >>/srv/restarts",
                },
            ],
        };

        var applying = host.Apply(patient);
        await host.Until("[ -e /srv/begun ]");
        await host.Sh("kill -9 $(cut -d ' ' -f 4 /proc/$(cat /run/configengine/uncut)/stat)");
        await host.Sh("sleep 2; touch /srv/go");
        var applied = await applying;

        Assert.EndsWith(error, applied.Error, StringComparison.Ordinal);
        Assert.Equal(error.Length == 0, applied.Error.Length == 0);
        Assert.Equal(error.Length == 0 ? ["restart app"] : [], applied.Report.HandlersDone);
        Assert.Equal(owed, await host.Sh("cat /srv/restarts 2>/dev/null || :"));
        Assert.Equal(error.Length == 0, (await host.Plan(patient)).IsEmpty);
    }

    [LabFact]
    public async Task What_is_owed_is_done_in_the_order_of_the_recipe()
    {
        await using var host = await lab.StartHostAsync();
        Handler migrate = new("migrate", $"test -e /srv/ready && echo migrate >>/srv/log");
        Handler app = new("app, again", $"echo app >>/srv/log");
        File config = new("/srv/app.conf") { Content = "x\n", Notifies = [migrate, app] };
        File other = new("/srv/other.conf") { Content = "x\n", Notifies = [app] };

        Assert.NotEqual("", (await Rig.Apply(lab.SshConfig, host.Name, config, other)).Error);
        await host.Sh("touch /srv/ready; rm /srv/other.conf");

        // The names of what is owed are sorted otherwise, and one of the two is called for again.
        var applied = await Rig.Apply(lab.SshConfig, host.Name, config, other);
        Nothing.In(applied.Error);
        Assert.Equal(["migrate", "app, again"], applied.Plan.Hosts[0].Handlers.Select(call => call.Handler.Name));
        Assert.Equal("migrate\napp", await host.Sh("cat /srv/log"));
    }

    [LabFact]
    public async Task A_reboot_that_is_owed_is_paid_by_any_boot()
    {
        await using var host = await lab.StartHostAsync();
        var calling = Config with { Notifies = [Reboot.Now] };
        await Rig.Apply(lab.SshConfig, host.Name, calling, new Command($"false") { Touches = [] });
        var before = await Rig.Plan(lab.SshConfig, host.Name, calling);

        await host.Reboot();

        Assert.Equal("reboot", Assert.Single(before.Hosts[0].Handlers).Handler.Name);
        Assert.True((await Rig.Plan(lab.SshConfig, host.Name, calling)).IsEmpty);
    }

    [LabFact]
    public async Task What_cfg_leaves_on_a_host_is_removed_and_nothing_owed_is_forgotten_by_accident()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        await Rig.Apply(lab.SshConfig, host.Name, Config, new Command($"false") { Touches = [] });

        var refused = await cfg.Run(1, "purge", "--host", host.Name);
        var unknown = await cfg.Run(1, "purge", "--host", host.Name, "--owed", "restart other");
        var forgotten = await cfg.Run(0, "purge", "--host", host.Name, "--owed", "restart app");
        var left = await Rig.Plan(lab.SshConfig, host.Name, new File("/srv/other") { Content = "x" });
        await Rig.Apply(lab.SshConfig, host.Name, Config with { Content = "a = 2\n" }, new Command($"false") { Touches = [] });
        var removed = await cfg.Run(0, "purge", "--host", host.Name, "--owed");
        var nothing = await cfg.Run(0, "purge", "--host", host.Name);

        Assert.Contains("handlers are pending there: restart app", refused.Stdout, StringComparison.Ordinal);
        Assert.Contains("\"restart other\" is not pending there; pending: restart app.", unknown.Stdout, StringComparison.Ordinal);
        Assert.Contains("restart app is not pending any more", forgotten.Stdout, StringComparison.Ordinal);
        Assert.Empty(left.Hosts[0].LeftOwing);
        Assert.Contains("removed what cfg left there", removed.Stdout, StringComparison.Ordinal);
        Assert.Contains("nothing was left there", nothing.Stdout, StringComparison.Ordinal);
        Nothing.In(await host.Sh("ls -d /var/lib/configengine /run/configengine 2>/dev/null || true"));
    }
}
