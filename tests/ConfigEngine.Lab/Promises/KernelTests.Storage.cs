namespace ConfigEngine.Lab;

/// <summary>Images, file systems and swap space, on disks that only a virtual machine has.</summary>
public sealed partial class KernelTests
{
    /// <summary>Disks without anything on them: three loop devices, as brd's, of 32 MiB each.</summary>
    const string Disks = """
        for name in a b c; do
            [ -b /dev/disk-$name ] || { dd if=/dev/zero of=/srv/disk-$name bs=1M count=32 status=none; ln -s "$(losetup -f --show /srv/disk-$name)" /dev/disk-$name; }
        done
        """;

    /// <summary>Fills the directory, which is full before the disk is; then, whether the swap file has its priority.</summary>
    const string Fill = """
        dd if=/dev/zero of=/var/log/app/wild bs=1M count=200 2>&1 | grep -q 'No space left' && printf 'full '
        [ "$(stat -f -c %a /)" -lt 10000 ] || printf 'while the disk is not '
        grep -c '^/swapfile .*[[:space:]]10$' /proc/swaps
        rm /var/log/app/wild; echo kept >/var/log/app/kept
        sleep 600 </var/log/app/kept >/dev/null 2>&1 & echo $! >/run/holder
        """;

    const string FillMore = """
        dd if=/dev/zero of=/var/log/app/half bs=1M count=45 status=none && rm /var/log/app/half && cat /var/log/app/kept
        kill $(cat /run/holder)
        """;

    [LabFact]
    public async Task A_directory_of_a_fixed_size_is_full_before_the_disk_is_and_grows_while_it_is_used()
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);
        string Recipe(int size) =>
            cfg.PlaceOfHouse(
                "size-limited-directory",
                text =>
                    text.Replace("app1", vm.Name, StringComparison.Ordinal)
                        .Replace("FromMegabytes(64), mode", $"FromMegabytes({size}), mode", StringComparison.Ordinal)
            );
        var recipe = Recipe(32);

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("full while the disk is not 1", await vm.Sh(Fill));

        // It grows while somebody has a file in it open.
        recipe = Recipe(64);
        Assert.Contains("32MB → 64MB", (await cfg.Run(0, "apply", recipe, "--yes")).Stdout, StringComparison.Ordinal);
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("kept", await vm.Sh(FillMore));

        // And is never made smaller; neither is anything made that the disk has no room for.
        Assert.Contains("an image is never made smaller", (await cfg.Run(1, "plan", Recipe(32))).Stdout, StringComparison.Ordinal);
        Assert.Contains("its disk has only", (await cfg.Run(1, "plan", Recipe(90_000))).Stdout, StringComparison.Ordinal);

        recipe = Recipe(64);
        await vm.Sh(
            "umount /var/log/app; chmod 644 /var/lib/app-logs.img; swapoff /swapfile; swapon -p 3 /swapfile; sed -i /swapfile/d /etc/fstab"
        );
        Assert.Equal(
            ["loop-image /var/lib/app-logs.img: mode", "mount /var/log/app: device mounted type", "swap /swapfile: fstab priority"],
            Lines(await cfg.Run(0, "plan", recipe, "--json")).Where(line => !line.StartsWith("directory", StringComparison.Ordinal))
        );
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");

        var gone = cfg.Write(
            "gone.csx",
            $$"""
            Hosts(new Host("{{vm.Name}}"));
            On("{{vm.Name}}", new NoSwap("/swapfile"), new NoPath("/swapfile"), new NoMount("/var/log/app"), new NoPath("/var/lib/app-logs.img"));
            """
        );
        await cfg.Run(0, "apply", gone, "--yes");
        await cfg.Run(0, "plan", gone, "--exit-code");
    }

    [LabFact]
    public async Task A_file_system_is_made_where_nothing_is_and_over_something_only_by_its_name()
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);
        await vm.Sh(Disks);
        await vm.Sh("mkswap -q /dev/disk-b");
        var recipe = cfg.Write(
            "disks.csx",
            """
            On("all",
                new Filesystem("/dev/disk-a") { Type = "ext4", Label = "data" },
                new Filesystem("/dev/disk-b") { Type = "ext4", Over = "swap" },
                new Swap("/dev/disk-c"));
            """
        );

        var planned = await cfg.Run(0, "plan", recipe, "--host", vm.Name);
        Assert.Contains("loses all that is on /dev/disk-b (swap)", planned.Stdout, StringComparison.Ordinal);
        await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
        Assert.Equal(
            "data ext4 ext4 swap",
            await vm.Sh("echo $(blkid -p -s LABEL -o value /dev/disk-a; for d in a b c; do blkid -p -s TYPE -o value /dev/disk-$d; done)")
        );

        await vm.Sh("e2label /dev/disk-a other; swapoff /dev/disk-c");
        Assert.Equal(
            ["filesystem /dev/disk-a: label", "swap /dev/disk-c: active"],
            Lines(await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--json"))
        );
        await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");

        var over = cfg.Write("over.csx", """On("all", new Filesystem("/dev/disk-a") { Type = "ext3" });""");
        Assert.Contains(
            "/dev/disk-a has ext4 on it, and is not overwritten",
            (await cfg.Run(1, "plan", over, "--host", vm.Name)).Stdout,
            StringComparison.Ordinal
        );
        await vm.Sh("mount /dev/disk-a /mnt");
        var busy = cfg.Write("busy.csx", """On("all", new Filesystem("/dev/disk-a") { Type = "ext2", Over = "ext4" });""");
        Assert.Contains(
            "/dev/disk-a is in use (/mnt)",
            (await cfg.Run(1, "plan", busy, "--host", vm.Name)).Stdout,
            StringComparison.Ordinal
        );
        await vm.Sh("umount /mnt; swapoff /dev/disk-c; sed -i /disk-c/d /etc/fstab");
    }

    [LabFact]
    public async Task A_file_is_read_through_NFS_and_CIFS_as_the_recipes_of_the_house_declare_them()
    {
        var vm = await machine.Vm();
        await vm.Sh(Serve);
        await vm.Sh("echo '127.0.0.1 files.example.com' >>/etc/hosts; cp /etc/exports /srv/exports; : >/etc/exports");
        using CfgProcess cfg = new(lab.SshConfig, new() { ["OFFICE_PASSWORD"] = "secret" });
        string Place(string recipe) =>
            cfg.PlaceOfHouse(
                recipe,
                text =>
                    text.Replace("new Host(\"app1\")", $"new Host(\"{vm.Name}\")", StringComparison.Ordinal)
                        .Replace("new Host(\"files\"), ", "", StringComparison.Ordinal)
                        .Replace("On(\"files\"", $"On(\"{vm.Name}\"", StringComparison.Ordinal)
                        .Replace("On(\"app1\"", $"On(\"{vm.Name}\"", StringComparison.Ordinal)
                        .Replace("192.0.2.0/24", "127.0.0.1", StringComparison.Ordinal)
                        .Replace("com/office", "com/data share", StringComparison.Ordinal)
                        .Replace("\"reader\"", "\"root\"", StringComparison.Ordinal)
            );
        var (nfs, cifs) = (Place("nfs"), Place("cifs"));

        foreach (var recipe in (string[])[nfs, cifs])
        {
            await cfg.Run(0, "apply", recipe, "--yes");
            await cfg.Run(0, "plan", recipe, "--exit-code");
        }

        Assert.Equal(
            "written nobody",
            await vm.Sh("echo written >/mnt/share/file; echo $(cat /mnt/old/file) $(stat -c %U /srv/share/file)")
        );
        Assert.Equal("4.2 3", await vm.Sh("echo $(sed -nE 's,.* /mnt/(share|old) nfs4? .*vers=([0-9.]+).*,\\2,p' /proc/mounts)"));
        Assert.Equal("cifs 640 600", await vm.Sh("echo $(cat /mnt/office/file) $(stat -c %a /mnt/office/file /etc/cifs-mnt-office)"));
        Assert.Equal("33333", await vm.Sh("rpcinfo -p | awk '$5 == \"mountd\" { print $4 }' | sort -u"));

        await vm.Sh(
            "chmod 644 /etc/cifs-mnt-office; sed -i s/all_squash/no_root_squash/ /etc/exports.d/cfg-srv-share.exports; "
                + "chmod 666 /etc/exports.d/cfg-srv-share.exports; umount /mnt/share"
        );
        Assert.Equal(
            ["nfs-export /srv/share: content mode", "mount /mnt/share: device mounted type"],
            Lines(await cfg.Run(0, "plan", nfs, "--json"))
        );
        Assert.Equal(["file /etc/cifs-mnt-office: mode"], Lines(await cfg.Run(0, "plan", cifs, "--json")));
        foreach (var recipe in (string[])[nfs, cifs])
        {
            await cfg.Run(0, "apply", recipe, "--yes");
            await cfg.Run(0, "plan", recipe, "--exit-code");
        }

        // What the kernel serves, and the files do not say, is seen, too.
        foreach (
            var breaks in (string[])["exportfs -u 127.0.0.1:/srv/share", "exportfs -o ro,sync,no_subtree_check 198.51.100.7:/srv/share"]
        )
        {
            await vm.Sh(breaks);
            Assert.Equal(["nfs-export /srv/share: served"], Lines(await cfg.Run(0, "plan", nfs, "--json")));
            await cfg.Run(0, "apply", nfs, "--yes");
            await cfg.Run(0, "plan", nfs, "--exit-code");
        }

        Assert.Equal("written", await vm.Sh("cat /mnt/share/file"));

        Nothing.In(await vm.Sh("grep -rl secret /etc/fstab /proc/mounts || true"));
        await vm.Sh("umount /mnt/share /mnt/old /mnt/office; sed -i '/share nfs/d; /office/d' /etc/fstab");
        var gone = cfg.Write("gone.csx", """On("all", new NoNfsExport("/srv/share"));""");
        await cfg.Run(0, "apply", gone, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", gone, "--host", vm.Name, "--exit-code");
        Assert.DoesNotContain("/srv/share", await vm.Sh("exportfs -s"), StringComparison.Ordinal);
        await vm.Sh("mv /srv/exports /etc/exports; exportfs -ra");
    }
}
