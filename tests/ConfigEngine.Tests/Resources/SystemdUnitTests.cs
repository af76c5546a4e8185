using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SystemdUnitTests
{
    [Fact]
    public void Enables_and_starts_a_stopped_unit() => Plan(
        new SystemdUnit("nginx.service") { Enabled = true, Running = true },
        observed: """
            LoadState=loaded
            UnitFileState=disabled
            ActiveState=inactive
            """);

    [Fact]
    public void Leaves_alone_what_it_does_not_mention() => Plan(
        new SystemdUnit("nginx.service") { Enabled = true },
        observed: """
            LoadState=loaded
            UnitFileState=enabled
            ActiveState=inactive
            """);

    [Fact]
    public void Takes_a_static_unit_as_enabled_as_it_can_be() => Plan(
        new SystemdUnit("systemd-journald.service") { Enabled = true, Running = true },
        observed: """
            LoadState=loaded
            UnitFileState=static
            ActiveState=active
            """);

    [Fact]
    public void Unmasks_before_it_starts() => Plan(
        new SystemdUnit("nginx.service") { Masked = false, Running = true },
        observed: """
            LoadState=masked
            UnitFileState=masked
            ActiveState=inactive
            """);

    [Fact]
    public void Stops_before_it_masks() => Plan(
        new SystemdUnit("snapd.service") { Masked = true, Running = false },
        observed: """
            LoadState=loaded
            UnitFileState=enabled
            ActiveState=active
            """);

    [Fact]
    public void Says_that_a_unit_is_not_there() => Plan(
        new SystemdUnit("ngnix.service") { Running = true },
        observed: """
            LoadState=not-found
            UnitFileState=
            ActiveState=inactive
            """);

    [Fact]
    public void Wants_nothing_of_a_unit_that_is_not_there_and_should_not_run() => Plan(
        new SystemdUnit("snapd.service") { Enabled = false, Running = false },
        observed: """
            LoadState=not-found
            UnitFileState=
            ActiveState=inactive
            """);

    [Fact]
    public void Wants_the_full_name() => Plan(new SystemdUnit("nginx") { Running = true }, observed: "");

    [Fact]
    public void Does_not_guess_from_a_state_that_it_does_not_know() => Plan(
        new SystemdUnit("nginx.service") { Running = true },
        observed: """
            LoadState=loaded
            UnitFileState=enabled
            ActiveState=bewildered
            """);
}
