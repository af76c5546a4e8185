namespace ConfigEngine.Lab;

/// <summary>
/// What needs another kernel than this machine's, run the way a user runs it, on one virtual machine that all of these tests
/// share: modules here, mounts beside it. Each test leaves the machine so that the next one does not mind it.
/// </summary>
[Collection("lab")]
public sealed partial class KernelTests(Lab lab, KernelTests.Machine machine) : IClassFixture<KernelTests.Machine>
{
    // systemd has dummy and ifb make no interfaces (/usr/lib/modprobe.d/systemd.conf).
    const string Modules = """
        On("all",
            new File("/etc/modprobe.d/systemd.conf") { Content = "# not what systemd says\n" },
            new KernelModule("dummy") { Options = "numdummies=2" },
            new KernelModule("brd") { Options = "rd_nr=3" },
            new KernelModule("nf-conntrack"));
        """;

    [LabFact]
    public async Task Modules_are_loaded_now_with_their_options_and_every_attribute_that_drifts_is_repaired()
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("modules.csx", Modules);

        await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
        Assert.Equal("dummy0\ndummy1\n/dev/ram0\n/dev/ram1\n/dev/ram2", await vm.Sh("ls /sys/class/net | grep dummy; ls /dev/ram*"));

        await vm.Sh("rmmod dummy; sed -i s/3/1/ /etc/modprobe.d/brd.conf; rm /etc/modules-load.d/nf_conntrack.conf");
        Assert.Equal(
            ["kernel-module dummy: loaded", "kernel-module brd: options", "kernel-module nf_conntrack: at-boot"],
            Lines(await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--json"))
        );
        await cfg.Run(0, "apply", recipe, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", recipe, "--host", vm.Name, "--exit-code");
        Assert.Equal("dummy0\ndummy1", await vm.Sh("ls /sys/class/net | grep dummy"));
    }

    [LabFact]
    public async Task A_module_is_unloaded_and_kept_away_and_one_in_use_is_an_error_that_says_so()
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);
        var unloaded = cfg.Write(
            "unloaded.csx",
            """On("all", new KernelModule("ifb") { Loaded = false, AtBoot = false, Blacklisted = true });"""
        );
        var busy = cfg.Write("busy.csx", """On("all", new KernelModule("nbd") { Loaded = false, AtBoot = null });""");
        await vm.Sh(
            """
            modprobe ifb; echo ifb >/etc/modules-load.d/ifb.conf
            # Without a number it makes 16 devices, and udev is busy with them for as long as a connection may take.
            modprobe nbd nbds_max=1; udevadm settle
            sleep 1000 <>/dev/nbd0 >/dev/null 2>&1 & echo $! >/run/busy
            """
        );

        await cfg.Run(0, "apply", unloaded, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", unloaded, "--host", vm.Name, "--exit-code");
        var failed = await cfg.Run(1, "apply", busy, "--host", vm.Name, "--yes");

        Assert.Equal(
            "blacklist ifb",
            await vm.Sh("! grep '^ifb ' /proc/modules; cat /etc/modprobe.d/ifb.conf; ls /etc/modules-load.d | grep ifb || true")
        );
        Assert.Contains("Module nbd is in use", failed.Stdout, StringComparison.Ordinal);
        await vm.Sh("kill $(cat /run/busy); sleep 0.5");
        await cfg.Run(0, "apply", busy, "--host", vm.Name, "--yes");
    }

    [LabTheory]
    [InlineData("""new KernelModule("no_such_module")""", "the running kernel has no module no_such_module")]
    [InlineData("""new KernelModule("fs-nfs4")""", "another name of the module nfs")]
    [InlineData(
        """new KernelModule("bonding") { Options = "max_bonds=2" }""",
        "/usr/lib/modprobe.d/systemd.conf says options bonding max_bonds=0"
    )]
    public async Task What_cannot_be_is_said_before_anything_is_done(string module, string says)
    {
        var vm = await machine.Vm();
        using CfgProcess cfg = new(lab.SshConfig);

        var planned = await cfg.Run(1, "plan", cfg.Write("module.csx", $"On(\"all\", {module});"), "--host", vm.Name);

        Assert.Contains(says, planned.Stdout, StringComparison.Ordinal);
    }

    /// <summary>What a plan changes: the address and its attributes.</summary>
    static IEnumerable<string> Lines(Ran plan) =>
        CfgProcess
            .Changes(plan)
            .Select(change =>
                $"{CfgProcess.Named(change)}: "
                + string.Join(
                    ' ',
                    change
                        .GetProperty("attributes")
                        .EnumerateArray()
                        .Select(attribute => attribute.GetProperty("name").GetString())
                        .Order(StringComparer.Ordinal)
                )
            );

    /// <summary>The machine, booted by the first test that asks for it.</summary>
    public sealed class Machine(Lab lab) : IAsyncLifetime
    {
        Task<LabVm>? booted;

        public Task<LabVm> Vm() => booted ??= lab.StartVmAsync("kernel");

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync()
        {
            if (booted is not null)
                await (await booted).DisposeAsync();
        }
    }
}
