using System.Diagnostics;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Promise 8: two runs never change one host at once, and a lock never outlives what it protects.</summary>
[Collection("lab")]
public sealed class LockTests(Lab lab)
{
    const string Site = """
        On("all",
            new Command($"touch /srv/begun; until test -e /srv/go; do sleep 0.2; done; echo once >>/srv/done")
            {
                Creates = "/srv/done",
                Touches = ["/srv"],
                Uncut = true,
            },
            new File("/srv/behind") { Content = "x" });
        """;

    static readonly File Quick = new("/srv/quick") { Content = "x" };

    /// <summary>A change that lasts until the test lets it end, however slow the machine is.</summary>
    static readonly Command Slow = new($"touch /srv/begun; until test -e /srv/go; do sleep 0.2; done")
    {
        Creates = "/srv/go",
        Touches = ["/srv/begun"],
    };

    [LabFact]
    public async Task The_second_of_two_runs_is_told_who_has_the_host_and_writes_nothing()
    {
        await using var host = await lab.StartHostAsync();
        var first = Rig.Apply(lab.SshConfig, host.Name, Slow, new File("/srv/behind") { Content = "x" });
        await Begun(host);

        await using var engine = Another(host, [Quick], wait: null);
        var refused = Assert.IsType<HostLockedException>((await engine.Plan(_ => { }, default)).Hosts[0].Error);
        TaskCompletionSource waits = new();
        await using var patient = Another(host, [Quick], wait: TimeSpan.FromMinutes(5), says: _ => waits.TrySetResult());
        var planning = patient.Plan(_ => { }, default);
        Assert.Same(waits.Task, await Task.WhenAny(waits.Task, planning));
        await Go(host);
        var report = await patient.Apply(await planning, _ => { }, default, default);

        Assert.Equal(("the lab", "lab", Slow.Address), (refused.Holder.By, refused.Holder.Run, refused.Holder.Step));
        Nothing.In((await first).Error);
        Assert.True(report.Succeeded);
        Assert.Equal("/srv/behind\n/srv/quick", await host.Sh("ls -tr /srv/behind /srv/quick"));
        await IsFree(host);
    }

    [LabFact]
    public async Task A_host_that_was_planned_in_peace_can_still_be_taken_by_another()
    {
        await using var host = await lab.StartHostAsync();
        await using var late = Another(host, [Quick], wait: null);
        var plan = await late.Plan(_ => { }, default);
        var first = Rig.Apply(lab.SshConfig, host.Name, Slow);
        await Begun(host);

        var report = await late.Apply(plan, _ => { }, default, default);

        await Go(host);
        Assert.IsType<HostLockedException>(report.Hosts[0].Error);
        Nothing.In((await first).Error);
        Assert.Equal("gone", await host.Sh("[ -e /srv/quick ] || echo gone"));
    }

    [LabFact]
    public async Task What_must_not_be_cut_finishes_when_cfg_is_killed_and_the_next_run_waits_for_it()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("site.csx", Site);
        using var killed = cfg.Start("apply", recipe, "--host", host.Name, "--yes");
        await Begun(host);
        killed.Kill();

        using var next = cfg.Start("apply", recipe, "--host", host.Name, "--yes");
        var said = next.StandardOutput.ReadToEndAsync();
        await Says(next, "its connection is gone");
        await Go(host);
        await next.WaitForExitAsync();

        Assert.Equal(0, next.ExitCode);
        Assert.Contains("finished there after the connection of its run was lost", await said, StringComparison.Ordinal);
        Assert.Equal("once x", await host.Sh("echo $(cat /srv/done /srv/behind)"));
        await cfg.Run(0, "plan", recipe, "--host", host.Name, "--exit-code");
        await IsFree(host);
    }

    [LabFact]
    public async Task An_orphaned_apt_is_waited_for_and_its_work_is_not_done_twice()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update; echo 'DPkg::Pre-Invoke {\"touch /srv/begun; sleep 5\";};' >/etc/apt/apt.conf.d/slow");
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("site.csx", """On("all", new Package("tree"));""");
        using var killed = cfg.Start("apply", recipe, "--host", host.Name, "--yes");
        await Begun(host);
        killed.Kill();

        var next = await cfg.Run(0, "apply", recipe, "--host", host.Name, "--yes");

        Assert.Contains("package tree: finished there after the connection of its run was lost", next.Stdout, StringComparison.Ordinal);
        Assert.Equal("1", await host.Sh("grep -c 'status installed tree' /var/log/dpkg.log"));
        await cfg.Run(0, "plan", recipe, "--host", host.Name, "--exit-code");
    }

    [LabFact]
    public async Task What_may_be_cut_ends_soon_after_its_connection()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write(
            "site.csx",
            Site.Replace("sleep 0.2", "sleep 1000", StringComparison.Ordinal).Replace("Uncut = true,", "", StringComparison.Ordinal)
        );
        using var killed = cfg.Start("apply", recipe, "--host", host.Name, "--yes");
        await Begun(host);
        killed.Kill();

        await IsFree(host);

        Nothing.In(await host.Sh("ps -eo args | grep '[s]leep 1000' || true"));
        Assert.Equal("gone", await host.Sh("[ -e /srv/behind ] || echo gone"));
        var next = await cfg.Run(
            0,
            "apply",
            cfg.Write("quick.csx", "On(\"all\", new File(\"/srv/quick\") { Content = \"x\" });"),
            "--host",
            host.Name,
            "--yes"
        );
        Assert.DoesNotContain("waiting", next.Stderr, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_host_that_went_down_while_it_was_locked_is_free_when_it_is_back()
    {
        await using var host = await lab.StartHostAsync();
        var first = Rig.Apply(lab.SshConfig, host.Name, new Command($"touch /srv/begun; sleep 100") { Touches = ["/srv/begun"] });
        await Begun(host);
        await host.Kill();
        await host.Start();
        Assert.IsType<ConnectionLostException>((await first).Report.Error);

        await using var engine = Another(host, [Quick], wait: null);
        var report = await engine.Apply(await engine.Plan(_ => { }, default), _ => { }, default, default);

        Assert.True(report.Succeeded);
    }

    [LabFact]
    public async Task A_host_that_can_keep_no_record_is_left_alone()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "mount -t tmpfs -o ro none /var/lib/systemd; mkdir -p /var/lib/configengine && mount -t tmpfs -o ro none /var/lib/configengine"
        );

        var applied = await Rig.Apply(lab.SshConfig, host.Name, Quick);

        Assert.IsType<CannotKeepException>(applied.Report.Error);
        Assert.Contains("Read-only file system", applied.Error, StringComparison.Ordinal);
        Assert.Equal("gone", await host.Sh("[ -e /srv/quick ] || echo gone"));
    }

    Engine Another(LabHost host, IReadOnlyList<IDeclaration> resources, TimeSpan? wait, Action<string>? says = null)
    {
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On("all", resources);
        return new(
            catalog,
            new(),
            Ways.Connector(lab.SshConfig),
            new()
            {
                Everywhere = new(host.Name),
                KeepSessions = true,
                Changes = true,
                WaitForLock = wait,
                Say = (_, text) => says?.Invoke(text),
                Run = new("other", "bob@desk"),
            }
        );
    }

    static Task Begun(LabHost host) => host.Until("test -e /srv/begun");

    static Task<string> Go(LabHost host) => host.Sh("touch /srv/go");

    /// <summary>Waits until a program prints these words on its standard error.</summary>
    static async Task Says(Process program, string words)
    {
        var said = "";
        while (!said.Contains(words, StringComparison.Ordinal))
            said += await program.StandardError.ReadLineAsync() is { } line
                ? $"{line}\n"
                : throw new LabException($"it ended without the words \"{words}\"\n{said}");
        _ = program.StandardError.ReadToEndAsync();
    }

    /// <summary>Soon nobody has the lock, and no note says that somebody has.</summary>
    static async Task IsFree(LabHost host) =>
        await host.Until("flock -n /run/configengine/lock true && [ ! -e /run/configengine/uncut ]", instead: "cat /run/configengine/*");
}
