using ConfigEngine.Lab.Faults;

namespace ConfigEngine.Lab;

/// <summary>A real <c>cfg</c> that is told to stop in the midst of a change, by a signal, by systemd, or by its own deadlines.</summary>
[Collection("lab")]
public sealed class StoppingTests(Lab lab)
{
    /// <summary>Its command goes on when the host is told to: <see cref="GoOn"/>.</summary>
    const string Long = """
        On("all",
            new File("/srv/zero") { Content = "0\n" },
            new Command($"touch /srv/begun; until [ -e /run/go ]; do sleep 0.1; done; touch /srv/one") { Creates = "/srv/one", Touches = ["/srv"] },
            new File("/srv/two") { Content = "2\n" });
        """;

    [LabFact]
    public async Task Terminated_in_the_midst_of_a_command_it_finishes_that_and_ends_with_4()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        using RunningCfg apply = new(cfg.Start("apply", cfg.Write("long.csx", Long), "--host", host.Name, "--yes"));
        await Begun(host);

        await apply.Signal("TERM");
        await apply.Says(RunningCfg.Stopping);
        await GoOn(host);
        var ran = await apply.Ended(TimeSpan.FromSeconds(60));

        Assert.Equal(4, ran.Exit);
        Assert.Equal("begun one zero", await host.Sh("ls /srv | grep -v apt | xargs"));
        Assert.Equal("stopped", cfg.Journal()[^1].GetProperty("outcome").GetString());
        Assert.Equal(
            ["done", "done", "not-begun"],
            cfg.Journal()
                .Single(line => line.GetProperty("event").GetString() is "host-ended")
                .GetProperty("changes")
                .EnumerateArray()
                .Select(change => change.GetProperty("state").GetString())
        );
    }

    [LabFact]
    public async Task A_drain_that_takes_too_long_ends_and_says_where_every_host_was()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        using RunningCfg apply = new(
            cfg.Start("apply", cfg.Write("long.csx", Long), "--host", host.Name, "--yes", "--drain-timeout", "2s")
        );
        await Begun(host);

        await apply.Signal("TERM");
        var ran = await apply.Ended(TimeSpan.FromSeconds(15));

        Assert.Equal(130, ran.Exit);
        Assert.Matches(
            $@"--drain-timeout 2s was over before the running steps ended\. Where each host was:\n  {host.Name}  since \S+ \(\S+ s\) waiting for command touch /srv/begun",
            ran.Stderr
        );
        Assert.Equal(130, cfg.Journal()[^1].GetProperty("exitCode").GetInt32());
    }

    [LabFact]
    public async Task Asked_where_every_host_is_it_says_so_and_goes_on()
    {
        await using var one = await lab.StartHostAsync();
        await using var two = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write("infra.csx", $"""Group("all2", new Host("{one.Name}"), new Host("{two.Name}"));""");
        using RunningCfg apply = new(cfg.Start("apply", cfg.Write("long.csx", Long), "--yes"));
        await Begun(one);
        await Begun(two);

        await apply.Says($"{one.Name}: + file /srv/zero");
        await apply.Says($"{two.Name}: + file /srv/zero");

        await apply.Signal("USR1");
        await apply.Says("Where every host is:");
        await GoOn(one);
        await GoOn(two);
        var ran = await apply.Ended(TimeSpan.FromSeconds(60));

        Assert.Equal(0, ran.Exit);
        Assert.Matches(
            @"Where every host is:\n  \S+, \S+ \(2 hosts\)  since .* s\) waiting for command touch /srv/begun; .*, 1 change made\n",
            ran.Stderr
        );
    }

    [LabFact]
    public async Task A_host_that_does_not_end_in_time_fails_alone_with_what_was_waited_for()
    {
        await using var one = await lab.StartHostAsync();
        await using var two = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.Write("infra.csx", $"""Group("all2", new Host("{one.Name}"), new Host("{two.Name}"));""");
        await two.Sh("touch /srv/one");

        var ran = await cfg.Run(1, "apply", cfg.Write("long.csx", Long), "--yes", "--host-deadline", "8s");

        Assert.Matches(
            $@"{one.Name}  failed       1 change\n  error: stopped after --host-deadline 8s, while it waited for command touch /srv/begun; until \[ -e /run/go \]; do sleep 0\.1; done; touch /srv/one, since",
            ran.Stdout
        );
        Assert.Matches($@"{two.Name}  done         2 changes\n", ran.Stdout);
        Assert.Equal("failed", cfg.Journal()[^1].GetProperty("outcome").GetString());
    }

    /// <summary>The unit is the README's. cfg and its runtime are copied to the host.</summary>
    [LabFact]
    public async Task Stopped_by_systemd_it_drains_before_it_is_killed()
    {
        await using var host = await lab.StartHostAsync();
        var runtime = Path.GetDirectoryName(Environment.ProcessPath) ?? "";
        (
            await LocalCommand.Run(
                "sh",
                "-c",
                $"cd '{Program.Directory}' && tar -c --exclude=./Harness --exclude=./Recipes . | ssh -F '{lab.SshConfig}' "
                    + $"{host.Name} 'mkdir -p /opt/cfg && tar -x -C /opt/cfg'; cd '{runtime}' && tar -c dotnet host "
                    + $"shared/Microsoft.NETCore.App | ssh -F '{lab.SshConfig}' {host.Name} 'mkdir -p /opt/dotnet && tar -x -C "
                    + $"/opt/dotnet'"
            )
        ).Succeeded("copy cfg");
        await host.WriteFile("/srv/long.csx", Long);
        await host.WriteFile(
            "/etc/systemd/system/site.service",
            """
            [Service]
            Type=oneshot
            ExecStart=/opt/dotnet/dotnet /opt/cfg/cfg.dll apply /srv/long.csx --local --yes --drain-timeout 30s
            KillMode=mixed
            TimeoutStopSec=40
            SuccessExitStatus=4
            ExecStopPost=/bin/sh -c 'echo $SERVICE_RESULT $EXIT_CODE $EXIT_STATUS >/run/site.result'
            """
        );

        await host.Sh("systemctl start --no-block site.service");
        await Begun(host);
        await host.Sh("systemctl stop --no-block site.service");
        await host.Until($"journalctl -q -o cat -u site.service | grep -q '{RunningCfg.Stopping}'");
        await GoOn(host);
        await host.Until("test -e /run/site.result", TimeSpan.FromMinutes(1));

        Assert.Equal("success exited 4", await host.Sh("cat /run/site.result"));
        Assert.Equal("begun long.csx one zero", await host.Sh("ls /srv | grep -v apt | xargs"));
        Assert.Contains(
            "stopped, exit code 4",
            await host.Sh("HOME=/root /opt/dotnet/dotnet /opt/cfg/cfg.dll history last"),
            StringComparison.Ordinal
        );
    }

    static async Task GoOn(LabHost host) => await host.Sh("touch /run/go");

    static async Task Begun(LabHost host) => await host.Until("test -e /srv/begun", TimeSpan.FromMinutes(1));
}
