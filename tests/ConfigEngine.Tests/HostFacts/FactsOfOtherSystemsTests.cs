namespace ConfigEngine.Tests;

public sealed class FactsOfOtherSystemsTests
{
    [Theory]
    [InlineData("ubuntu-24.04-written", DistributionFamily.Debian, PackageManager.Apt, InitKind.Systemd, "255")]
    [InlineData("rocky-9-written", DistributionFamily.RedHat, PackageManager.Dnf, InitKind.Systemd, "252")]
    [InlineData("alpine-3.20-written", DistributionFamily.Alpine, PackageManager.Apk, InitKind.OpenRc, "0.54")]
    [InlineData("arch-written", DistributionFamily.Arch, PackageManager.Pacman, InitKind.Systemd, "255")]
    [InlineData("opensuse-leap-15.6-written", DistributionFamily.Suse, PackageManager.Zypper, InitKind.Systemd, "254")]
    public void Every_family_is_known_with_its_package_manager_and_init(
        string recording,
        DistributionFamily family,
        PackageManager manager,
        InitKind init,
        string version
    )
    {
        var facts = Recording.Parse(recording);
        Assert.Equal(
            (family, manager, init, version),
            (facts.Distribution.Family, facts.PackageManager, facts.Init.Kind, facts.Init.Version)
        );
    }

    [Fact]
    public void Ubuntu_asks_for_its_reboot_with_packages_kernel_and_a_replaced_image() =>
        Assert.Equal(
            [
                "/run/reboot-required exists: linux-image-6.8.0-41-generic, linux-base, libc6",
                "kernel 6.8.0-41-generic is installed, 6.8.0-31-generic is running",
                "the package of kernel 6.8.0-31-generic was replaced since the boot",
            ],
            Recording.Parse("ubuntu-24.04-written").PendingReboot.Reasons
        );

    [Fact]
    public void A_kernel_of_another_flavour_is_no_reason_to_reboot()
    {
        // +debug of a later minor release is installed as well.
        Assert.Equal(
            ["kernel 5.14.0-427.13.1.el9_4.x86_64 is installed, 5.14.0-427.8.1.el9_4.x86_64 is running"],
            Recording.Parse("rocky-9-written").PendingReboot.Reasons
        );
        Assert.Equal(
            ["kernel 6.9.3-arch1-1 is installed, 6.9.1-arch1-1 is running"],
            Recording.Parse("arch-written").PendingReboot.Reasons
        );
        Assert.Equal(
            ["kernel 6.6.32-0-virt is installed, 6.6.31-0-virt is running"],
            Recording.Parse("alpine-3.20-written").PendingReboot.Reasons
        );
        Assert.Equal(["/run/reboot-needed exists"], Recording.Parse("opensuse-leap-15.6-written").PendingReboot.Reasons);
    }

    [Theory]
    [InlineData("6.1.0-18-amd64", "6.1.0-18-amd64", false)]
    [InlineData("6.1.0-18-amd64", "6.1.0-9-amd64", false)]
    [InlineData("6.1.0-9-amd64", "6.1.0-18-amd64", true)]
    [InlineData("6.1.0-18-amd64", "6.1.0-20-cloud-amd64", false)]
    [InlineData("6.1.0-18-amd64", "6.12.38+deb13-amd64", true)]
    [InlineData("5.14.0-427.el9.x86_64", "5.14.0-427.8.1.el9_4.x86_64", true)]
    [InlineData("5.14.0-427.8.1.el9_4.x86_64", "5.14.0-427.el9.x86_64", false)]
    [InlineData("6.8.0-31-generic", "6.8.0-1012-aws", false)]
    [InlineData("5.10.0-linode", "6.1.0-18-amd64", false)]
    public void A_kernel_is_an_upgrade_when_it_is_newer_and_of_the_same_flavour(string running, string installed, bool upgrade)
    {
        var answer = Recording
            .With("reboot", $"kernel={installed}\n", "ubuntu-24.04-written")
            .Replace("6.8.0-31-generic", running, StringComparison.Ordinal);
        if (installed is "6.8.0-31-generic")
            answer = answer.Replace($"kernel={running}", $"kernel={installed}", StringComparison.Ordinal);
        Assert.Equal(upgrade, Facts.Parse(answer).PendingReboot.Needed);
    }

    [Fact]
    public void Kernels_inside_a_container_are_no_reason_to_reboot() =>
        Assert.False(Facts.Parse(Recording.With("reboot", "kernel=99.1.0\n")).PendingReboot.Needed);

    [Fact]
    public void Mounts_are_told_with_their_blanks_and_whether_they_can_hang()
    {
        var facts = Recording.Parse("ubuntu-24.04-written");

        var nfs = Assert.Single(facts.Mounts, m => m.FileSystem is "nfs4");
        Assert.Equal(("files.example.com:/export/team files", "/srv/team files", true), (nfs.Source, nfs.Target, nfs.IsNetwork));
        Assert.Contains("vers=4.2", nfs.Options);
        Assert.Equal("ro", facts.MountOf("/mnt/share/x")?.Options[0]);
        Assert.DoesNotContain("rw", facts.MountOf("/mnt/share/x")?.Options ?? []);
        Assert.True(facts.MountOf("/mnt/share")?.IsNetwork);
        Assert.False(facts.MountOf("/boot/grub")?.IsNetwork);
        Assert.Equal("autofs", Recording.Parse("rocky-9-written").MountOf("/home/alice")?.FileSystem);
        Assert.Equal("/@home", Recording.Parse("arch-written").MountOf("/home/alice")?.Root);
    }

    [Fact]
    public void Disks_are_told_with_what_is_made_of_them()
    {
        var devices = Recording.Parse("ubuntu-24.04-written").BlockDevices;

        Assert.Equal(
            [
                "/dev/mapper/ubuntu--vg-ubuntu--lv lvm",
                "/dev/mapper/secrets crypt",
                "/dev/loop0 loop",
                "/dev/md0 raid1",
                "/dev/nvme0n1 disk",
                "/dev/nvme0n1p1 part",
                "/dev/nvme0n1p2 part",
                "/dev/nvme0n1p3 part",
                "/dev/sr0 rom",
            ],
            devices.Select(d => $"{d.Path} {d.Type}")
        );
        Assert.True(
            devices[4] is { Model: "Samsung SSD 980 PRO 500GB", Removable: false, ReadOnly: false, Parent: null, Size.Human: "476.9 GiB" }
        );
        Assert.Equal("nvme0n1", devices[6].Parent);
        Assert.True(devices[2].ReadOnly);
        Assert.True(devices[8].Removable);
    }

    [Fact]
    public void Interfaces_of_every_kind_are_told()
    {
        var facts = Recording.Parse("ubuntu-24.04-written");
        var named = facts.Interfaces.ToDictionary(i => i.Name);

        Assert.Equal(
            ["203.0.113.21/24", "203.0.113.22/24", "2001:db8:1::21/64", "fe80::5054:ff:fe12:3456/64"],
            named["enp5s0"].Addresses.Select(a => a.Cidr)
        );
        Assert.Equal("2001:db8:1::21", named["enp5s0"].IPv6);
        Assert.True(named["wg0"] is { Mac: null, IsUp: true, State: "unknown", Mtu: 1420 });
        Assert.Equal("10.9.0.2/32", Assert.Single(named["ppp0"].Addresses).Cidr);
        Assert.True(named["vlan7"] is { IsUp: false, State: "down" });
        Assert.Equal(
            [
                new(IpFamily.IPv4, "203.0.113.1", "enp5s0", 100),
                new(IpFamily.IPv4, "10.8.0.1", "wg0", 500),
                new(IpFamily.IPv4, null, "ppp0", 500),
                new(IpFamily.IPv6, "fe80::1", "enp5s0", 100),
            ],
            facts.DefaultRoutes
        );
    }

    [Fact]
    public void Busybox_routes_are_told_too() =>
        Assert.Equal([new(IpFamily.IPv4, "203.0.113.1", "eth0", 202)], Recording.Parse("alpine-3.20-written").DefaultRoutes);

    [Fact]
    public void Accounts_of_a_directory_and_requests_to_NIS_are_understood()
    {
        var rocky = Recording.Parse("rocky-9-written");
        Assert.Equal(1200400001, rocky.Users.Single(u => u.Name is "alice@example.com").Uid);
        Assert.Equal(["alice@example.com"], rocky.Groups.Single(g => g.Name is "admins@example.com").Members);
        Assert.Equal(["syslog", "ubuntu"], Recording.Parse("ubuntu-24.04-written").Groups.Single(g => g.Name is "adm").Members);
        Assert.Equal(3, Recording.Parse("arch-written").Users.Count);
    }

    [Fact]
    public void Security_modules_are_told()
    {
        Assert.Equal(new SecurityModules(SelinuxMode.Enforcing, "targeted"), Recording.Parse("rocky-9-written").SecurityModules);
        Assert.Equal(new SecurityModules(AppArmor: true), Recording.Parse("ubuntu-24.04-written").SecurityModules);
        Assert.Equal(new SecurityModules(), Recording.Parse("arch-written").SecurityModules);
        Assert.Equal(new SecurityModules(), Recording.Parse("alpine-3.20-written").SecurityModules);
    }

    [Fact]
    public void Virtualization_is_told_by_the_program_and_without_it_by_the_hardware()
    {
        Assert.Equal(new Virtualization(VirtualizationKind.VirtualMachine, "kvm"), Recording.Parse("rocky-9-written").Virtualization);
        Assert.Equal(new Virtualization(VirtualizationKind.VirtualMachine, "kvm"), Recording.Parse("alpine-3.20-written").Virtualization);
        Assert.Equal(new Virtualization(VirtualizationKind.None), Recording.Parse("arch-written").Virtualization);
        Assert.Equal(
            new Virtualization(VirtualizationKind.Container, "lxc"),
            Facts.Parse(Recording.With("virtualization", "container=lxc\n")).Virtualization
        );
        Assert.Equal(
            new Virtualization(VirtualizationKind.VirtualMachine, "vm-other"),
            Facts.Parse(Recording.With("virtualization", "vendor=Acme\nflag=hypervisor\n")).Virtualization
        );
        Assert.Equal(
            new Virtualization(VirtualizationKind.None),
            Facts.Parse(Recording.With("virtualization", "vendor=Amazon EC2\nproduct=m7i.metal-24xl\n")).Virtualization
        );
    }

    [Fact]
    public void Time_zone_and_locale_are_told_or_null()
    {
        Assert.Equal(
            ("Europe/Vienna", "de_AT.UTF-8"),
            (Recording.Parse("ubuntu-24.04-written").TimeZone, Recording.Parse("ubuntu-24.04-written").Locale)
        );
        Assert.Equal("Asia/Tokyo", Recording.Parse("arch-written").TimeZone);
        Assert.Equal(("UTC", null), (Recording.Parse("alpine-3.20-written").TimeZone, Recording.Parse("alpine-3.20-written").Locale));
        Assert.Null(Recording.Parse("opensuse-leap-15.6-written").TimeZone);
    }

    [Fact]
    public void The_full_name_comes_from_the_host_name_and_etc_hosts()
    {
        Assert.Equal("app1.example.com", Recording.Parse("rocky-9-written").Fqdn);
        Assert.Equal("edge1.example.com", Recording.Parse("alpine-3.20-written").Fqdn);
        Assert.Equal("s1", Recording.Parse("opensuse-leap-15.6-written").Fqdn);
    }
}
