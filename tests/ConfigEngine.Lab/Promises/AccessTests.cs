using ConfigEngine.Resources;
using ConfigEngine.Tests.Resources;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What a session may not do is no exact line of a plan: it is told when it is planned, with the way out.</summary>
[Collection("lab")]
public sealed class AccessTests(Lab lab)
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    /// <summary>Something of each resource, none of which an ordinary user can make.</summary>
    static IReadOnlyList<Trial> ForRoot { get; } = AllSamples.Trials(sample => sample.Denied);

    [LabFact]
    public async Task Case_19_What_cannot_be_written_is_an_error_when_it_is_planned()
    {
        await using var host = await lab.StartHostAsync();
        foreach (var trial in ForRoot.Where(trial => trial.Prepare.Length > 0))
            await host.Sh(trial.Prepare);
        await host.Sh(
            """
            mkdir /srv/ro /srv/plain /srv/bits; chown plain /srv/plain
            echo old >/srv/fixed.conf; echo old >/srv/bits/x; echo old >/srv/mounted; echo old >/srv/other
            mount -t tmpfs -o ro none /srv/ro; mount --bind /srv/other /srv/mounted
            echo plain | tee /srv/plain/mine >/srv/plain/theirs; chown plain:plain /srv/plain/mine
            """
        );
        var canBeImmutable = (await host.Run("chattr +i /srv/fixed.conf /srv/bits")).Exit == 0;

        // As somebody who is not root, and forgot to become it.
        List<Entry> obstacles = [.. (await Plan($"{host.Name}-plain", [.. ForRoot.Select(trial => trial.Resource)])).Obstacles];

        // What a line before it may alter, such as a reboot, is asked by itself.
        foreach (var left in ForRoot.ExceptBy(obstacles.Select(entry => entry.Resource.Address), trial => trial.Resource.Address))
            obstacles.AddRange((await Plan($"{host.Name}-plain", left.Resource)).Obstacles);
        Assert.Equal(
            ForRoot.Select(trial => trial.Resource.Address).Order(StringComparer.Ordinal),
            obstacles.Select(entry => entry.Resource.Address).Order(StringComparer.Ordinal)
        );
        Assert.All(
            obstacles,
            entry =>
                Assert.Matches(
                    "acts as plain, (who cannot (write|change) /|and only root (or [a-z]+ )?can do this)",
                    entry.Obstacle?.Message
                )
        );
        Assert.All(
            obstacles,
            entry =>
                Assert.EndsWith(
                    "hint: add --become, or Become = Become.Sudo on the host; or name another user with As",
                    entry.Obstacle?.Message,
                    StringComparison.Ordinal
                )
        );

        // What that user may do is exact, and done.
        var theirs = await Plan($"{host.Name}-plain", new File("/srv/plain/theirs") { Content = "y\n" });
        Assert.Contains("acts as plain, who cannot change /srv/plain/theirs", theirs.Error?.Message, StringComparison.Ordinal);
        IDeclaration[] own =
        [
            new File("/srv/plain/mine") { Content = "x\n" },
            new NoPath("/srv/plain/theirs"),
            new Directory("/srv/plain/deep"),
            new File("/srv/plain/mine2") { Content = "x\n" },
        ];
        var done = await Rig.Apply(lab.SshConfig, $"{host.Name}-plain", own);
        Nothing.In(done.Error);
        Assert.All(done.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));

        Assert.Equal(
            Certainty.Exact,
            Assert.Single((await Plan($"{host.Name}-plain", new AuthorizedKey("plain", Key))).Changes).Certainty
        );

        // Root as that user may do as much.
        var other = await Plan(
            host.Name,
            new File("/srv/file") { Content = "x\n", As = "plain" },
            new File("/srv/plain/third") { Content = "x\n", As = "plain" },
            new User("app") { As = "plain" }
        );
        Assert.Equal(["file /srv/file", "user app"], other.Obstacles.Select(entry => entry.Resource.Address));

        // Root itself, where not even root can.
        var root = await Plan(
            host.Name,
            new File("/srv/ro/file") { Content = "x\n" },
            new Directory("/srv/ro/d"),
            new File("/srv/mounted") { Content = "x\n" },
            new Sysctl("kernel.version") { Value = "1" },
            new File("/srv/fixed.conf") { Content = "new\n" },
            new File("/srv/bits/y") { Content = "y\n" },
            new NoPath("/srv/bits/x"),
            new File("/srv/good") { Content = "x\n" }
        );
        string[] refused = [.. root.Obstacles.Select(entry => entry.Obstacle?.Message ?? "")];
        Assert.Contains("file /srv/ro/file: /srv/ro is on a read-only file system", refused[0], StringComparison.Ordinal);
        Assert.Contains("directory /srv/ro/d: /srv/ro is on a read-only file system", refused[1], StringComparison.Ordinal);
        Assert.Contains("file /srv/mounted: something is mounted on /srv/mounted itself", refused[2], StringComparison.Ordinal);
        Assert.Contains("sysctl kernel.version: /proc/sys/kernel/version cannot be written", refused[3], StringComparison.Ordinal);
        Assert.Contains(root.Changes, change => change is { Key: "/srv/good", Certainty: Certainty.Exact });
        Assert.True(canBeImmutable, "chattr +i does not work on this file system, so that half of case 19 was not tried");
        Assert.Contains(
            "file /srv/fixed.conf: /srv/fixed.conf is immutable (lsattr(1))\n  hint: where it should change, take that away: chattr -i "
                + "/srv/fixed.conf",
            refused[4],
            StringComparison.Ordinal
        );
        Assert.Contains("file /srv/bits/y: /srv/bits is immutable", refused[5], StringComparison.Ordinal);
        Assert.Contains("no-path /srv/bits/x: /srv/bits is immutable", refused[6], StringComparison.Ordinal);
        Assert.Equal(7, refused.Length);
        Assert.Empty((await Plan(host.Name, new File("/srv/fixed.conf") { Content = "old\n" })).Obstacles);
        await host.Run("chattr -i /srv/fixed.conf /srv/bits; umount /srv/mounted");
    }

    /// <summary>The shell and the tools of busybox, whose test goes by modes alone, and lets root write anything.</summary>
    [LabFact]
    public async Task Under_busybox_a_plan_says_as_much()
    {
        await using var host = await lab.StartHostAsync();
        (
            await host.Run("base64 -d >/usr/local/bin/busybox", Convert.ToBase64String(System.IO.File.ReadAllBytes("/usr/bin/busybox")))
        ).Succeeded("busybox");
        await host.Sh(
            """
            chmod 755 /usr/local/bin/busybox; mkdir /srv/bb; busybox --install -s /srv/bb; rm -f /srv/bb/flock
            mkdir /srv/ro /srv/rw /srv/locked /srv/plain; echo old >/srv/fixed; echo x >/srv/good
            mount -t tmpfs none /srv/rw; mkdir "/srv/rw/a b" /srv/rw/theirs; chown plain /srv/rw/theirs /srv/plain; mount --bind /srv/rw /srv/ro; mount -o remount,bind,ro /srv/ro
            mount -t tmpfs none "/srv/rw/a b"; mount -o remount,ro "/srv/rw/a b"; ln -s "/srv/rw/a b" /srv/link; mkdir /srv/deep; mount -t tmpfs none /srv/deep
            """
        );
        var canBeImmutable = (await host.Run("chattr +i /srv/fixed /srv/locked")).Exit == 0;
        Assert.False((await host.Run("busybox sh -c '[ ! -w /srv/ro ]'")).Exit == 0, "busybox has learnt to test: the second way may go");

        var root = await Plan(
            Busybox(host, host.Name),
            new File("/srv/ro/x") { Content = "x\n" },
            new File("/srv/rw/a b/x") { Content = "x\n" },
            new File("/srv/link/y") { Content = "x\n" },
            new Directory("/srv/ro/theirs") { Mode = "0700" },
            new Sysctl("kernel.version") { Value = "1" },
            new File("/srv/fixed") { Content = "new\n" },
            new NoPath("/srv/locked/x"),
            new File("/srv/locked/y") { Content = "y\n" },
            new File("/srv/rw/x") { Content = "x\n" },
            new File("/srv/deep/x") { Content = "x\n" },
            new File("/srv/good") { Content = "y\n" },
            new Sysctl("net.ipv4.conf.all.rp_filter") { Value = "2" }
        );
        Assert.Equal(
            [
                "/srv/ro is on a read-only",
                "/srv/rw/a b is on a read-only",
                "/srv/link is on a read-only",
                "/srv/ro/theirs is on a read-only",
                "/proc/sys/kernel/version cannot be",
                "/srv/fixed is immutable",
                "/srv/locked is immutable",
            ],
            root.Obstacles.Select(entry =>
                string.Join(
                        ' ',
                        (entry.Obstacle?.Message ?? "")
                            .Split($"{entry.Resource.Address}: ")[1]
                            .Split(' ')
                            .TakeWhile(word => word is not ("file" or "written:" or "(lsattr(1))\n"))
                    )
                    .Split(" (lsattr")[0]
            )
        );
        Assert.Equal(
            ["/srv/rw/x", "/srv/deep/x", "/srv/good"],
            root.Changes.Where(change => change.Kind is "file").Select(change => change.Key)
        );
        Assert.True(canBeImmutable, "chattr +i does not work on this file system, so that half of it was not tried");

        var plain = await Plan(
            Busybox(host, $"{host.Name}-plain"),
            new File("/srv/x") { Content = "x\n" },
            new File("/srv/ro/theirs/x") { Content = "x\n" },
            new File("/srv/rw/theirs/x") { Content = "x\n" },
            new File("/srv/plain/x") { Content = "x\n" }
        );
        Assert.Equal(["/srv/x", "/srv/ro/theirs/x"], plain.Obstacles.Select(entry => entry.Resource.Key));
        Assert.Equal(2, plain.Changes.Count());

        var applied = await Rig.Apply(
            lab.SshConfig,
            Busybox(host, host.Name),
            new File("/srv/rw/x") { Content = "x\n" },
            new File("/srv/good") { Content = "y\n", Mode = "0600" }
        );
        Nothing.In(applied.Error);
        Assert.Equal("x y 600", await host.Sh("echo $(cat /srv/rw/x /srv/good; stat -c %a /srv/good)"));
        await host.Run("chattr -i /srv/fixed /srv/locked");
    }

    Host Busybox(LabHost host, string entry) =>
        new(host.Name)
        {
            Transport = Transport.Command("ssh", "-F", lab.SshConfig, entry, "env", "PATH=/srv/bb", "/usr/local/bin/busybox", "sh"),
        };

    [LabFact]
    public async Task A_directory_whose_owner_goes_first_is_removed_in_the_same_run()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("useradd -m ann; mkdir -p /srv/ann /srv/kept; touch /srv/kept/file; chown ann /srv/ann /srv/kept /srv/kept/file");

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new NoUser("ann"),
            new NoPath("/srv/ann"),
            new Directory("/srv/kept") { Mode = "0700" },
            new File("/srv/kept/file") { Content = "x\n" },
            new NoPath("/home/ann")
        );

        Nothing.In(applied.Error);
        Assert.All(
            applied.Plan.Changes.Where(change => change.Key is not "/home/ann"),
            change => Assert.Equal(Certainty.Exact, change.Certainty)
        );
        Assert.NotEqual(0, (await host.Run("test -e /srv/ann || test -e /home/ann || id ann")).Exit);
    }

    async Task<HostPlan> Plan(Host host, params IReadOnlyList<IDeclaration> resources) =>
        (await Rig.Plan(lab.SshConfig, host, resources)).Hosts[0];

    async Task<HostPlan> Plan(string host, params IReadOnlyList<IDeclaration> resources) =>
        (await Rig.Plan(lab.SshConfig, host, resources)).Hosts[0];
}
