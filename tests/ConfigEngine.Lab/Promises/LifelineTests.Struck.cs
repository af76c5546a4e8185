using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What waits or puts back is struck itself: killed, without power, without its session, rebooted.</summary>
public sealed partial class LifelineTests
{
    /// <summary>The host goes on with what it has begun to put back, whoever kills it.</summary>
    [LabFact]
    public async Task What_puts_back_and_is_killed_goes_on()
    {
        await using var host = await lab.StartHostAsync();
        await SlowToPutBack(host);

        var applying = Apply(new(host.Name), [Wrong]);
        await host.Until($"ls -d {Restoring}", TimeSpan.FromMinutes(2));
        await host.Sh("kill -9 $(cat /var/lib/configengine/lifeline/timer); rm /srv/slow");
        var report = await applying;

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Nothing.In(await host.Sh("ls /etc/ssh/sshd_config.d | grep -v lab.conf || true"));
    }

    [LabFact]
    public async Task A_power_cut_does_not_end_what_waits_or_puts_back() =>
        await Task.WhenAll(CutPower($"ls -d {Restoring}"), CutPower("ss -Hltn | grep -q 127.0.0.1:2222"));

    async Task CutPower(string when)
    {
        await using var host = await lab.StartHostAsync();
        await SlowToPutBack(host);

        var applying = Apply(new(host.Name), [Wrong]);
        await host.Until(when, TimeSpan.FromMinutes(2));
        await host.Kill();
        await host.Start();
        await host.Sh("rm -f /srv/slow");
        await host.Until(
            "grep restored /var/lib/configengine/lifeline/verdict",
            TimeSpan.FromMinutes(2),
            "ls -l /var/lib/configengine/lifeline; cat /var/lib/configengine/lifeline/verdict; systemctl status configengine-undo"
        );
        var report = await applying;

        Assert.True(report.Error is WayCutException, $"{report.Error}");
        Nothing.In(await host.Sh("ls /etc/ssh/sshd_config.d | grep -v lab.conf || true; ss -Hltn | grep -q ':22 '"));
        Nothing.In(
            (await Rig.Apply(lab.SshConfig, new Host(host.Name), [new File("/srv/next") { Content = "x" }], _ => Task.CompletedTask)).Error
        );
        Nothing.In(await host.Sh("ls /etc/systemd/system /etc/systemd/system/multi-user.target.wants | grep configengine || true"));
    }

    const string Restoring = "/var/lib/configengine/lifeline/restoring*";

    /// <summary>What cuts the way, also after a boot.</summary>
    static Command Wrong =>
        new(
            $"for i in 1 2 3; do echo PrintMotd no >/etc/ssh/sshd_config.d/$i.conf; done; printf 'Port 2222\nListenAddress 127.0.0.1\n' "
                + $">/etc/ssh/sshd_config.d/port.conf; touch /srv/slow; systemctl restart ssh"
        )
        {
            Touches = ["/etc/ssh"],
            MayCutConnection = true,
        };

    /// <summary>A host that takes its time to compare the files that it puts back.</summary>
    static async Task SlowToPutBack(LabHost host)
    {
        await host.WriteFile("/usr/local/bin/find", "#!/bin/sh\n[ ! -e /srv/slow ] || sleep 5\nexec /usr/bin/find \"$@\"\n");
        await host.Sh("chmod 755 /usr/local/bin/find");
    }

    /// <summary>The session that makes the change goes with it, and the change itself would go on for long.</summary>
    [LabFact]
    public async Task A_step_whose_session_dies_in_the_middle_is_undone()
    {
        await using var host = await lab.StartHostAsync();

        var report = await Apply(
            new(host.Name),
            [
                new Command($"{CutOff}; kill -9 $(grep -lxE 'sshd(-session)?' /proc/[0-9]*/comm | cut -d/ -f3); sleep 1000")
                {
                    Touches = ["/srv"],
                    MayCutConnection = true,
                },
            ]
        );

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Nothing.In(await host.Sh("ps -eo args | grep '[s]leep 1000' || true"));
    }

    /// <summary>What works only from the next boot on is proven after it, and undone where that cannot be reached.</summary>
    [LabFact]
    public async Task A_reboot_into_what_cuts_the_way_is_undone_and_one_into_what_does_not_is_not()
    {
        await using var host = await lab.StartHostAsync();
        const string left =
            "ls /var/lib/configengine | grep lifeline; ls /etc/systemd/system /etc/systemd/system/multi-user.target.wants | grep "
            + "configengine; true";
        Reboot reboot = new()
        {
            When = RebootWhen.Always,
            Options = new() { Timeout = TimeSpan.FromSeconds(60), Stable = TimeSpan.FromSeconds(1) },
        };
        var boot = await host.BootId();

        var report = await Apply(
            new(host.Name),
            [
                new User("alice") { Home = "/home/alice" },
                new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n" },
                reboot,
            ],
            [new File("/srv/after") { Content = "x" }]
        );

        Assert.Null(report.Error);
        Assert.NotEqual(boot, boot = await host.BootId());
        Assert.Equal("x", await host.Sh("cat /srv/after; test -e /etc/ssh/sshd_config.d/quiet.conf"));
        Nothing.In(await host.Sh(left));

        report = await Apply(
            new(host.Name),
            [new User("bob") { Home = "/home/bob" }, new File("/etc/ssh/sshd_config.d/port.conf") { Content = "Port 2222\n" }, reboot],
            [new File("/srv/never") { Content = "x" }]
        );

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Assert.NotEqual(boot, await host.BootId());
        Assert.Equal(
            [ChangeState.Done, ChangeState.Undone, ChangeState.Failed, ChangeState.NotBegun],
            report.Changes.Select(change => change.State)
        );
        Assert.Equal(["file /srv/never"], report.In(ChangeState.NotBegun));
        Assert.Equal("bob", await host.Sh("grep -o ^bob /etc/passwd; test ! -e /etc/ssh/sshd_config.d/port.conf; test ! -e /srv/never"));
        Nothing.In(
            (await Rig.Apply(lab.SshConfig, new Host(host.Name), [new File("/srv/next") { Content = "x" }], _ => Task.CompletedTask)).Error
        );
        Nothing.In(await host.Sh(left));
    }
}
