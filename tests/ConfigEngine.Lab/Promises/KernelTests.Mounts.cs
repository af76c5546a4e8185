using System.Text.RegularExpressions;

namespace ConfigEngine.Lab;

/// <summary>What only a kernel with these file systems can mount. The machine mounts from itself.</summary>
public sealed partial class KernelTests
{
    const string Mounts = """
        On("all",
            new KernelModule("brd") { Options = "rd_nr=3" },
            new Mount("/mnt/nfs 4") { Device = "127.0.0.1:/srv/nfs share", Type = "nfs4", Options = ["soft", "timeo=20"] },
            new Mount("/mnt/nfs3") { Device = "127.0.0.1:/srv/nfs3", Type = "nfs", Options = ["vers=3", "nolock"] },
            new Mount("/mnt/cifs share") { Device = "//127.0.0.1/data share", Type = "cifs", Options = ["credentials=/root/credentials", "uid=2001", "x-systemd.after=smbd.service"] },
            new Mount("/mnt/loop") { Device = "/srv/disk image", Type = "ext4", Options = ["loop", "noatime"] },
            new Mount("/mnt/bound here") { Device = "/srv/bind source", Type = "bind" },
            new Mount("/mnt/scratch") { Device = "tmpfs", Type = "tmpfs", Options = ["size=1m", "nosuid"] });
        """;

    const string Serve = """
        [ ! -e /srv/served ] || exit 0
        mkdir -p '/srv/nfs share' /srv/nfs3 /srv/smb '/srv/bind source' /srv/disk
        echo nfs4 >'/srv/nfs share/file'; echo nfs3 >/srv/nfs3/file; echo cifs >/srv/smb/file; echo bind >'/srv/bind source/file'
        echo loop >/srv/disk/file; mke2fs -q -t ext4 -d /srv/disk '/srv/disk image' 8M
        printf '%s\n' '"/srv/nfs share" *(rw,no_subtree_check,fsid=1)' '/srv/nfs3 *(rw,no_subtree_check,fsid=2)' >/etc/exports
        exportfs -ra
        printf '[global]\nload printers = no\n[data share]\npath = /srv/smb\n' >/etc/samba/smb.conf
        printf 'secret\nsecret\n' | smbpasswd -s -a root
        systemctl enable --now smbd
        (umask 077; printf 'username=root\npassword=secret\n' >/root/credentials)
        touch /srv/served
        """;

    const string Files =
        "cat '/mnt/nfs 4/file' /mnt/nfs3/file '/mnt/cifs share/file' /mnt/loop/file '/mnt/bound here/file'; stat -f -c %b /mnt/scratch; "
        + "findmnt -n -o OPTIONS /mnt/scratch";

    const string WhatIsThere = "nfs4\nnfs3\ncifs\nloop\nbind\n256\nrw,nosuid,relatime,size=1024k,inode64";

    /// <summary>What goes out by a dummy interface is dropped without a word.</summary>
    const string Unplug =
        "ip address delete 192.0.2.7/32 dev lo; ip link add hole type dummy; ip link set hole up; ip route add 192.0.2.7/32 dev hole";

    [LabFact]
    public async Task File_systems_of_every_kind_are_mounted_and_used_and_what_drifts_is_repaired()
    {
        var vm = await machine.Vm();
        await vm.Sh(Serve);
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("mounts.csx", Mounts);

        Assert.DoesNotContain(
            "predicted",
            (await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes")).Stdout,
            StringComparison.Ordinal
        );
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
        Assert.Equal(WhatIsThere, await vm.Sh(Files));

        await vm.Sh(
            """
            umount '/mnt/nfs 4' '/mnt/cifs share'
            mount -o remount,ro /mnt/loop
            mount -o remount,size=2m,suid /mnt/scratch
            sed -i '/cifs/d; /bind/d; s/nolock/nolock,ro/' /etc/fstab
            """
        );
        Assert.Equal(
            [
                "mount /mnt/nfs 4: device mounted type",
                "mount /mnt/nfs3: fstab",
                "mount /mnt/cifs share: device fstab mounted type",
                "mount /mnt/loop: flags",
                "mount /mnt/bound here: fstab",
                "mount /mnt/scratch: flags",
            ],
            Lines(await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--json"))
        );
        await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
    }

    [LabFact]
    public async Task Mounts_and_modules_are_as_declared_behind_a_reboot_that_a_stuck_mount_holds_up()
    {
        var vm = await machine.Vm();
        await vm.Sh(Serve);
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("mounts.csx", Mounts);
        Assert.DoesNotContain(
            "predicted",
            (await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes")).Stdout,
            StringComparison.Ordinal
        );

        await vm.Sh(
            $"ip address add 192.0.2.7/32 dev lo; mkdir -p /mnt/stuck; mount -t nfs -o vers=3,nolock,hard 192.0.2.7:/srv/nfs3 "
                + $"/mnt/stuck; {Unplug}; ! timeout 5 ls /mnt/stuck"
        );
        var before = await vm.BootId();

        // systemd waits 90 s for an unmount, as long again for its end, and for what is left in the mount: up to 4.5 minutes in all.
        var reboot = cfg.Write(
            "reboot.csx",
            """On("all", new Reboot { When = RebootWhen.Always, Options = new() { Timeout = TimeSpan.FromMinutes(9) } });"""
        );

        await vm.Watched(() => cfg.Run(0, "apply", reboot, "--host", vm.Name, "--yes"));

        Assert.NotEqual(before, await vm.BootId());
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
        Assert.Equal(WhatIsThere, await vm.Sh(Files));
        Assert.Equal("/dev/ram0\n/dev/ram1\n/dev/ram2", await vm.Sh("ls /dev/ram*"));
    }

    [LabFact]
    public async Task A_dead_server_hangs_no_plan_and_what_it_holds_is_let_go_of_in_bounded_time()
    {
        var vm = await machine.Vm();
        await vm.Sh(Serve);
        using CfgProcess cfg = new(lab.SshConfig);
        var mounted = cfg.Write(
            "mounted.csx",
            """On("all", new Mount("/mnt/dead") { Device = "192.0.2.7:/srv/nfs3", Type = "nfs", Options = ["vers=3", "nolock"] });"""
        );
        var gone = cfg.Write("gone.csx", """On("all", new NoMount("/mnt/dead"));""");
        var force = cfg.Write("force.csx", """On("all", new NoMount("/mnt/dead") { Force = true });""");
        var lazy = cfg.Write("lazy.csx", """On("all", new NoMount("/mnt/dead") { Lazy = true });""");
        await vm.Sh("ip address add 192.0.2.7/32 dev lo");
        await cfg.Run(0, "apply", mounted, "--host", vm.Name, "--yes");
        Assert.Equal("nfs3", await vm.Sh("cat /mnt/dead/file; sleep 1000 </mnt/dead/file >/dev/null 2>&1 & echo $! >/run/holder"));

        await vm.Sh($"{Unplug}; ! timeout 5 ls /mnt/dead");
        var clock = PacedWatch.Start();
        var holder = $"sleep ({await vm.Sh("cat /run/holder")})";
        var stuck = (await cfg.Run(1, "plan", mounted, "--host", vm.Name)).Stdout;
        Assert.Contains("/mnt/dead (192.0.2.7:/srv/nfs3) does not answer within 10 s; it is used by ", stuck, StringComparison.Ordinal);
        Assert.Contains(holder, stuck, StringComparison.Ordinal);
        Assert.Contains(holder, (await cfg.Run(0, "plan", gone, "--host", vm.Name)).Stdout, StringComparison.Ordinal);
        await cfg.Run(0, "facts", "--host", vm.Name);
        clock.Took(0, 60);

        clock.Restart();
        var failed = await cfg.Run(1, "apply", gone, "--host", vm.Name, "--yes");
        Assert.Matches("/mnt/dead: (target|device) is busy|/mnt/dead did not let go within 60 s", failed.Stdout);
        Assert.Matches("it is used by [^\n]*" + Regex.Escape(holder), failed.Stdout);
        Assert.Contains("new NoMount(\"/mnt/dead\") { Lazy = true }", failed.Stdout, StringComparison.Ordinal);
        clock.Took(0, 120);

        // Requests are ended; a file that is open still holds the mount.
        await vm.Sh("ls /mnt/dead >/run/listed 2>&1 & echo $! >/run/waits");
        var held = await cfg.Run(1, "apply", force, "--host", vm.Name, "--yes");
        Assert.Matches("it is used by [^\n]*" + Regex.Escape(holder), held.Stdout);
        await vm.Until("! kill -0 $(cat /run/waits) 2>/dev/null && [ -s /run/listed ]", TimeSpan.FromMinutes(1));

        await cfg.Run(0, "apply", lazy, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", gone, "--host", vm.Name, "--exit-code");
        await vm.Sh("kill $(cat /run/holder); ip link delete hole; ip address add 192.0.2.7/32 dev lo");

        // Nobody uses it, and it is only its server that is gone.
        await cfg.Run(0, "apply", mounted, "--host", vm.Name, "--yes");
        await vm.Sh(Unplug);
        await cfg.Run(0, "apply", force, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", gone, "--host", vm.Name, "--exit-code");
        Nothing.In(await vm.Sh("grep -s /mnt/dead /etc/fstab /proc/self/mountinfo || true; ip link delete hole"));
    }

    [LabFact]
    public async Task A_mount_in_use_is_not_unmounted_and_all_that_use_it_are_named()
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);
        var gone = cfg.Write("gone.csx", """On("all", new NoMount("/mnt/in use"));""");
        await vm.Sh(
            """
            mkdir -p '/mnt/in use'; mount -t tmpfs none '/mnt/in use'; cd '/mnt/in use'
            mkdir inner there; mount -t tmpfs none inner; cp /usr/bin/sleep here
            truncate -s 4M image; mke2fs -q image; losetup -f --show image >/run/loop; dd if=/dev/zero of=space bs=1M count=4 status=none
            ./here 1000 >/dev/null 2>&1 & echo $! >/run/here
            (cd there; exec sleep 1000) >/dev/null 2>&1 & echo $! >/run/there
            tail -f image >/dev/null 2>&1 & echo $! >/run/open
            cd /; python3 -c 'import mmap, os, time; f = os.open("/mnt/in use/space", os.O_RDWR); m = mmap.mmap(f, 4096); os.close(f); time.sleep(1000)' >/dev/null 2>&1 &
            echo $! >/run/mapped
            # A place of the same name, among other mounts, is another place.
            unshare -m sh -c 'umount -l "/mnt/in use"; mount -t tmpfs other "/mnt/in use"; cd "/mnt/in use"; exec sleep 1000' >/dev/null 2>&1 & echo $! >/run/other
            sleep 2
            """
        );

        var planned = (await cfg.Run(0, "plan", gone, "--host", vm.Name, "--out", "gone.json")).Stdout;
        var failed = (await cfg.Run(1, "apply", gone, "--host", vm.Name, "--yes")).Stdout;

        string[] users =
        [
            $"here ({await vm.Sh("cat /run/here")})",
            $"sleep ({await vm.Sh("cat /run/there")})",
            $"tail ({await vm.Sh("cat /run/open")})",
            $"python3 ({await vm.Sh("cat /run/mapped")})",
            "the mount at /mnt/in use/inner",
            $"the loop device {await vm.Sh("cat /run/loop")}",
        ];
        Assert.All(users, user => Assert.Contains(user, WhiteSpace().Replace(planned, " "), StringComparison.Ordinal));
        Assert.All(users, user => Assert.Contains(user, WhiteSpace().Replace(failed, " "), StringComparison.Ordinal));
        var other = await vm.Sh("cat /run/other");
        Assert.DoesNotContain($"({other})", planned + failed, StringComparison.Ordinal);

        await vm.Sh(
            "cd /run; kill $(cat here there open mapped other); losetup -d $(cat loop); umount '/mnt/in use/inner'; sleep 1"
        );

        // The plan that was saved while they used it still holds.
        await cfg.Run(0, "apply", "gone.json");
        await cfg.Run(0, "plan", gone, "--host", vm.Name, "--exit-code");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
