using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Promise 7: a reboot is a step like any other, proven by the boot id over a fresh connection, or a failure in time.</summary>
[Collection("lab")]
public sealed class RebootTests(Lab lab)
{
    static readonly Reboot Always = new()
    {
        When = RebootWhen.Always,
        Options = new() { Timeout = TimeSpan.FromSeconds(60), Stable = TimeSpan.FromSeconds(1) },
    };

    [LabFact]
    public async Task The_same_run_goes_on_behind_it_on_fresh_facts()
    {
        await using var host = await lab.StartHostAsync();
        var before = await host.BootId();

        var applied = await Apply(
            host,
            view =>
                [
                    new File("/srv/before") { Content = $"{view.Facts.BootId}\n" },
                    Always,
                    new File("/srv/behind") { Content = $"{view.Facts.BootId}\n" },
                ]
        );

        Nothing.In(applied.Error);
        var after = await host.BootId();
        Assert.NotEqual(before, after);
        Assert.Equal(["file /srv/before", "reboot always", "file /srv/behind"], applied.Done);
        Assert.Equal($"{before} {after}", await host.Sh("echo $(cat /srv/before /srv/behind)"));
        Assert.Single(applied.Events.OfType<RebootDone>());
        Assert.Equal(Certainty.Predicted, applied.Plan.Changes.Last().Certainty);
    }

    [LabFact]
    public async Task It_happens_when_the_host_asks_and_not_again()
    {
        await using var host = await lab.StartHostAsync();
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, new Reboot())).Changes);
        await host.Sh("touch /run/reboot-required; echo dbus >/run/reboot-required.pkgs");
        var before = await host.BootId();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new Reboot());

        Nothing.In(applied.Error);
        Assert.Equal(
            "/run/reboot-required exists: dbus",
            Assert.IsAssignableFrom<IEnumerable<string>>(applied.Plan.Changes.Single().Attributes.Single().Before).Single()
        );
        Assert.NotEqual(before, await host.BootId());
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, new Reboot())).Changes);
    }

    [LabFact]
    public async Task A_change_calls_for_it_and_what_other_blocks_say_follows()
    {
        await using var host = await lab.StartHostAsync();
        var before = await host.BootId();
        var calling = new File("/etc/modules-load.d/app.conf")
        {
            Content = "# nothing\n",
            Notifies = [Reboot.Now with { Reboots = Always.Options }],
        };

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            [
                [calling],
                [new File("/srv/behind") { Content = "x" }],
            ]
        );
        var again = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            [
                [calling],
                [new File("/srv/behind") { Content = "x" }],
            ]
        );

        Assert.Equal(("", ""), (applied.Error, again.Error));
        Assert.Equal(["file /etc/modules-load.d/app.conf", "file /srv/behind"], applied.Done);
        Assert.Equal(["reboot"], applied.Report.HandlersDone);
        Assert.NotEqual(before, await host.BootId());
        Assert.True(again.Plan.IsEmpty);
        Nothing.In(await host.Sh("ls -A /var/lib/configengine/owed"));
    }

    [LabFact]
    public async Task A_host_that_never_comes_back_fails_at_the_deadline_by_its_name()
    {
        await using var host = await lab.StartHostAsync();
        host.HoldBoot();
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            Always with
            {
                Options = Always.Options with { Timeout = TimeSpan.FromSeconds(8) },
            },
            new File("/srv/behind") { Content = "x" }
        );

        clock.Took(9, 15);
        Assert.StartsWith(
            $"{host.Name}: it was told to reboot, and was not back after 9 s. At last: ",
            applied.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["reboot always"], applied.Report.In(ChangeState.Failed));
        Assert.Equal(["file /srv/behind"], applied.Report.In(ChangeState.NotBegun));
        host.ReleaseBoot();
        await host.WaitForSystem();
    }

    [LabFact]
    public async Task A_slow_host_is_found_within_two_seconds_of_its_first_answer()
    {
        await using var host = await lab.StartHostAsync();
        host.HoldBoot();
        var applying = Rig.Apply(lab.SshConfig, host.Name, Always);
        await Task.Delay(TimeSpan.FromSeconds(7));
        host.ReleaseBoot();
        var waiting = host.WaitForSystem(not: "");
        var answered = PacedWatch.Start();
        await waiting;
        answered.Restart();

        var applied = await applying;

        Nothing.In(applied.Error);
        answered.Took(0, (TimeSpan.FromSeconds(2) + Always.Options.Stable).TotalSeconds);
    }

    [LabFact]
    public async Task A_host_that_lets_nobody_in_is_waited_for_and_told()
    {
        await using var host = await lab.StartHostAsync();
        await host.AtBoot("touch /etc/nologin", "After=systemd-user-sessions.service\nBefore=ssh.service");

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host($"{host.Name}-deploy") { Become = Become.Sudo },
            [Always with { Options = Always.Options with { Timeout = TimeSpan.FromSeconds(8) } }]
        );

        Assert.Contains("was not back after 9 s. At last: ", applied.Error, StringComparison.Ordinal);
        Assert.Contains("It does so while logins are closed (/run/nologin", applied.Error, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_second_reboot_while_it_is_watched_is_waited_for_too()
    {
        await using var host = await lab.StartHostAsync();
        await host.AtBoot("[ -e /srv/twice ] || { touch /srv/twice; sleep 2; systemctl reboot; }", type: "simple");
        var before = await host.BootId();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            Always with
            {
                Options = Always.Options with { Stable = TimeSpan.FromSeconds(4) },
            },
            new File("/srv/behind") { Content = "x" }
        );

        Nothing.In(applied.Error);
        Assert.NotEqual(before, await host.BootId());
        Assert.Equal("/srv/behind\n/srv/twice", await host.Sh("ls /srv/behind /srv/twice"));
    }

    [LabFact]
    public async Task A_boot_id_that_cannot_be_read_is_never_a_success()
    {
        await using var host = await lab.StartHostAsync();
        await host.AtBoot(
            "mkdir -p /srv/empty; touch /srv/empty/boot_id; mount --bind /srv/empty /proc/sys/kernel/random",
            "Before=ssh.service"
        );

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            Always with
            {
                Options = Always.Options with { Timeout = TimeSpan.FromSeconds(8) },
            }
        );
        var unproven = await Rig.Apply(lab.SshConfig, host.Name, Always);

        Assert.Contains("its boot id cannot be read", applied.Error, StringComparison.Ordinal);
        Assert.Contains("nothing could prove that it rebooted", unproven.Error, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Another_host_key_after_the_reboot_ends_the_wait_at_once()
    {
        await using var host = await lab.StartHostAsync();
        await host.AtBoot("rm /etc/ssh/ssh_host_*; ssh-keygen -q -A", "Before=ssh.service");
        var clock = PacedWatch.Start();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, Always);

        Assert.Contains("not the same host", applied.Error, StringComparison.Ordinal);
        clock.Took(0, 30);
    }

    [LabFact]
    public async Task A_health_check_of_ones_own_is_waited_for()
    {
        await using var host = await lab.StartHostAsync();
        await host.AtBoot("sleep 3; touch /run/healthy");

        var healthy = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            Always with
            {
                Options = Always.Options with { HealthCheck = $"test -e /run/healthy" },
            }
        );
        var ill = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            Always with
            {
                Options = Always.Options with { Timeout = TimeSpan.FromSeconds(10), HealthCheck = $"echo no database; false" },
            }
        );

        Nothing.In(healthy.Error);
        Assert.Contains("its health check fails: no database", ill.Error, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task It_works_through_a_jump_host_and_of_the_jump_host_itself()
    {
        await using var jump = await lab.StartHostAsync();
        await using var host = await lab.StartHostAsync();
        var config = Path.Combine(lab.Directory, $"jump-{host.Name}");
        await System.IO.File.WriteAllTextAsync(
            config,
            $"Include {lab.SshConfig}\nHost {host.Name}\n ProxyJump {jump.Name}\n"
        );
        var (one, other) = (await host.BootId(), await jump.BootId());

        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        dsl.Hosts(new Host(jump.Name), new Host(host.Name));
        var first = dsl.On(host.Name, Always);
        var second = dsl.On(jump.Name, Always);
        second.After = [first];
        dsl.On(host.Name, new File("/srv/behind") { Content = "x" }).After = [second];
        var applied = await Rig.Apply(config, catalog);

        Assert.All(applied.Hosts, each => Nothing.In(each.Error?.Message ?? ""));
        Assert.NotEqual((one, other), (await host.BootId(), await jump.BootId()));
        Assert.Equal("x", await host.Sh("cat /srv/behind"));
    }

    [LabFact]
    public async Task Twenty_in_a_row_come_back()
    {
        await using var host = await lab.StartHostAsync();
        HashSet<string> boots = [await host.BootId()];
        var reboots = Enumerable
            .Range(0, 20)
            .Select(i => Always with { Name = $"{i}", Options = Always.Options with { Stable = TimeSpan.Zero } })
            .ToArray();

        var applied = await Rig.Apply(lab.SshConfig, host.Name, reboots);

        Nothing.In(applied.Error);
        Assert.Equal(20, applied.Events.OfType<RebootDone>().Count());
        Assert.True(boots.Add(await host.BootId()));
    }

    Task<Applied> Apply(LabHost host, Func<HostView, IReadOnlyList<IDeclaration>> resources)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", resources);
        return Rig.Apply(lab.SshConfig, host.Name, catalog);
    }
}
