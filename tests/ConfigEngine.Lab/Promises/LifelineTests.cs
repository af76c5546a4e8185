using System.Diagnostics;
using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>A change that cuts the way to its host is undone by the host itself, in time, and told as a failure.</summary>
[Collection("lab")]
public sealed class LifelineTests(Lab lab)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    static readonly SystemdUnit Sshd = new("ssh.service");

    /// <summary>What an administrator gets wrong, and what must be as before afterwards.</summary>
    static readonly (string Name, Func<LabHost, IDeclaration> Mistake, string Look)[] Mistakes =
    [
        ("port", _ => new File("/etc/ssh/sshd_config.d/port.conf") { Content = "Port 2222\n", Notifies = [Sshd.Restart] }, "ls /etc/ssh/sshd_config.d; sshd -T | grep ^port"),
        ("sudoers", _ => new Command($"echo 'deploy ALL=(ALL) !ALL' >/etc/sudoers.d/zz; chmod 440 /etc/sudoers.d/zz") { Touches = ["/etc/sudoers.d"] }, "ls /etc/sudoers.d; sudo -l -U deploy | tail -1"),
        ("key", host => new File("/home/deploy/.ssh/authorized_keys") { Content = "# nobody\n", Owner = "deploy" }, "cat /home/deploy/.ssh/authorized_keys"),
        ("route", _ => new Command($"ip route add unreachable $(echo $SSH_CONNECTION | cut -d' ' -f1) || ip route add unreachable $(ss -Htn state established '( sport = :22 )' | awk 'NR==1 {{split($4,a,\":\"); print a[1]}}')") { Touches = [], MayCutConnection = true }, "ip route"),
        ("firewall", _ => new Command($"nft add table inet t; nft add chain inet t in '{{ type filter hook input priority 0; policy accept; }}'; nft add rule inet t in tcp dport 22 drop") { Touches = [], MayCutConnection = true }, "nft list ruleset"),
    ];

    [LabFact]
    public async Task Every_mistake_is_undone_and_told_twenty_times_of_twenty() =>
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MakeEveryMistake()));

    async Task MakeEveryMistake()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get install -qy --no-install-recommends nftables");
        foreach (var (name, mistake, look) in Mistakes)
        {
            var before = await host.Sh(look);
            var clock = Stopwatch.StartNew();

            var report = await Apply(new($"{host.Name}-deploy") { Become = Become.Sudo }, [mistake(host)], [new File("/srv/behind") { Content = "x" }]);

            Assert.True(report.Error is WayCutException, $"{name}: {report.Error}");
            Assert.Contains("the change is undone", report.Error.Message, StringComparison.Ordinal);
            Assert.Single(report.In(ChangeState.Undone));
            Assert.Equal(["file /srv/behind"], report.In(ChangeState.NotBegun));
            Assert.Equal(before, await host.Sh(look));
            Assert.InRange(clock.Elapsed, Patience, TimeSpan.FromSeconds(60));
        }
    }

    [LabFact]
    public async Task What_leaves_the_way_open_stays_and_leaves_nothing_behind()
    {
        await using var host = await lab.StartHostAsync();

        var report = await Apply(
            new($"{host.Name}-deploy") { Become = Become.Sudo },
            [new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n", Notifies = [Sshd.Restart] }],
            [new File("/srv/behind") { Content = "x" }]);

        Assert.Null(report.Error);
        await Task.Delay(Patience + TimeSpan.FromSeconds(1));
        Assert.Equal("x", await host.Sh("cat /srv/behind; test -e /etc/ssh/sshd_config.d/quiet.conf"));
        Assert.Equal("", await host.Sh("ls -A /var/lib/configengine | grep lifeline || true; ps -eo args | grep '/[l]ifeline/' || true"));
    }

    /// <summary>Another run can die between this one's plan and its lock.</summary>
    [LabFact]
    public async Task What_a_run_armed_that_is_gone_does_not_go_off_in_the_middle_of_the_next()
    {
        await using var host = await lab.StartHostAsync();
        const string kept = "/var/lib/configengine/lifeline";

        var applied = await Rig.Apply(lab.SshConfig, new Host(host.Name), [new File("/srv/one") { Content = "x" }], _ => host.Sh($"mkdir -p {kept}; echo 3 >{kept}/armed"));
        Assert.Equal("", applied.Error);
        Assert.Equal("confirmed", await host.Sh($"cat {kept}/verdict; test -d {kept}/decided3"));

        applied = await Rig.Apply(lab.SshConfig, new Host(host.Name), [new File("/srv/two") { Content = "x" }], _ => host.Sh(
            $"mkdir -p {kept}/decided4; echo 4 >{kept}/armed; (sleep 3; date +%s >/srv/restored; echo restored >{kept}/verdict) >/dev/null 2>&1 &"));
        Assert.Equal("", applied.Error);
        Assert.Equal("behind", await host.Sh("[ $(stat -c %Y /srv/two) -lt $(cat /srv/restored) ] || echo behind"));
    }

    [LabFact]
    public async Task The_plan_says_it()
    {
        await using var host = await lab.StartHostAsync();

        var plan = await Rig.Plan(lab.SshConfig, host.Name, new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n" });

        Assert.Contains("/etc/ssh is part of how the host is reached: the host undoes it unless a new connection can be made behind it", plan.Changes.Single().Effects.Select(effect => effect.Detail));
    }

    async Task<HostReport> Apply(Host host, params IReadOnlyList<IReadOnlyList<IDeclaration>> blocks)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        foreach (var resources in blocks)
            dsl.On(host, resources);
        return (await Rig.Apply(lab.SshConfig, catalog, new() { Lifeline = Patience })).Hosts[0];
    }
}
