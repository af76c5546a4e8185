using ConfigEngine.Resources;

namespace ConfigEngine.Lab.Faults;

/// <summary>Promise 5: whatever hangs, a run ends in bounded time and names it; and soon nothing of it is left on the host.</summary>
[Collection("lab")]
public sealed class HangTests(Lab lab)
{
    static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    [LabFact]
    public async Task A_stopped_dpkg_that_holds_its_lock_is_named()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update
            mkdir -p /srv/slow/DEBIAN
            printf 'Package: slow\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: slow\n' >/srv/slow/DEBIAN/control
            printf '#!/bin/sh\ntouch /srv/installing\nsleep 1000\n' >/srv/slow/DEBIAN/postinst; chmod 755 /srv/slow/DEBIAN/postinst
            dpkg-deb -b /srv/slow /srv/slow.deb >/dev/null
            (setsid dpkg -i /srv/slow.deb >/dev/null 2>&1 &)
            for i in $(seq 100); do [ -e /srv/installing ] && break; sleep 0.1; done
            kill -STOP $(pidof dpkg)
            """
        );
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new Package("cfg-demo") { Deadline = Short });

        Assert.True(applied.Error.Contains("is stopped", StringComparison.Ordinal), applied.Error);
        Assert.Matches(@"/var/lib/dpkg/lock.* is held by dpkg \(pid \d+\), which is stopped", applied.Error);
        clock.Took(1, 20);
        await Clears(host, "apt");
        await host.Sh("dpkg -s cfg-demo >/dev/null 2>&1 && exit 1 || exit 0");
    }

    [LabFact]
    public async Task A_service_that_never_stops_fails_at_the_deadline_by_its_name()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile(
            "/etc/systemd/system/stubborn.service",
            """
            [Service]
            ExecStart=sleep infinity
            ExecStop=sleep infinity
            TimeoutStopSec=infinity

            """
        );
        await host.Sh("systemctl daemon-reload && systemctl start stubborn");
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new SystemdUnit("stubborn.service") { Running = false, Deadline = Short });

        Assert.StartsWith(
            $"{host.Name}: waited 4 s for systemd-unit stubborn.service, and no answer came.",
            applied.Error,
            StringComparison.Ordinal
        );
        clock.Took(4, 20);
        await Clears(host, "systemctl stop");
        await host.Sh("systemctl kill -s KILL stubborn.service || true");
    }

    [LabFact]
    public async Task A_full_disk_where_records_are_kept_leaves_the_host_alone_and_says_so()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "mkdir -p /var/lib/configengine && mount -t tmpfs -o size=16k none /var/lib/configengine && mkdir "
                + "/var/lib/configengine/owed && { dd if=/dev/zero of=/var/lib/configengine/rest bs=1k 2>/dev/null || true; }"
        );
        Handler bell = new("ring the bell", $"touch /srv/rang");

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Resources.File("/srv/before") { Content = "x" },
            new Resources.File("/srv/calls") { Content = "x", Notifies = [bell] }
        );

        Assert.True(applied.Error.Contains("No space left on device", StringComparison.Ordinal), applied.Error);
        Assert.Contains("no record of what is under way can be kept there", applied.Error, StringComparison.Ordinal);
        Nothing.In(await host.Sh("ls /srv | grep -e calls -e rang || true"));
        await host.Sh("rm /var/lib/configengine/rest");
        var again = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Resources.File("/srv/before") { Content = "x" },
            new Resources.File("/srv/calls") { Content = "x", Notifies = [bell] }
        );
        Nothing.In(again.Error);
        Assert.Equal(["ring the bell"], again.Report.HandlersDone);
    }

    [LabFact]
    public async Task A_full_disk_does_not_make_a_success_of_what_must_not_be_cut()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "mkdir -p /var/lib/configengine && mount -t tmpfs -o size=16k none /var/lib/configengine && mkdir "
                + "/var/lib/configengine/owed && { dd if=/dev/zero of=/var/lib/configengine/rest bs=1k 2>/dev/null || true; }"
        );

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Resources.Command($"touch /srv/migrated; exit 3")
            {
                Creates = "/srv/migrated",
                Touches = [],
                Uncut = true,
            }
        );

        Assert.NotEqual("", applied.Error);
        await Clears(host, "/srv/migrated");
    }

    [LabFact]
    public async Task A_command_that_hangs_is_named_at_its_deadline_and_ended()
    {
        await using var host = await lab.StartHostAsync();
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new Resources.Command($"sleep 12345") { Touches = [], Deadline = Short });

        Assert.StartsWith(
            $"{host.Name}: waited 4 s for command sleep 12345, and no answer came.",
            applied.Error,
            StringComparison.Ordinal
        );
        clock.Took(4, 15);
        await Clears(host, "sleep 12345");
    }

    [LabFact]
    public async Task A_probe_that_hangs_is_named_at_its_deadline_and_ended()
    {
        await using var host = await lab.StartHostAsync();
        await using var other = await lab.StartHostAsync();
        (
            await other.Run(
                """
                [ -c /dev/fuse ] || mknod /dev/fuse c 10 229
                mkdir /srv/dead
                (exec 3<>/dev/fuse && mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 none /srv/dead && exec setsid sleep 1000 >/dev/null 2>&1 &)
                sleep 0.5
                grep ' /srv/dead fuse' /proc/mounts
                """
            )
        ).Succeeded("mount a file system that never answers");

        await Plan();
        await Clears(host, "sleep 23456");
        await Clears(other, "/srv/dead/file");

        async Task Plan()
        {
            var clock = PacedWatch.Start();
            var (asked, looked) = (
                Rig.Plan(
                    lab.SshConfig,
                    host.Name,
                    new Resources.File("/srv/fine") { Content = "x" },
                    new Resources.Command($"true") { Unless = $"sleep 23456" }
                ),
                Rig.Plan(
                    lab.SshConfig,
                    other.Name,
                    new Resources.File("/srv/dead/file") { Content = "x" },
                    new Resources.File("/srv/fine") { Content = "x" },
                    new Resources.Symlink("/srv/dead") { Target = "x" }
                )
            );

            // What is looked at together names what does not answer, and answers the rest.
            var plan = await looked;
            clock.Took(15, 50);
            var error = plan.Hosts[0].Error?.Message;
            Assert.StartsWith($"{other.Name}: cannot tell the state of file /srv/dead/file: ", error, StringComparison.Ordinal);
            Assert.Contains("/srv/dead/file does not answer", error, StringComparison.Ordinal);
            Assert.Equal(["file /srv/fine"], plan.Hosts[0].Planned.Select(entry => entry.Resource.Address));
            Assert.StartsWith(
                $"{host.Name}: waited 60 s for the state of command true, and no answer came.",
                (await asked).Hosts[0].Error?.Message,
                StringComparison.Ordinal
            );
            clock.Took(60, 80);
        }
    }

    [LabTheory]
    [InlineData(Victim.Cfg)]
    [InlineData(Victim.Link)]
    public async Task A_probe_of_a_plan_that_nobody_waits_for_any_more_is_ended(Victim victim)
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        using CfgProcess cfg = new(lab.SshConfigFor(host, relay));
        using RunningCfg planning = new(
            cfg.Start(
                "plan",
                cfg.Write("site.csx", "On(\"all\", new Command($\"true\") { Unless = $\"touch /srv/looking; sleep 34567\" });"),
                "--host",
                host.Name
            )
        );
        await planning.Reaches(host, "test -e /srv/looking");

        if (victim is Victim.Cfg)
            planning.Kill();
        else
            relay.Cut();
        await planning.Ended(TimeSpan.FromSeconds(20));

        await Clears(host, "sleep 34567");
    }

    [LabTheory]
    [InlineData("plan")]
    [InlineData("apply")]
    public async Task A_jump_host_whose_sshd_is_killed_leaves_nothing_behind_on_either_side(string command)
    {
        await using var jump = await lab.StartHostAsync();
        await using var host = await lab.StartHostAsync();
        var config = Path.Combine(lab.Directory, $"jump-{host.Name}");
        await System.IO.File.WriteAllTextAsync(config, $"Include {lab.SshConfig}\nHost {host.Name}\n ProxyJump {jump.Name}\n");
        using CfgProcess cfg = new(config);
        var recipe = cfg.Write(
            "site.csx",
            command is "plan"
                ? "On(\"all\", new Command($\"true\") { Unless = $\"touch /srv/begun; sleep 45678\" });"
                : "On(\"all\", new Command($\"touch /srv/begun; sleep 45678\") { Touches = [\"/srv\"] });"
        );
        using RunningCfg running = new(
            command is "plan" ? cfg.Start("plan", recipe, "--host", host.Name) : cfg.Start("apply", recipe, "--host", host.Name, "--yes")
        );
        await running.Reaches(host, "test -e /srv/begun");

        var sessions = Seen.Below(jump.Leader)
            .Where(process =>
                process.Command.StartsWith("sshd", StringComparison.Ordinal)
                && !process.Command.Contains("[listener]", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(sessions);
        sessions.ForEach(process => process.Kill());
        var ran = await running.Ended(TimeSpan.FromSeconds(20));

        Assert.Equal(1, ran.Exit);
        await Clears(host, "sleep 45678");
        Nothing.In(
            string.Concat(
                Seen.All(directory => System.IO.File.ReadAllText($"{directory}/cmdline").Contains(config, StringComparison.Ordinal))
                    .Select(process => $"{process}\n")
            )
        );
    }

    [LabFact]
    public async Task A_host_that_hides_processes_is_not_taken_for_one_whose_connection_is_gone()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mount -o remount,hidepid=2 /proc");

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host($"{host.Name}-deploy"),
            new Resources.Command($"sleep 15; echo x >/home/deploy/done")
            {
                Creates = "/home/deploy/done",
                Touches = [],
                As = "deploy",
            }
        );

        Nothing.In(applied.Error);
    }

    /// <summary>Within seconds nothing of a run is there any more: none of its processes, no session, and no lock.</summary>
    static async Task Clears(LabHost host, string command)
    {
        var left = "";
        for (var clock = PacedWatch.Start(); clock.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(200))
        {
            left = string.Concat(
                Seen.Below(host.Leader)
                    .Where(process =>
                        process.Command.Contains(command, StringComparison.Ordinal)
                        || process.Command is "sh"
                        || process.Command.Contains("@notty", StringComparison.Ordinal)
                    )
                    .Select(process => $"{process}\n")
            );
            if (left.Length == 0)
                break;
        }

        Nothing.In(left);
        await host.Sh("[ ! -e /run/configengine/lock ] || flock -n /run/configengine/lock true");
    }
}
