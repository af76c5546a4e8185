using ConfigEngine.Resources;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What is declared and not there comes to be, also where nothing is said of it but that it should be there.</summary>
[Collection("lab")]
public sealed class DeclaredTests(Lab lab)
{
    /// <summary>Each resource with no more than it must have, and what shows that it is there.</summary>
    static readonly (Resource Resource, string IsThere)[] Bare =
    [
        (new UserGroup("deployers"), "getent group deployers"),
        (new User("app"), "getent passwd app && test -d /home/app"),
        (new User("daemonlike") { System = true }, "getent passwd daemonlike && ! test -e /home/daemonlike"),
        (
            new AuthorizedKey("app", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ"),
            "grep -q AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ /home/app/.ssh/authorized_keys"
        ),
        (new SshKey("app"), "ssh-keygen -l -f /home/app/.ssh/id_ed25519.pub"),
        (new Directory("/srv/made"), "test -d /srv/made"),
        (new File("/srv/empty") { Content = "" }, "test -f /srv/empty"),
        (new Symlink("/srv/link") { Target = "nowhere" }, "test -L /srv/link"),
        (new Tree("/srv/tree") { From = [] }, "test -d /srv/tree"),
        (new Line("/etc/login.defs", "# here"), "grep -qx '# here' /etc/login.defs"),
        (new Block("/etc/bash.bashrc", "here") { Content = "" }, "grep -qx '# BEGIN here' /etc/bash.bashrc"),
        (new HostsEntry("203.0.113.9") { Names = ["nine"] }, "getent hosts nine"),
        (new Hostname("declared"), "test $(hostname) = declared"),
        (new Timezone("Europe/Vienna"), "readlink /etc/localtime | grep -q Vienna"),
        (new Sysctl("net.ipv4.ip_forward") { Value = "1" }, "test $(cat /proc/sys/net/ipv4/ip_forward) = 1"),
        (new PackageIndex(), "ls /var/lib/apt/lists/*Packages*"),
        (new Package("cfg-demo-lib"), "dpkg -s cfg-demo-lib | grep -q 'ok installed'"),
        (
            new AptRepository("more")
            {
                Uris = ["file:/srv/more"],
                Suites = ["./"],
                Unsigned = true,
            },
            "test -f /etc/apt/sources.list.d/more.sources"
        ),
        (new Mount("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" }, "findmnt /srv/scratch"),
        (new CronJob("beat") { Schedule = "@daily", Command = $"true" }, "test -f /etc/cron.d/beat"),
        (new Sudoers("app") { Rules = [new("app") { Commands = ["/usr/bin/true"] }] }, "test -f /etc/sudoers.d/app"),
        (new UnitFile("bare.service") { Service = new() { ExecStart = ["/bin/true"] } }, "systemctl cat bare.service"),
        (new Command($"touch /srv/ran"), "test -e /srv/ran"),
    ];

    /// <summary>Those that a host of the lab cannot have, or that have tests of their own for it.</summary>
    static readonly string[] Elsewhere = ["Download", "GitCheckout", "KernelModule", "Reboot", "SystemdUnit"];

    [LabFact]
    public async Task Case_01_Everything_that_is_declared_and_not_there_is_a_change_and_is_there_after_it()
    {
        var known = Bare.Select(each => each.Resource.GetType().Name).Concat(Elsewhere).ToHashSet();
        var types = typeof(Resource).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Resource)));
        Assert.All(
            types.Where(type => type.Name is not ("Absent" or ['N', 'o', >= 'A' and <= 'Z', ..])),
            type => Assert.Contains(type.Name, known)
        );
        await using var host = await lab.StartHostAsync();
        await host.Sh("rm -rf /var/lib/apt/lists/*; cp -r /srv/apt /srv/more");
        Resource[] all = [.. Bare.Select(each => each.Resource)];

        var plan = await Rig.Plan(lab.SshConfig, host.Name, all);
        Assert.Empty(plan.Hosts[0].Obstacles);
        Assert.Equal(all.Select(resource => resource.Address), plan.Changes.Select(change => change.Address));
        var applied = await Rig.Apply(lab.SshConfig, host.Name, all);

        Assert.Equal("", applied.Error);
        foreach (var (resource, isThere) in Bare)
            Assert.True((await host.Run(isThere)).Exit == 0, $"{resource.Address} is not there: {isThere}");
        Assert.Equal(["command touch /srv/ran"], (await Rig.Plan(lab.SshConfig, host.Name, all)).Changes.Select(change => change.Address));
    }

    [LabFact]
    public async Task A_directory_that_a_mount_makes_and_a_home_that_a_user_gets_stand_in_the_plan()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("useradd -M carl; useradd -m dora; useradd -m evan");
        Resource[] all =
        [
            new Mount("/srv/data/deep") { Device = "tmpfs", Type = "tmpfs" },
            new File("/srv/data/deep/file") { Content = "x\n" },
            new User("bob"),
            new File("/home/bob/file") { Content = "x\n", Owner = "bob" },
            new User("carl") { HomeExists = true },
            new User("dora") { Home = "/srv/dora" },
            new File("/srv/dora/file") { Content = "x\n" },
            new NoUser("evan"),
            new Absent("/home/evan"),
        ];

        var plan = (await Rig.Plan(lab.SshConfig, host.Name, all)).Hosts[0];
        Assert.Equal("", plan.Error?.Message ?? "");
        string[] lines =
        [
            .. plan.Changes.SelectMany(
                change => change.Attributes,
                (change, attribute) => $"{change.Address}: {attribute.Name} {attribute.Before} → {attribute.After}"
            ),
        ];
        Assert.Contains("mount /srv/data/deep: mount-point absent → directory", lines);
        Assert.Contains("user bob: home-exists  → True", lines);
        Assert.Contains("user carl: home-exists False → True", lines);
        Assert.Contains(
            "moves nothing out of /home/dora, and makes /srv/dora where it is not there",
            plan.Changes.Single(change => change.Key is "dora").Notes
        );
        Assert.Equal(["does not remove /home/evan"], plan.Changes.Single(change => change.Kind is "no-user").Notes);

        Assert.Equal("", (await Rig.Apply(lab.SshConfig, host.Name, all)).Error);
        await host.Sh(
            "cat /srv/data/deep/file /home/bob/file /srv/dora/file && test -d /home/carl && test -d /home/dora && ! test -e /home/evan"
        );
    }
}
