using System.Diagnostics;
using ConfigEngine.Resources;
using Command = ConfigEngine.Resources.Command;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>A change that cuts the way to its host is undone by the host itself, in time, and told as a failure.</summary>
[Collection("lab")]
public sealed partial class LifelineTests(Lab lab)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    static readonly SystemdUnit Sshd = new("ssh.service");

    /// <summary>What an administrator gets wrong, and what must be as before afterwards.</summary>
    static readonly (string Name, Func<LabHost, IDeclaration> Mistake, string Look)[] Mistakes =
    [
        (
            "port",
            _ => new File("/etc/ssh/sshd_config.d/port.conf") { Content = "Port 2222\n", Notifies = [Sshd.Restart] },
            "ls /etc/ssh/sshd_config.d; sshd -T | grep ^port"
        ),
        (
            "sudoers",
            _ => new Command($"echo 'deploy ALL=(ALL) !ALL' >/etc/sudoers.d/zz; chmod 440 /etc/sudoers.d/zz")
            {
                Touches = ["/etc/sudoers.d"],
            },
            "ls /etc/sudoers.d; sudo -l -U deploy | tail -1"
        ),
        (
            "key",
            host => new File("/home/deploy/.ssh/authorized_keys") { Content = "# nobody\n", Owner = "deploy" },
            "cat /home/deploy/.ssh/authorized_keys"
        ),
        (
            "route",
            _ => new Command(
                $"ip route add unreachable $(echo $SSH_CONNECTION | cut -d' ' -f1) || ip route add unreachable $(ss -Htn state "
                    + $"established '( sport = :22 )' | awk 'NR==1 {{split($4,a,\":\"); print a[1]}}')"
            )
            {
                Touches = [],
                MayCutConnection = true,
            },
            "ip route"
        ),
        (
            "firewall",
            _ => new Command(
                $"nft add table inet t; nft add chain inet t in '{{ type filter hook input priority 0; policy accept; }}'; nft add rule "
                    + $"inet t in tcp dport 22 drop"
            )
            {
                Touches = [],
                MayCutConnection = true,
            },
            "nft list ruleset"
        ),
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

            var report = await Apply(
                new($"{host.Name}-deploy") { Become = Become.Sudo },
                [mistake(host)],
                [new File("/srv/behind") { Content = "x" }]
            );

            Assert.True(report.Error is WayCutException, $"{name}: {report.Error}");
            Assert.True(((WayCutException)report.Error).IsUndone, report.Error.Message);
            Assert.Contains("the change is undone", report.Error.Message, StringComparison.Ordinal);
            var undone = mistake(host) is Command ? ChangeState.PartlyUndone : ChangeState.Undone;
            Assert.Equal(
                [undone],
                report.Changes.Where(change => change.State is not ChangeState.NotBegun).Select(change => change.State).Distinct()
            );
            Assert.Equal(["file /srv/behind"], report.In(ChangeState.NotBegun));
            Assert.Equal(before, await host.Sh(look));
            Assert.InRange(clock.Elapsed, Patience, TimeSpan.FromSeconds(60));
        }
    }

    [LabFact]
    public async Task A_removal_that_shuts_the_door_is_undone_too()
    {
        await using var host = await lab.StartHostAsync();
        const string look = "stat -c '%n %U %a' /home/deploy/.ssh /home/deploy/.ssh/*; cat /home/deploy/.ssh/authorized_keys";
        var before = await host.Sh(look);

        foreach (var removed in (string[])["/home/deploy/.ssh", "/home/deploy/.ssh/authorized_keys"])
        {
            var report = await Apply(new($"{host.Name}-deploy") { Become = Become.Sudo }, [new NoPath(removed)]);

            Assert.True(report.Error is WayCutException { IsUndone: true }, $"{removed}: {report.Error}");
            Assert.Equal(before, await host.Sh(look));
        }
    }

    [LabFact]
    public async Task What_leaves_the_way_open_stays_and_leaves_nothing_behind()
    {
        await using var host = await lab.StartHostAsync();

        var report = await Apply(
            new($"{host.Name}-deploy") { Become = Become.Sudo },
            [new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n", Notifies = [Sshd.Restart] }],
            [new File("/srv/behind") { Content = "x" }]
        );

        Assert.Null(report.Error);
        await Task.Delay(Patience + TimeSpan.FromSeconds(1));
        Assert.Equal("x", await host.Sh("cat /srv/behind; test -e /etc/ssh/sshd_config.d/quiet.conf"));
        Nothing.In(await host.Sh("ls -A /var/lib/configengine | grep lifeline || true; ps -eo args | grep '/[l]ifeline/' || true"));
    }

    /// <summary>Another run can die between this one's plan and its lock.</summary>
    [LabFact]
    public async Task What_a_run_armed_that_is_gone_does_not_go_off_in_the_middle_of_the_next()
    {
        await using var host = await lab.StartHostAsync();
        const string kept = "/var/lib/configengine/lifeline";

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            [new File("/srv/one") { Content = "x" }],
            _ => host.Sh($"mkdir -p {kept}/undecided3; echo 3 >{kept}/guard; echo confirmed >{kept}/confirmed")
        );
        Nothing.In(applied.Error);
        Assert.Equal("confirmed", await host.Sh($"cat {kept}/verdict; test -d {kept}/decided3"));

        applied = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            [new File("/srv/two") { Content = "x" }],
            _ =>
                host.Sh(
                    $"mkdir -p {kept}/restoring4; echo 4 >{kept}/guard; (sleep 3; date +%s >/srv/restored; echo restored "
                        + $">{kept}/verdict) >/dev/null 2>&1 &"
                )
        );
        Nothing.In(applied.Error);
        Assert.Equal("behind", await host.Sh("[ $(stat -c %Y /srv/two) -lt $(cat /srv/restored) ] || echo behind"));
    }

    [LabFact]
    public async Task The_plan_says_it()
    {
        await using var host = await lab.StartHostAsync();

        var plan = await Rig.Plan(
            lab.SshConfig,
            host.Name,
            new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n" },
            new User("alice") { Groups = ["users"] }
        );

        Assert.Equal(
            [
                "could cut off SSH: rolled back automatically unless cfg can reconnect within 60 s",
                "changes login access: rolled back automatically unless cfg can reconnect",
            ],
            plan.Changes.Select(change => change.Effects[^1].Detail)
        );
    }

    /// <summary>Nothing is put back where nothing was cut, however long a step takes, or several of them together.</summary>
    [LabFact]
    public async Task What_takes_longer_than_the_patience_is_not_undone()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile("/usr/local/sbin/useradd", "#!/bin/sh\nsleep 1\nexec /usr/sbin/useradd \"$@\"\n");
        await host.Sh(
            "chmod 755 /usr/local/sbin/useradd; mv /usr/sbin/useradd /usr/sbin/useradd.real; sed -i s,sbin/useradd,sbin/useradd.real, "
                + "/usr/local/sbin/useradd; ln -s /usr/local/sbin/useradd /usr/sbin/useradd"
        );
        string[] names = [.. Enumerable.Range(1, 9).Select(i => $"user{i}")];

        var report = await Apply(
            new(host.Name),
            [.. names.Select(name => new User(name) { Home = $"/home/{name}" })],
            [new Command($"sleep 13; touch /srv/done") { Touches = ["/srv"], MayCutConnection = true }]
        );

        Assert.Null(report.Error);
        Assert.Empty(report.In(ChangeState.NotBegun));
        await Task.Delay(Patience + TimeSpan.FromSeconds(2));
        Assert.Equal(
            "9 9",
            await host.Sh("test -e /srv/done; echo $(grep -c ^user[1-9]: /etc/passwd) $(stat -c %u /home/user[1-9] | sort -u | wc -l)")
        );
        foreach (var name in names)
            Assert.Equal(name, await host.Sh($"stat -c %U /home/{name}"));
    }

    /// <summary>
    /// A package adds a user of its own between two risky changes; that one, and what was confirmed, outlive the undo of the
    /// second.
    /// </summary>
    [LabFact]
    public async Task What_was_confirmed_and_what_a_package_added_in_between_is_not_undone()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            mkdir -p /srv/more/tree/DEBIAN
            printf 'Package: cfg-daemon\nVersion: 1.0-1\nArchitecture: all\nMaintainer: lab\nDescription: a user of its own\n' >/srv/more/tree/DEBIAN/control
            printf '#!/bin/sh\nuseradd --system cfg-daemon\n' >/srv/more/tree/DEBIAN/postinst
            chmod 755 /srv/more/tree/DEBIAN/postinst
            cd /srv/more && dpkg-deb --root-owner-group --build tree cfg-daemon.deb >/dev/null
            { cat tree/DEBIAN/control; echo "Filename: ./cfg-daemon.deb"; echo "Size: $(stat -c %s cfg-daemon.deb)"; echo "SHA256: $(sha256sum cfg-daemon.deb | cut -d' ' -f1)"; } >Packages
            echo 'deb [trusted=yes] file:/srv/more ./' >/etc/apt/sources.list.d/more.list
            apt-get -q update
            """
        );

        var report = await Apply(
            new(host.Name),
            [
                new User("alice") { Home = "/home/alice" },
                new Package("cfg-daemon"),
                new Command($"echo 'mallory:x:4242:4242::/:/bin/sh' >>/etc/passwd; {CutOff}")
                {
                    Touches = ["/etc/passwd"],
                    MayCutConnection = true,
                },
            ]
        );

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Assert.Equal([ChangeState.Done, ChangeState.Done, ChangeState.PartlyUndone], report.Changes.Select(change => change.State));
        Assert.Equal("alice cfg-daemon", await host.Sh("echo $(grep -oE '^(alice|cfg-daemon|mallory):' /etc/passwd | tr -d :)"));
        await host.Sh("pwck -r -q; grep -q ^alice: /etc/shadow");
    }

    /// <summary>What the host could not put back is said, no file is worse for it, and the copy stays.</summary>
    [LabFact]
    public async Task A_full_file_system_costs_no_account_and_is_told()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("cp -a /etc /srv/etc; mount -t tmpfs -o size=16m,mode=755 tmpfs /etc; cp -a /srv/etc/. /etc/");
        const string files = "/etc/passwd /etc/shadow /etc/gshadow /etc/sudoers";
        var before = await host.Sh($"sha256sum {files}");

        var report = await Apply(
            new(host.Name),
            [
                new Command(
                    $"echo 'mallory:x:4242:4242::/:/bin/sh' >>/etc/passwd; dd if=/dev/zero of=/etc/full bs=64k 2>/dev/null || dd "
                        + $"if=/dev/zero of=/etc/full2 bs=1 2>/dev/null || true; {CutOff}"
                )
                {
                    Touches = ["/etc"],
                    MayCutConnection = true,
                },
            ]
        );

        Assert.True(report.Error is WayCutException { IsUndone: false }, $"{report.Error}");
        Assert.Contains(
            "only a part of what was there before. Not: /etc/passwd: No space left on device",
            report.Error.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("is undone", report.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ChangeState.PartlyUndone, report.Changes.Single().State);
        Assert.Equal("mallory", await host.Sh("tail -n 1 /etc/passwd | cut -d: -f1"));
        Assert.Equal(before.Split('\n')[1..], (await host.Sh($"sha256sum {files}")).Split('\n')[1..]);
        Assert.Equal("root", await host.Sh("head -n 1 /etc/passwd | cut -d: -f1"));

        await host.Sh("rm /etc/full*");
        Nothing.In(
            (await Rig.Apply(lab.SshConfig, new Host(host.Name), [new File("/srv/next") { Content = "x" }], _ => Task.CompletedTask)).Error
        );
        Assert.Equal(
            before.Split('\n')[0].Split(' ')[0],
            (await host.Sh("sha256sum /var/lib/configengine/not-restored-*/1/files/etc/passwd")).Split(' ')[0]
        );
    }

    /// <summary>Neighbours are proven together, and undone together.</summary>
    [LabFact]
    public async Task Of_two_steps_of_which_the_second_cuts_both_are_undone()
    {
        await using var host = await lab.StartHostAsync();

        var report = await Apply(
            new(host.Name),
            [
                new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n" },
                new Command($"{CutOff}; echo gone >/srv/elsewhere") { Touches = ["/srv"], MayCutConnection = true },
                new File("/srv/never") { Content = "x" },
            ]
        );

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Assert.Equal([ChangeState.Undone, ChangeState.PartlyUndone, ChangeState.NotBegun], report.Changes.Select(change => change.State));
        Assert.Contains("What else it did stays", report.Error.Message, StringComparison.Ordinal);
        Assert.Equal("gone", await host.Sh("cat /srv/elsewhere; test ! -e /etc/ssh/sshd_config.d/quiet.conf; test ! -e /srv/never"));
    }

    /// <summary>Without room for a copy nothing is risked, and what was done before it is proven all the same.</summary>
    [LabFact]
    public async Task A_step_of_which_no_copy_can_be_kept_is_not_begun_and_its_neighbour_stays()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("mkdir -p /var/lib/configengine; mount -t tmpfs -o size=160k tmpfs /var/lib/configengine");

        var report = await Apply(
            new(host.Name),
            [
                new File("/etc/ssh/sshd_config.d/quiet.conf") { Content = "PrintMotd no\n" },
                new Command($"touch /srv/cut") { Touches = ["/srv"], MayCutConnection = true },
            ]
        );

        Assert.True(report.Error is CannotKeepException, $"{report.Error}");
        Assert.Equal([ChangeState.Done, ChangeState.NotBegun], report.Changes.Select(change => change.State));
        await Task.Delay(Patience + TimeSpan.FromSeconds(2));
        Assert.Equal(
            "1",
            await host.Sh("test ! -e /srv/cut; test -e /etc/ssh/sshd_config.d/quiet.conf; ls /var/lib/configengine/lifeline/copies")
        );
    }

    /// <summary>A user can put a link in the place of their .ssh before it is put back.</summary>
    [LabFact]
    public async Task Nothing_of_root_is_touched_behind_a_link_in_a_home()
    {
        await using var host = await lab.StartHostAsync();
        var before = await host.Sh(
            "cat /home/deploy/.ssh/authorized_keys; stat -c %U:%a /home/deploy/.ssh /home/deploy/.ssh/authorized_keys"
        );

        var report = await Apply(
            new($"{host.Name}-deploy") { Become = Become.Sudo },
            [
                new Command(
                    $"mkdir /srv/root; echo precious >/srv/root/file; rm -r /home/deploy/.ssh; ln -s /srv/root /home/deploy/.ssh; chown "
                        + $"-h deploy: /home/deploy/.ssh"
                )
                {
                    Touches = ["/srv"],
                    MayCutConnection = true,
                },
            ]
        );

        Assert.True(report.Error is WayCutException { IsUndone: true }, $"{report.Error}");
        Assert.Equal("file precious root", await host.Sh("echo $(ls /srv/root) $(cat /srv/root/file) $(stat -c %U /srv/root)"));
        Assert.Equal(
            before,
            await host.Sh("cat /home/deploy/.ssh/authorized_keys; stat -c %U:%a /home/deploy/.ssh /home/deploy/.ssh/authorized_keys")
        );
    }

    [LabFact]
    public async Task Who_is_not_root_can_change_their_own_keys()
    {
        await using var host = await lab.StartHostAsync();
        const string key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl other@laptop";

        var applied = await Rig.Apply(lab.SshConfig, $"{host.Name}-plain", new AuthorizedKey("plain", key));

        Nothing.In(applied.Error);
        Assert.Equal("2", await host.Sh("grep -c ^ssh- /home/plain/.ssh/authorized_keys"));
    }

    static Shell CutOff => $"systemctl stop ssh.socket ssh.service 2>/dev/null || systemctl stop ssh.service";

    async Task<HostReport> Apply(Host host, params IReadOnlyList<IReadOnlyList<IDeclaration>> blocks)
    {
        Catalog catalog = new();
        Dsl dsl = new(catalog, new NoLocalFiles());
        foreach (var resources in blocks)
            dsl.On(host, resources);
        return (await Rig.Apply(lab.SshConfig, catalog, new() { Lifeline = Patience })).Hosts[0];
    }
}
