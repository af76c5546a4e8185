using System.Diagnostics;

namespace ConfigEngine.Lab;

/// <summary>The lab keeps its own promises.</summary>
[Collection("lab")]
public sealed class LabTests(Lab lab)
{
    [LabFact]
    public async Task Two_releases_boot_at_once_and_answer_ssh()
    {
        var hosts = await Task.WhenAll(lab.StartHostAsync("bookworm"), lab.StartHostAsync("trixie"));
        await using LabHost first = hosts[0],
            second = hosts[1];

        foreach (var host in hosts)
        {
            Assert.True(await host.State() is "running" or "degraded");
            Assert.Equal(host.Name, (await Ssh(host.Name, "hostname")).Stdout.Trim());
        }

        Assert.NotEqual(await hosts[0].BootId(), await hosts[1].BootId());
        Assert.NotEqual(await hosts[0].ReadFile("/etc/machine-id"), await hosts[1].ReadFile("/etc/machine-id"));
        Assert.Contains(hosts[1].Release, await hosts[1].ReadFile("/etc/os-release"));
    }

    [LabFact]
    public async Task Users_have_the_ways_to_root_that_they_are_meant_to_have()
    {
        await using var host = await lab.StartHostAsync();

        Assert.Equal("root", (await Ssh($"{host.Name}-deploy", "sudo -n id -un")).Stdout.Trim());
        Assert.Equal("plain", (await Ssh($"{host.Name}-plain", "id -un")).Stdout.Trim());
        Assert.NotEqual(0, (await Ssh($"{host.Name}-plain", "sudo -n true")).Exit);

        var ops = await SshWithPassword($"{host.Name}-ops", "sudo -k -S -p '' id -un", Lab.OpsPassword + "\n");
        Assert.Equal("root", ops.Succeeded("ops").Stdout.Trim());
    }

    [LabTheory]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task Packages_install_without_a_way_out(string release)
    {
        await using var host = await lab.StartHostAsync(release);

        Assert.Empty(await host.Sh("ip route show default"));
        await host.Sh("apt-get -q update && apt-get -q install -y cfg-demo=1.0-1 nginx-light rsync");
        Assert.Equal("cfg-demo 1.0-1", await host.Sh("cfg-demo"));
        Assert.Equal("active", await host.Sh("systemctl is-active cfg-demo"));
        await host.Sh("systemctl is-enabled cfg-demo && systemctl is-active nginx");

        await host.Sh("apt-get -q install -y cfg-demo=2.0-1");
        Assert.Contains("cfg-demo 2", await host.ReadFile("/etc/cfg-demo.conf"));
        Assert.NotEqual(0, (await host.Run("apt-get -q install -y cfg-broken")).Exit);
    }

    [LabFact]
    public async Task The_signed_repository_is_good_with_its_key_and_refused_without()
    {
        await using var host = await lab.StartHostAsync();
        const string list = "/etc/apt/sources.list.d/signed.list";

        await host.WriteFile(list, "deb file:/srv/apt-signed stable main\n");
        Assert.NotEqual(0, (await host.Run("apt-get -q update")).Exit);

        await host.WriteFile(list, "deb [signed-by=/srv/apt-signed/key.asc] file:/srv/apt-signed stable main\n");
        await host.Sh("apt-get -q update && apt-get -q install -y cfg-signed");
    }

    [LabFact]
    public async Task A_reboot_is_a_real_one()
    {
        await using var host = await lab.StartHostAsync();
        await host.WriteFile("/etc/kept", "yes");
        await host.WriteFile("/run/lost", "yes");
        var before = await host.BootId();

        await host.Reboot();

        Assert.NotEqual(before, await host.BootId());
        Assert.Equal("yes", await host.ReadFile("/etc/kept"));
        Assert.NotEqual(0, (await host.Run("test -e /run/lost")).Exit);

        // Off, and on again.
        await host.Stop();
        Assert.Equal("off", await host.State());
        await host.Start();
        Assert.Equal(0, (await Ssh(host.Name, "test -e /etc/kept")).Exit);
    }

    [LabFact]
    public async Task A_reboot_that_is_held_back_ends_when_it_is_let_go()
    {
        await using var host = await lab.StartHostAsync();
        var before = await host.BootId();
        host.HoldBoot();
        await host.Run("systemctl reboot --no-block");
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.Equal("off", await host.State());

        host.ReleaseBoot();
        await host.WaitForSystem(before);
    }

    [LabFact]
    public async Task A_virtual_machine_has_a_kernel_of_its_own_and_outlives_its_power_and_not_its_lab()
    {
        var other = await Lab.StartAsync();
        var vm = await other.StartVmAsync();
        Assert.NotEqual(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), await vm.Sh("uname -r"));
        Assert.Equal("plain", (await LocalCommand.Run("ssh", "-F", other.SshConfig, $"{vm.Name}-plain", "id -un")).Stdout.Trim());
        Assert.Empty(await vm.Sh("ip route show default"));
        await vm.WriteFile("/etc/kept", "yes");
        var (directory, before, boot) = (other.Directory, await Traces(other.Directory), await vm.BootId());
        Assert.Equal("bridge directory process veth", string.Join(' ', before.Select(trace => trace.Split(' ')[0]).Distinct().Order()));

        await vm.Sh("sync");
        await vm.Kill();
        Assert.Equal("off", await vm.State());
        await vm.Start();
        Assert.Equal("yes", await vm.ReadFile("/etc/kept"));
        Assert.NotEqual(boot, await vm.BootId());
        before = [.. before, .. await Traces(directory)];

        await other.DisposeAsync();

        Assert.Empty(before.Intersect(await Traces(directory)));
    }

    [LabFact]
    public async Task What_a_recipe_would_change_can_be_changed()
    {
        await using var host = await lab.StartHostAsync();

        await host.Sh(
            """
            sysctl -w net.ipv4.ip_forward=1
            hostnamectl set-hostname renamed
            mount -t tmpfs none /mnt && umount /mnt
            mount --bind /etc /mnt && umount /mnt
            useradd --create-home someone && chroot / true
            ip link add dummy0 type bridge
            """
        );

        Assert.Equal("renamed", await host.Sh("hostname"));
    }

    [LabFact]
    public async Task Nothing_is_left_of_a_lab()
    {
        var other = await Lab.StartAsync();
        var host = await other.StartHostAsync();
        await other.StartSshdAsync();
        await host.Sh("systemd-run --unit=long sleep 1000; setsid sleep 1000 >/dev/null 2>&1 &");
        var (directory, before) = (other.Directory, await Traces(other.Directory));
        Assert.Equal(
            "bridge cgroup directory mount namespace payload process veth",
            string.Join(' ', before.Select(trace => trace.Split(' ')[0]).Distinct().Order())
        );

        await other.DisposeAsync();

        Assert.Empty(before.Intersect(await Traces(directory)));
    }

    [LabFact]
    public async Task A_name_is_free_again_when_its_host_has_ended()
    {
        await using (var first = await lab.StartHostAsync("bookworm", "again"))
        {
            await Assert.ThrowsAsync<LabException>(() => lab.StartHostAsync("bookworm", "again"));
            await first.Sh("touch /srv/first");
        }

        await using var second = await lab.StartHostAsync("trixie", "again");

        Assert.Equal("trixie", (await Ssh("again", ". /etc/os-release; test -e /srv/first || echo $VERSION_CODENAME")).Stdout.Trim());
    }

    [LabFact]
    public async Task The_next_lab_removes_what_a_killed_one_left()
    {
        var killed = await Lab.StartAsync();
        var host = await killed.StartHostAsync();
        await host.Kill();
        // As if the kill came between the making of a machine's interface and its place on the bridge.
        await Lab.Ip($"tuntap add dev {killed.Number.Name}v99 mode tap");
        var (directory, left) = (killed.Directory, await Traces(killed.Directory));
        killed.Abandon();
        Assert.NotEmpty(left);

        await (await Lab.StartAsync()).DisposeAsync();

        Assert.Empty(left.Intersect(await Traces(directory)));
    }

    Task<Ran> Ssh(string host, string command) => LocalCommand.Run("ssh", "-F", lab.SshConfig, host, command);

    async Task<Ran> SshWithPassword(string host, string command, string stdin)
    {
        // ssh asks a program for the password where it has no terminal.
        var askpass = Path.Combine(lab.Directory, "askpass");
        File.WriteAllText(askpass, "#!/bin/sh\nprintf '%s\\n' \"$LAB_PASSWORD\"\n");
        await LocalCommand.Run("chmod", "700", askpass);
        var start = new ProcessStartInfo("ssh", ["-F", lab.SshConfig, host, command]);
        start.Environment["SSH_ASKPASS"] = askpass;
        start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        start.Environment["LAB_PASSWORD"] = Lab.OpsPassword;
        return await LocalCommand.Run(start, stdin);
    }

    /// <summary>
    /// Everything on this machine that carries the number of a lab: what it is, and an id that a later lab with the same number
    /// does not have.
    /// </summary>
    static async Task<string[]> Traces(string directory) => (
            await LocalCommand.Run(
                "sh",
                "-c",
                """
                directory=$1 lab=cfglab${1##*/}
                for it in /run/netns/$lab-*; do stat -c 'namespace %i' $it 2>/dev/null; done
                for it in /sys/class/net/$lab; do sed 's/^/bridge /' $it/ifindex 2>/dev/null; done
                for it in /sys/class/net/${lab}v*; do sed 's/^/veth /' $it/ifindex 2>/dev/null; done
                for it in /sys/fs/cgroup/$lab-* /sys/fs/cgroup/*/$lab-*; do stat -c 'cgroup %i' $it 2>/dev/null; done
                stat -c 'directory %i' $directory 2>/dev/null
                grep -E " $directory/| /run/netns/$lab-" /proc/self/mountinfo | sed 's/ .*//; s/^/mount /'
                for it in /proc/[0-9]*; do
                    line=$({ tr '\0' ' ' <$it/cmdline; } 2>/dev/null)
                    case $line in
                        *"tether.sh $directory/"* | qemu-*"file=$directory/"*) echo "process ${it##*/}" ;;
                        *"sleep 1000"*) grep -qs "/$lab-" $it/cgroup && echo "payload ${it##*/}" ;;
                    esac
                done
                true
                """,
                "traces",
                directory
            )
        ).Succeeded("traces").Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
