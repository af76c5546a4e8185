using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Hosts on which something is wrong: each ends in bounded time, with a sentence, and with nothing half written.</summary>
[Collection("lab")]
public sealed class BadLuckTests(Lab lab)
{
    [LabFact]
    public async Task A_full_disk_fails_the_write_and_keeps_the_old_file()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "mkdir /srv/full && mount -t tmpfs -o size=64k none /srv/full && echo old >/srv/full/file && dd if=/dev/zero "
                + "of=/srv/full/rest bs=1k 2>/dev/null || true"
        );

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new File("/srv/full/file") { Content = new string('x', 100_000) });

        Assert.Contains("No space left on device", applied.Error, StringComparison.Ordinal);
        Assert.Equal("old", await host.Sh("cat /srv/full/file"));
        Assert.Equal("file\nrest", await host.Sh("ls -A /srv/full"));
    }

    [LabFact]
    public async Task A_host_without_room_for_temporary_files_can_still_be_planned_and_says_what_fails()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mount -t tmpfs -o size=16k,nr_inodes=1 none /tmp");

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new File("/tmp/file") { Content = "x\n" });

        Assert.Equal(["file /tmp/file"], applied.Plan.Changes.Select(change => change.Address));
        Assert.Contains("No space left on device", applied.Error, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_read_only_file_system_is_told_when_it_is_planned_and_nothing_is_begun()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir /srv/ro && mount -t tmpfs -o ro none /srv/ro");

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new File("/srv/ro/file") { Content = "x\n" });

        Assert.Contains("/srv/ro is on a read-only file system", applied.Error, StringComparison.Ordinal);
        Assert.Empty(applied.Done);
    }

    [LabFact]
    public async Task A_file_that_fails_its_check_never_replaces_the_old_one()
    {
        await using var host = await lab.StartHostAsync();
        var before = await host.Sh("cat /etc/ssh/sshd_config; stat -c '%a %U:%G' /etc/ssh/sshd_config");

        var sshd = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/ssh/sshd_config") { Content = "Port nonsense\n" });
        var sudoers = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/etc/sudoers.d/broken") { Content = "this is not a rule\n", Mode = "0440" }
        );

        Assert.Contains("Badly formatted port number", sshd.Error, StringComparison.Ordinal);
        Assert.Contains("is not valid; the old one stays", sshd.Error, StringComparison.Ordinal);
        Assert.Equal(before, await host.Sh("cat /etc/ssh/sshd_config; stat -c '%a %U:%G' /etc/ssh/sshd_config"));
        Assert.Contains("syntax error", sudoers.Error, StringComparison.Ordinal);
        Nothing.In(await host.Sh("ls /etc/sudoers.d | grep broken || true; ls -A /etc/ssh | grep '^.cfg' || true"));
    }

    [LabFact]
    public async Task Bytes_that_are_not_text_arrive_as_they_are_and_are_shown_as_bytes()
    {
        await using var host = await lab.StartHostAsync();
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await host.Sh("printf '\\377\\376old' >/srv/binary");

        var applied = await Rig.Apply(lab.SshConfig, host.Name, new File("/srv/binary") { Content = bytes });

        Nothing.In(applied.Error);
        Assert.Equal(new Content(bytes).Digest, (await host.Sh("sha256sum </srv/binary"))[..64]);
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, new File("/srv/binary") { Content = bytes })).Changes);
    }

    [LabFact]
    public async Task A_file_keeps_what_nobody_mentions()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("echo old >/srv/kept; chown deploy:deploy /srv/kept; chmod 4711 /srv/kept");

        await Rig.Apply(lab.SshConfig, host.Name, new File("/srv/kept") { Content = "new\n" });

        Assert.Equal("4711 deploy:deploy new", await host.Sh("stat -c '%a %U:%G' /srv/kept | tr '\\n' ' '; cat /srv/kept"));
    }

    [LabFact]
    public async Task A_black_hole_is_an_error_within_the_connect_timeout()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        relay.BlackHole();
        var clock = PacedWatch.Start();

        var plan = await Rig.Plan(lab.SshConfigFor(host, relay), host.Name, new File("/srv/x") { Content = "x" });

        Assert.IsType<HostUnreachableException>(plan.Hosts[0].Error);
        clock.Took(1, 30);
    }

    [LabFact]
    public async Task A_link_that_goes_silent_in_the_middle_is_found_out_in_bounded_time()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        await using var engine = Rig.On(lab.SshConfigFor(host, relay), new(host.Name), [new Command($"sleep 300") { Touches = [] }]);
        var plan = await engine.Plan(_ => { }, default);
        var clock = PacedWatch.Start();

        var applying = engine.Apply(plan, _ => { }, default, default);
        await Task.Delay(500);
        relay.BlackHole();
        var report = await applying;

        Assert.IsType<ConnectionLostException>(report.Hosts[0].Error);
        clock.Took(5, 150);
    }

    [LabFact]
    public async Task Being_told_to_drain_finishes_the_current_change_and_begins_no_other()
    {
        await using var host = await lab.StartHostAsync();
        Handler bell = new("ring the bell", $"touch /srv/rang");
        await using var engine = Rig.On(
            lab.SshConfig,
            new(host.Name),
            [
                new Command($"touch /tmp/begun; until test -e /tmp/go; do sleep 0.2; done; touch /srv/first")
                {
                    Creates = "/srv/first",
                    Touches = [],
                    Notifies = [bell],
                },
                .. Enumerable.Range(0, 20).Select(i => new File($"/srv/later{i}") { Content = "x\n" }),
            ]
        );
        var plan = await engine.Plan(_ => { }, default);
        using CancellationTokenSource drain = new();
        var applying = engine.Apply(plan, _ => { }, drain.Token, default);
        await host.Until("test -e /tmp/begun");
        await drain.CancelAsync();
        await host.Sh("touch /tmp/go");

        var report = (await applying).Hosts[0];

        Assert.Equal("first", await host.Sh("ls /srv | grep -v apt"));
        Assert.Single(report.Done);
        Assert.Equal(21, report.In(ChangeState.NotBegun).Count);
        Assert.Contains("ring the bell", report.In(ChangeState.NotBegun));
    }

    [LabFact]
    public async Task One_host_that_fails_stops_itself_and_what_waits_for_it_and_nothing_else()
    {
        await using var one = await lab.StartHostAsync();
        await using var two = await lab.StartHostAsync();
        await using var three = await lab.StartHostAsync();
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        dsl.Hosts(new Host(one.Name), new Host(two.Name), new Host(three.Name));
        var first = dsl.On(one.Name, new Command($"exit 5") { Touches = [] });
        dsl.On(two.Name, new File("/srv/waits") { Content = "x\n" }).After = [first];
        dsl.On(three.Name, new File("/srv/free") { Content = "x\n" });
        await using Engine engine = new(catalog, catalog.Inventory, Ways.Connector(lab.SshConfig), new() { KeepSessions = true });

        var report = await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);

        Assert.IsType<OperationFailedException>(report.Hosts[0].Error);
        Assert.Contains("was not started, because", report.Hosts[1].Error?.Message, StringComparison.Ordinal);
        Assert.Null(report.Hosts[2].Error);
        Assert.Equal("1 0", $"{(await two.Run("test -e /srv/waits")).Exit} {(await three.Run("test -e /srv/free")).Exit}");
    }

    [LabFact]
    public async Task A_block_that_comes_after_another_starts_when_that_is_done_on_all_its_hosts()
    {
        await using var one = await lab.StartHostAsync();
        await using var two = await lab.StartHostAsync();
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        dsl.Hosts(new Host(two.Name), new Host(one.Name));
        var first = dsl.On(one.Name, new Command($"sleep 1; date +%s%N >/srv/when") { Creates = "/srv/when" });
        dsl.On(two.Name, new Command($"date +%s%N >/srv/when") { Creates = "/srv/when" }).After = [first];
        await using Engine engine = new(
            catalog,
            catalog.Inventory,
            Ways.Connector(lab.SshConfig),
            new() { KeepSessions = true, Parallel = 1 }
        );

        var report = await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);

        Assert.True(report.Succeeded);
        Assert.True(long.Parse(await one.Sh("cat /srv/when")) < long.Parse(await two.Sh("cat /srv/when")));
    }
}
