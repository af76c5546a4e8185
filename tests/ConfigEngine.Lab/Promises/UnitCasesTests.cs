using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Units in the states that administrators meet: what the plan says of them is so, on one host of each release.</summary>
[Collection("lab")]
public sealed class UnitCasesTests(Lab lab)
{
    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task What_a_plan_says_of_units_is_so(string release)
    {
        await using var host = await lab.StartHostAsync(release);

        await Case_11_a_unit_that_stands_for_others(host);
        await Case_21_an_install_section_that_changed(host);
        await Links_that_nothing_asks_for_and_lists_that_go_on(host);
        await A_unit_that_is_only_linked(host);
        await A_restart_is_of_the_unit_as_its_files_are_now(host);
        await A_unit_that_comes_only_as_a_file_is_planned_and_runs(host);
    }

    /// <summary>Whatever brings the file: a File, a Tree, a link, in whichever directory, of the unit or of its template.</summary>
    async Task A_unit_that_comes_only_as_a_file_is_planned_and_runs(LabHost host)
    {
        const string service = "[Service]\nType=exec\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n";
        await host.WriteFile("/srv/pointed.service", service);
        (IDeclaration Brings, string Unit)[] all =
        [
            (new ConfigEngine.Resources.File("/etc/systemd/system/plain.service") { Content = service }, "plain.service"),
            (new ConfigEngine.Resources.File("/usr/lib/systemd/system/vendor.service") { Content = service }, "vendor.service"),
            (new ConfigEngine.Resources.File("/etc/systemd/system/many@.service") { Content = service }, "many@one.service"),
            (new Tree("/usr/local/lib/systemd") { From = [new("system/tree.service", service, Executable: false)] }, "tree.service"),
            (new Symlink("/etc/systemd/system/pointed.service") { Target = "/srv/pointed.service" }, "pointed.service"),
        ];

        foreach (var (brings, unit) in all)
        {
            SystemdUnit wanted = new(unit) { Enabled = true, Running = true };
            var applied = await host.Apply(brings, wanted);
            Nothing.In(applied.Error);
            Assert.Equal(
                (Certainty.Predicted, $"after {brings.Resources.Single().Address}"),
                applied.Plan.Changes.Last() is { } change ? (change.Certainty, change.Because) : default
            );
            Assert.Equal("enabled active", await host.Sh($"echo $(systemctl is-enabled {unit}; systemctl is-active {unit})"));
            Assert.Empty((await host.Plan(brings, wanted)).Changes);
        }

        // A drop-in, and the unit again: it is looked at again, and runs as its files are now.
        ConfigEngine.Resources.File dropIn = new("/usr/lib/systemd/system/vendor.service.d/env.conf")
        {
            Content = "[Service]\nEnvironment=A=1\n",
            Notifies = [new SystemdUnit("vendor.service").Restart],
        };
        var changed = await host.Apply(
            new ConfigEngine.Resources.Directory("/usr/lib/systemd/system/vendor.service.d"),
            dropIn,
            new SystemdUnit("vendor.service") { Running = true }
        );
        Nothing.In(changed.Error);
        Assert.Equal(Verb.Recheck, changed.Plan.Hosts[0].Rechecks.Single().Verb);
        Assert.Equal(
            "A=1",
            await host.Sh("tr '\\0' '\\n' </proc/$(systemctl show --value --property=MainPID vendor.service)/environ | grep ^A=")
        );

        Assert.Contains(
            "there is no unit nowhere.service",
            (
                await Rig.Plan(
                    lab.SshConfig,
                    host.Name,
                    new ConfigEngine.Resources.File("/etc/systemd/system/other.service") { Content = service },
                    new SystemdUnit("nowhere.service") { Running = true }
                )
            )
                .Hosts[0]
                .Error
                ?.Message,
            StringComparison.Ordinal
        );
    }

    static async Task Case_11_a_unit_that_stands_for_others(LabHost host)
    {
        await host.WriteFile(
            "/etc/systemd/system/lazy.socket",
            "[Socket]\nListenStream=/run/lazy.sock\n[Install]\nWantedBy=sockets.target\n"
        );
        await host.WriteFile(
            "/etc/systemd/system/lazy.service",
            "[Unit]\nRequires=lazy.socket\n[Service]\nExecStart=/bin/sleep infinity\n[Install]\nAlso=lazy.socket\n"
        );
        await host.Sh("systemctl daemon-reload");
        SystemdUnit lazy = new("lazy.service") { Enabled = true };

        Nothing.In((await host.Apply(lazy)).Error);
        Assert.Equal("enabled", await host.Sh("systemctl is-enabled lazy.socket"));
        Assert.Empty((await host.Plan(lazy)).Changes);
        Nothing.In((await host.Apply(lazy with { Enabled = false })).Error);
        Assert.Equal("disabled", await host.Sh("systemctl is-enabled lazy.socket || true"));
        Assert.Empty((await host.Plan(lazy with { Enabled = false })).Changes);
    }

    static async Task Case_21_an_install_section_that_changed(LabHost host)
    {
        await host.WriteFile(
            "/etc/systemd/system/moved.service",
            "[Service]\nExecStart=/bin/sleep 1000\n\n[Install]\nWantedBy=multi-user.target\n"
        );
        await host.Sh("systemctl daemon-reload && systemctl enable -q --now moved.service");
        UnitFile file = new("moved.service")
        {
            Service = new() { ExecStart = "/bin/sleep 1000" },
            Install = new() { WantedBy = "graphical.target", Alias = "old-name.service" },
        };
        SystemdUnit unit = new("moved.service") { Enabled = true, Running = true };

        var applied = await host.Apply(file, unit);
        Nothing.In(applied.Error);
        Assert.Equal(["unit-file moved.service", "systemd-unit moved.service"], applied.Done);
        Assert.Equal(
            "by an older [Install] section",
            applied.Plan.Changes.Single(change => change.Kind is "systemd-unit").Attributes.Single().Before
        );
        Assert.Equal(
            "graphical.target.wants/moved.service\nold-name.service",
            await host.Sh("cd /etc/systemd/system && ls -d *.wants/moved.service old-name.service")
        );
        Assert.Empty((await host.Plan(file, unit)).Changes);

        await host.Sh("rm /etc/systemd/system/old-name.service && systemctl daemon-reload");
        var repaired = await host.Apply(file, unit);
        Nothing.In(repaired.Error);
        Assert.Equal("by an older [Install] section", repaired.Plan.Changes.Single().Attributes.Single().Before);
        Assert.Equal("moved.service", await host.Sh("basename $(readlink -f /etc/systemd/system/old-name.service)"));
        Nothing.In((await host.Apply(unit with { Enabled = false })).Error);
        Nothing.In(await host.Sh("cd /etc/systemd/system && ls -d *.wants/moved.service old-name.service 2>/dev/null || true"));
    }

    static async Task Links_that_nothing_asks_for_and_lists_that_go_on(LabHost host)
    {
        await host.WriteFile(
            "/etc/systemd/system/odd@.service",
            "[Service]\nExecStart=/bin/sleep 1000\n[Install]\nWantedBy=none.target\nWantedBy=\nWantedBy=multi-user.target \\\n  "
                + "graphical.target\nRequiredBy=for-%i.target\n"
        );
        await host.Sh("systemctl daemon-reload && systemctl enable -q odd@1.service");
        SystemdUnit odd = new("odd@1.service") { Enabled = true };
        Assert.Empty((await host.Plan(odd)).Changes);

        await host.Sh(
            "mkdir -p /etc/systemd/system/rescue.target.wants && ln -s ../odd@.service "
                + "/etc/systemd/system/rescue.target.wants/odd@1.service"
        );
        Nothing.In((await host.Apply(odd)).Error);
        Nothing.In(await host.Sh("ls /etc/systemd/system/rescue.target.wants/odd@1.service 2>/dev/null || true"));
        Assert.Empty((await host.Plan(odd)).Changes);
    }

    static async Task A_unit_that_is_only_linked(LabHost host)
    {
        await host.WriteFile("/srv/linked.service", "[Service]\nExecStart=/bin/sleep 1000\n");
        await host.Sh("systemctl link -q /srv/linked.service");
        SystemdUnit linked = new("linked.service") { Enabled = true, Running = true };

        Nothing.In((await host.Apply(linked)).Error);
        Assert.Empty((await host.Plan(linked)).Changes);
    }

    static async Task A_restart_is_of_the_unit_as_its_files_are_now(LabHost host)
    {
        // Of this type, a start is over when its program runs, with its environment.
        await host.WriteFile("/etc/systemd/system/told.service", "[Service]\nType=exec\nExecStart=/bin/sleep 1000\n");
        await host.Sh(
            "mkdir -p /etc/systemd/system/told.service.d && printf '[Service]\\nEnvironment=FROM=dropin\\n' "
                + ">/etc/systemd/system/told.service.d/env.conf && systemctl daemon-reload && systemctl start told.service"
        );
        SystemdUnit told = new("told.service") { Running = true };
        const string Environment =
            "tr '\\0' '\\n' </proc/$(systemctl show --property=MainPID --value told.service)/environ | grep ^FROM= || echo none";
        Assert.Equal("FROM=dropin", await host.Sh(Environment));

        Nothing.In(
            (await host.Apply(new NoPath("/etc/systemd/system/told.service.d/env.conf") { Notifies = [told.Restart] }, told)).Error
        );
        Assert.Equal("none", await host.Sh(Environment));
        Nothing.In(
            (
                await host.Apply(
                    new ConfigEngine.Resources.File("/etc/systemd/system/told.service.d/env.conf")
                    {
                        Content = "[Service]\nEnvironment=FROM=file\n",
                        Notifies = [told.Reload],
                    },
                    told
                )
            ).Error
        );
        Assert.Equal("FROM=file", await host.Sh(Environment));

        await host.Sh(
            "systemctl stop told.service; printf '[Service]\\nEnvironment=FROM=hand\\n' >/etc/systemd/system/told.service.d/env.conf"
        );
        Nothing.In((await host.Apply(told)).Error);
        Assert.Equal("FROM=hand", await host.Sh(Environment));
        Assert.Equal("NeedDaemonReload=no", await host.Sh("systemctl show --property=NeedDaemonReload told.service"));
    }
}
