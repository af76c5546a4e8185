using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SystemdUnitTests : ISamples
{
    [Fact]
    public void Enables_and_starts_a_stopped_unit() =>
        Plan(
            new SystemdUnit("nginx.service") { Enabled = true, Running = true },
            observed: Seen("nginx.service", "UnitFileState=disabled", "ActiveState=inactive")
        );

    [Fact]
    public void Leaves_alone_what_it_does_not_mention() =>
        Plan(
            new SystemdUnit("nginx.service") { Enabled = true },
            observed: Seen("nginx.service", "UnitFileState=enabled", "ActiveState=inactive")
        );

    [Fact]
    public void Takes_a_static_unit_as_enabled_as_it_can_be() =>
        Plan(
            new SystemdUnit("systemd-journald.service") { Enabled = true, Running = true },
            observed: Seen("systemd-journald.service", "UnitFileState=static", "ActiveState=active")
        );

    [Theory]
    [InlineData(true, "disabled", "enabled  false → true")]
    [InlineData(true, "enabled", "")]
    [InlineData(false, "enabled", "enabled  true → false")]
    [InlineData(false, "disabled", "")]
    public void Case_11_a_unit_that_only_stands_for_others_is_enabled_as_they_are(bool wanted, string state, string change)
    {
        SystemdUnit lazy = new("lazy.service") { Enabled = wanted };
        var draft = lazy.Compare(
            lazy.Read(
                Output.Of(
                    Seen(
                        "lazy.service",
                        "FragmentPath=/etc/systemd/system/lazy.service",
                        "UnitFileState=indirect",
                        $"Also=lazy.socket:{state}"
                    )
                )
            )
        );

        Assert.Equal(
            change,
            string.Join(
                ", ",
                draft?.Attributes.Select(one => $"{one.Name}  {ValueText.Short(one.Before)} → {ValueText.Short(one.After)}") ?? []
            )
        );
    }

    [Fact]
    public void Case_11_enables_what_a_unit_stands_for() =>
        Plan(
            new SystemdUnit("lazy.service") { Enabled = true },
            observed: Seen(
                "lazy.service",
                "FragmentPath=/etc/systemd/system/lazy.service",
                "UnitFileState=indirect",
                "Also=lazy.socket:disabled"
            )
        );

    [Fact]
    public void Case_21_enables_again_by_an_install_section_that_changed() =>
        Plan(
            new SystemdUnit("moved.service") { Enabled = true },
            observed: Seen("moved.service", "FragmentPath=/etc/systemd/system/moved.service", "UnitFileState=enabled", "Install=older")
        );

    [Fact]
    public void Case_21_shows_it_where_an_earlier_line_changes_that_section()
    {
        const string Old = "[Service]\nExecStart=/bin/sleep 1000\n\n[Install]\nWantedBy=multi-user.target\n";
        UnitFile file = new("moved.service")
        {
            Service = new() { ExecStart = "/bin/sleep 1000" },
            Install = new() { WantedBy = "graphical.target", Alias = "old-name.service" },
        };
        Plan([
            (file, Output.Of($"loaded=yes\nfile|644|root|root|{((Content)Old).Length}|{((Content)Old).Digest}\nmissing\n{Old}")),
            (
                new SystemdUnit("moved.service") { Enabled = true },
                Output.Of(Seen("moved.service", "FragmentPath=/etc/systemd/system/moved.service", "UnitFileState=enabled"))
            ),
        ]);
    }

    [Fact]
    public void Disables_what_is_enabled_by_an_older_install_section() =>
        Plan(
            new SystemdUnit("moved.service") { Enabled = false },
            observed: Seen("moved.service", "FragmentPath=/etc/systemd/system/moved.service", "UnitFileState=enabled", "Install=older")
        );

    [Fact]
    public void Takes_a_linked_unit_without_an_install_section_as_enabled_as_it_can_be() =>
        Plan(
            new SystemdUnit("app.service") { Enabled = true },
            observed: Seen("app.service", "FragmentPath=/srv/app/app.service", "UnitFileState=linked", "Install=none")
        );

    [Fact]
    public void Unmasks_before_it_starts() =>
        Plan(
            new SystemdUnit("nginx.service") { Masked = false, Running = true },
            observed: Seen("nginx.service", "LoadState=masked", "UnitFileState=masked", "ActiveState=inactive")
        );

    [Fact]
    public void Stops_before_it_masks() =>
        Plan(
            new SystemdUnit("snapd.service") { Masked = true, Running = false },
            observed: Seen("snapd.service", "UnitFileState=enabled", "ActiveState=active")
        );

    [Fact]
    public void Says_that_a_unit_is_not_there() =>
        Plan(
            new SystemdUnit("ngnix.service") { Running = true },
            observed: Seen("ngnix.service", "LoadState=not-found", "UnitFileState=", "ActiveState=inactive")
        );

    [Fact]
    public void Wants_nothing_of_a_unit_that_is_not_there_and_should_not_run() =>
        Plan(
            new SystemdUnit("snapd.service") { Enabled = false, Running = false },
            observed: Seen("snapd.service", "LoadState=not-found", "UnitFileState=", "ActiveState=inactive")
        );

    [Fact]
    public void Wants_the_full_name() => Plan(new SystemdUnit("nginx") { Running = true }, observed: "");

    [Fact]
    public void Does_not_guess_from_a_state_that_it_does_not_know() =>
        Plan(
            new SystemdUnit("nginx.service") { Running = true },
            observed: Seen("nginx.service", "UnitFileState=enabled", "ActiveState=bewildered")
        );

    [Fact]
    public void Works_on_a_unit_by_another_of_its_names() =>
        Plan(new SystemdUnit("sshd.service") { Enabled = false }, observed: Seen("ssh.service", "UnitFileState=enabled"));

    [Fact]
    public void Restarts_what_only_waits_for_its_next_attempt() =>
        Plan(
            new SystemdUnit("app.service") { Running = true },
            observed: Seen(
                "app.service",
                "Type=simple",
                "RemainAfterExit=no",
                "UnitFileState=static",
                "ActiveState=activating",
                "Restarting=yes"
            )
        );

    [Fact]
    public void Cannot_keep_running_what_ends() =>
        Plan(
            new SystemdUnit("job.service") { Running = true },
            observed: Seen("job.service", "Type=oneshot", "RemainAfterExit=no", "UnitFileState=static", "ActiveState=inactive")
        );

    [Fact]
    public void Says_why_systemd_cannot_read_a_unit() =>
        Plan(
            new SystemdUnit("bad.service") { Running = true },
            observed: Seen(
                "bad.service",
                "Type=",
                "RemainAfterExit=no",
                "LoadState=bad-setting",
                "LoadError=org.freedesktop.systemd1.BadUnitSetting \"Unit bad.service has a bad unit file setting.\"",
                "UnitFileState=bad",
                "ActiveState=inactive"
            )
        );

    [Fact]
    public void Does_not_start_a_masked_unit_unasked() =>
        Plan(
            new SystemdUnit("app.service") { Running = true },
            observed: Seen(
                "app.service",
                "Type=",
                "RemainAfterExit=no",
                "LoadState=masked",
                "LoadError=org.freedesktop.systemd1.UnitMasked \"Unit app.service is masked.\"",
                "UnitFileState=masked",
                "ActiveState=inactive"
            )
        );

    [Fact]
    public void Unmasks_until_the_next_boot_where_it_was_masked_so() =>
        Plan(
            new SystemdUnit("app.service") { Masked = false, Enabled = false },
            observed: Seen(
                "app.service",
                "LoadState=masked",
                "LoadError=org.freedesktop.systemd1.UnitMasked \"Unit app.service is masked.\"",
                "UnitFileState=masked-runtime"
            )
        );

    [Fact]
    public void Disables_an_init_script() =>
        Plan(
            new SystemdUnit("old.service") { Enabled = false },
            observed: Seen("old.service", "UnitFileState=generated", "SourcePath=/etc/init.d/old", "IsEnabled=enabled")
        );

    [Fact]
    public void Cannot_disable_what_is_generated_from_another_file() =>
        Plan(
            new SystemdUnit("srv-data.mount") { Enabled = false },
            observed: Seen("srv-data.mount", "UnitFileState=generated", "SourcePath=/etc/fstab", "IsEnabled=generated")
        );

    [Fact]
    public void Enables_an_instance_of_a_template() =>
        Plan(new SystemdUnit("worker@1.service") { Enabled = true }, observed: Seen("worker@1.service", "UnitFileState=disabled"));

    [Fact]
    public void Enables_for_good_what_was_enabled_until_the_next_boot() =>
        Plan(new SystemdUnit("app.service") { Enabled = true }, observed: Seen("app.service", "UnitFileState=enabled-runtime"));

    [Fact]
    public void Does_not_mask_over_a_file_of_ones_own() =>
        Plan(
            new SystemdUnit("app.service") { Masked = true },
            observed: Seen("app.service", "UnitFileState=disabled", "FragmentPath=/etc/systemd/system/app.service")
        );

    [Fact]
    public void Wants_an_instance_and_not_a_template() => Plan(new SystemdUnit("worker@.service") { Running = true }, observed: "");

    /// <summary>What a host answers of a unit that is loaded from nowhere in particular, and whatever else is said of it.</summary>
    static string Seen(string unit, params IReadOnlyList<string> properties)
    {
        var said = properties.Select(property => property.Split('=')[0]).ToHashSet();
        string[] usual = ["LoadState=loaded", "LoadError=", "FragmentPath=", "SourcePath="];
        return string.Concat(
            usual
                .Where(property => !said.Contains(property.Split('=')[0]))
                .Prepend($"Id={unit}")
                .Concat(properties)
                .Select(property => $"{property}\n")
        );
    }

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SystemdUnit>
            {
                LosesOnly = "a unit that it names",
                BareElsewhere = "a unit comes with a package or a UnitFile: EverythingTests of the lab",
                ForRoot = [new(new SystemdUnit("cron.service") { Masked = true })],
            },
        ];
}
