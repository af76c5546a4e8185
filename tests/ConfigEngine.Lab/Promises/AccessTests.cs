using ConfigEngine.Resources;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What a session may not do is no exact line of a plan: it is told when it is planned, with the way out.</summary>
[Collection("lab")]
public sealed class AccessTests(Lab lab)
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    /// <summary>Something of each sort, none of which an ordinary user can make.</summary>
    static readonly Resource[] ForRoot =
    [
        new File("/srv/file") { Content = "x\n" }, new Directory("/srv/directory"), new Symlink("/srv/link") { Target = "x" }, new Tree("/srv/tree") { From = [] }, new Absent("/srv/old"),
        new Line("/etc/login.defs", "# x"), new Block("/etc/bash.bashrc", "x") { Content = "x\n" }, new NoLine("/etc/hosts") { Matching = "localhost" }, new HostsEntry("203.0.113.9") { Names = ["nine"] },
        new Hostname("other"), new Timezone("Europe/Vienna"), new Sysctl("net.ipv4.ip_forward") { Value = "1" }, new UserGroup("deployers"), new User("app"), new AuthorizedKey("deploy", Key),
        new Package("cfg-demo"), new Mount("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" }, new CronJob("beat") { Schedule = "@daily", Command = $"true" }, new SystemdUnit("cron.service") { Masked = true },
        new UnitFile("bare.service") { Service = new() { ExecStart = ["/bin/true"] } }, new Reboot { When = RebootWhen.Always },
    ];

    [LabFact]
    public async Task Case_19_What_cannot_be_written_is_an_error_when_it_is_planned()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("""
            mkdir /srv/old /srv/ro /srv/plain /srv/bits; chown plain /srv/plain
            echo old >/srv/fixed.conf; echo old >/srv/bits/x; echo old >/srv/mounted; echo old >/srv/other
            mount -t tmpfs -o ro none /srv/ro; mount --bind /srv/other /srv/mounted
            echo plain | tee /srv/plain/mine >/srv/plain/theirs; chown plain:plain /srv/plain/mine
            """);
        var canBeImmutable = (await host.Run("chattr +i /srv/fixed.conf /srv/bits")).Exit == 0;

        // As somebody who is not root, and forgot to become it.
        var plain = await Plan($"{host.Name}-plain", ForRoot);
        Assert.Equal(ForRoot.Select(resource => resource.Address), plain.Obstacles.Select(entry => entry.Resource.Address));
        Assert.All(plain.Obstacles, entry => Assert.Matches("acts as plain, (who cannot (write|change) /|and only root (or deploy )?can do this)", entry.Obstacle?.Message));
        Assert.All(plain.Obstacles, entry => Assert.EndsWith("hint: add --become, or Become = Become.Sudo on the host; or name another user with As", entry.Obstacle?.Message, StringComparison.Ordinal));

        // What that user may do is exact, and done.
        var theirs = await Plan($"{host.Name}-plain", new File("/srv/plain/theirs") { Content = "y\n" });
        Assert.Contains("acts as plain, who cannot change /srv/plain/theirs", theirs.Error?.Message, StringComparison.Ordinal);
        IDeclaration[] own = [new File("/srv/plain/mine") { Content = "x\n" }, new Absent("/srv/plain/theirs"), new Directory("/srv/plain/deep"), new File("/srv/plain/mine2") { Content = "x\n" }];
        var done = await Rig.Apply(lab.SshConfig, $"{host.Name}-plain", own);
        Assert.Equal("", done.Error);
        Assert.All(done.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));

        Assert.Equal(Certainty.Exact, Assert.Single((await Plan($"{host.Name}-plain", new AuthorizedKey("plain", Key))).Changes).Certainty);

        // Root as that user may do as much.
        var other = await Plan(host.Name, new File("/srv/file") { Content = "x\n", As = "plain" }, new File("/srv/plain/third") { Content = "x\n", As = "plain" }, new User("app") { As = "plain" });
        Assert.Equal(["file /srv/file", "user app"], other.Obstacles.Select(entry => entry.Resource.Address));

        // Root itself, where not even root can.
        var root = await Plan(host.Name,
            new File("/srv/ro/file") { Content = "x\n" }, new Directory("/srv/ro/d"), new File("/srv/mounted") { Content = "x\n" }, new Sysctl("kernel.version") { Value = "1" },
            new File("/srv/fixed.conf") { Content = "new\n" }, new File("/srv/bits/y") { Content = "y\n" }, new Absent("/srv/bits/x"), new File("/srv/good") { Content = "x\n" });
        string[] refused = [.. root.Obstacles.Select(entry => entry.Obstacle?.Message ?? "")];
        Assert.Contains("file /srv/ro/file: /srv/ro is on a read-only file system", refused[0], StringComparison.Ordinal);
        Assert.Contains("directory /srv/ro/d: /srv/ro is on a read-only file system", refused[1], StringComparison.Ordinal);
        Assert.Contains("file /srv/mounted: something is mounted on /srv/mounted itself", refused[2], StringComparison.Ordinal);
        Assert.Contains("sysctl kernel.version: /proc/sys/kernel/version cannot be written", refused[3], StringComparison.Ordinal);
        Assert.Contains(root.Changes, change => change is { Key: "/srv/good", Certainty: Certainty.Exact });
        Assert.True(canBeImmutable, "chattr +i does not work on this file system, so that half of case 19 was not tried");
        Assert.Contains("file /srv/fixed.conf: /srv/fixed.conf is immutable (lsattr(1))\n  hint: where it should change, take that away: chattr -i /srv/fixed.conf", refused[4], StringComparison.Ordinal);
        Assert.Contains("file /srv/bits/y: /srv/bits is immutable", refused[5], StringComparison.Ordinal);
        Assert.Contains("absent /srv/bits/x: /srv/bits is immutable", refused[6], StringComparison.Ordinal);
        Assert.Equal(7, refused.Length);
        Assert.Empty((await Plan(host.Name, new File("/srv/fixed.conf") { Content = "old\n" })).Obstacles);
        await host.Run("chattr -i /srv/fixed.conf /srv/bits; umount /srv/mounted");
    }

    [LabFact]
    public async Task A_directory_whose_owner_goes_first_is_removed_in_the_same_run()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("useradd -m ann; mkdir -p /srv/ann /srv/kept; touch /srv/kept/file; chown ann /srv/ann /srv/kept /srv/kept/file");

        var applied = await Rig.Apply(lab.SshConfig, host.Name,
            new NoUser("ann"), new Absent("/srv/ann"), new Directory("/srv/kept") { Mode = "0700" }, new File("/srv/kept/file") { Content = "x\n" }, new Absent("/home/ann"));

        Assert.Equal("", applied.Error);
        Assert.All(applied.Plan.Changes.Where(change => change.Key is not "/home/ann"), change => Assert.Equal(Certainty.Exact, change.Certainty));
        Assert.NotEqual(0, (await host.Run("test -e /srv/ann || test -e /home/ann || id ann")).Exit);
    }

    async Task<HostPlan> Plan(string host, params IReadOnlyList<IDeclaration> resources) => (await Rig.Plan(lab.SshConfig, host, resources)).Hosts[0];
}
