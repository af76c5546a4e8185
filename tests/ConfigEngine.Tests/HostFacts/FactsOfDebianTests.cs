namespace ConfigEngine.Tests;

public sealed class FactsOfDebianTests
{
    [Theory]
    [InlineData("debian-11", "11", "bullseye", "247")]
    [InlineData("debian-12", "12", "bookworm", "252")]
    [InlineData("debian-13", "13", "trixie", "257")]
    public void A_recorded_Debian_tells_what_it_is(string recording, string version, string codename, string systemd)
    {
        var facts = Recording.Parse(recording);

        Assert.Equal("debian", facts.Distribution.Id);
        Assert.Equal(version, facts.Distribution.VersionId);
        Assert.Equal($"{version} ({codename})", facts.Distribution.Version);
        Assert.Equal(codename, facts.Distribution.Codename);
        Assert.Equal($"Debian GNU/Linux {version} ({codename})", facts.Distribution.PrettyName);
        Assert.True(facts.Distribution.IsDebian);
        Assert.Equal(new Kernel("6.18.44", "#1 SMP PREEMPT_DYNAMIC @0"), facts.Kernel);
        Assert.Equal(("x86_64", "amd64"), (facts.Architecture, facts.DebianArchitecture));
        Assert.Equal(new InitSystem(InitKind.Systemd, systemd, "systemd"), facts.Init);
        Assert.Equal(PackageManager.Apt, facts.PackageManager);
        Assert.Equal(new Virtualization(VirtualizationKind.Container, "systemd-nspawn"), facts.Virtualization);
        Assert.Equal(("db1", "db1.example.com"), (facts.Hostname, facts.Fqdn));
        Assert.Equal(2, facts.Cpus);
        Assert.Equal(ByteSize.FromKilobytes(24684092), facts.Memory);
        Assert.InRange(facts.MemoryAvailable.Bytes, ByteSize.FromGigabytes(20).Bytes, facts.Memory.Bytes);
        Assert.Equal(default, facts.Swap);
        Assert.Equal(new RunningAs(0, "root"), facts.RunningAs);
        Assert.Equal("dash", facts.ShellName);
        Assert.Equal("Etc/UTC", facts.TimeZone);
        Assert.Null(facts.Locale);
        Assert.False(facts.PendingReboot.Needed);
        Assert.Empty(facts.Findings);
        Assert.Equal(36, facts.BootId?.Length);
        Assert.InRange(facts.Uptime, TimeSpan.FromMinutes(30), TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_recorded_Debian_tells_its_network()
    {
        var facts = Recording.Parse("debian-12");

        Assert.Equal(["lo", "eth0p", "eth0"], facts.Interfaces.Select(i => i.Name));
        var (lo, eth0) = (facts.Interfaces[0], facts.Interfaces[2]);
        Assert.True(lo is { IsLoopback: true, IsUp: true, State: "unknown", Mtu: 65536, Mac: null, IPv4: "127.0.0.1" });
        Assert.True(eth0 is { IsLoopback: false, IsUp: true, State: "up", Mtu: 1500, IPv4: "203.0.113.12", IPv6: "2001:db8::12" });
        Assert.Matches("^([0-9a-f]{2}:){5}[0-9a-f]{2}$", eth0.Mac);
        Assert.Equal(["203.0.113.12/24", "2001:db8::12/64"], eth0.Addresses.Where(a => a.Scope is "global").Select(a => a.Cidr));
        Assert.Equal([new(IpFamily.IPv4, "203.0.113.1", "eth0"), new(IpFamily.IPv6, "2001:db8::1", "eth0", 1024)], facts.DefaultRoutes);
        Assert.Equal("203.0.113.12", facts.PrimaryAddress);
    }

    [Fact]
    public void Without_ip_the_kernels_own_tables_say_the_same()
    {
        static object Network(Facts facts) =>
            new
            {
                Interfaces = facts
                    .Interfaces.OrderBy(i => i.Name)
                    .Select(i =>
                        (
                            i.Name,
                            i.Mac,
                            i.Mtu,
                            i.State,
                            i.IsUp,
                            i.IsLoopback,
                            string.Join(
                                ' ',
                                i.Addresses.Order(Comparer<InterfaceAddress>.Create((a, b) => string.CompareOrdinal(a.Cidr, b.Cidr)))
                            )
                        )
                    )
                    .ToList(),
                Routes = facts.DefaultRoutes,
            };
        var (with, without) = (Recording.Parse("debian-12"), Recording.Parse("debian-12-without-ip"));

        Assert.Contains("ip", with.Tools.Keys);
        Assert.DoesNotContain("ip", without.Tools.Keys);
        Assert.Equivalent(Network(with), Network(without), strict: true);
    }

    [Fact]
    public void A_recorded_Debian_tells_its_accounts_and_tools()
    {
        var facts = Recording.Parse("debian-12");

        Assert.Contains(new UserAccount("www-data", 33, 33, "www-data", "/var/www", "/usr/sbin/nologin"), facts.Users);
        Assert.Equal(27, facts.Groups.Single(g => g.Name is "sudo").Gid);
        Assert.Equal(new Tool("/usr/bin/systemctl"), facts.Tools["systemctl"]);
        Assert.Equal(new Tool("/usr/bin/perl", "5.36.0"), facts.Tools["perl"]);
        Assert.Equal(new Tool("/usr/bin/tar", "1.34"), facts.Tools["tar"]);
        Assert.DoesNotContain("dnf", facts.Tools.Keys);
    }

    [Fact]
    public void A_recorded_Debian_tells_its_mounts_and_disks()
    {
        var facts = Recording.Parse("debian-12");

        Assert.Equal("overlay", facts.MountOf("/etc/hosts")?.FileSystem);
        Assert.Equal("tmpfs", facts.MountOf("/tmp")?.FileSystem);
        Assert.Equal("overlay", facts.MountOf("/tmpfiles")?.FileSystem);
        Assert.Equal("/usr/lib/os-release", facts.MountOf("/run/host/os-release")?.Root);
        Assert.DoesNotContain(facts.Mounts, m => m.IsNetwork);
        Assert.Equal([new BlockDevice("vda", ByteSize.FromGigabytes(256), "disk")], facts.BlockDevices);
    }

    [Fact]
    public void Another_users_session_tells_whose_it_is() =>
        Assert.Equal(new RunningAs(65534, "nobody"), Recording.Parse("debian-12-nobody").RunningAs);

    [Fact]
    public void Under_busybox_the_same_host_says_the_same()
    {
        var (dash, busybox) = (Recording.Parse("debian-12"), Recording.Parse("debian-12-busybox-sh"));

        Assert.Equal("busybox", busybox.ShellName);
        Assert.Equal(dash.BootId, busybox.BootId);
        Assert.Equivalent(dash.Interfaces, busybox.Interfaces, strict: true);
        Assert.Equivalent(dash.DefaultRoutes, busybox.DefaultRoutes, strict: true);
        Assert.Equivalent(dash.Users, busybox.Users, strict: true);
        Assert.Equivalent(dash.Mounts, busybox.Mounts, strict: true);
    }

    [Fact]
    public void A_name_service_that_answers_is_listened_to()
    {
        var facts = Recording.Parse("debian-12-name-service");
        Assert.Contains(facts.Users, u => u.Name is "www-data");
        Assert.Empty(facts.Findings);
    }

    [Fact]
    public void A_name_service_that_does_not_answer_is_a_finding_and_the_files_are_read()
    {
        var facts = Recording.Parse("debian-12-name-service-late");
        Assert.Contains(facts.Users, u => u.Name is "www-data");
        Assert.Equal(
            [
                "the name service did not list passwd within 2 s: only /etc/passwd is known",
                "the name service did not list group within 2 s: only /etc/group is known",
            ],
            facts.Findings
        );
    }

    [Fact]
    public void A_container_of_one_program_has_no_init() =>
        Assert.Equal(new InitSystem(InitKind.None, null, "sh"), Recording.Parse("debian-12-without-init").Init);
}
