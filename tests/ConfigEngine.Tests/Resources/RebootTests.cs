using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class RebootTests : ISamples
{
    const string Metal = "running=6.1.0-18-amd64\nkernel=6.1.0-18-amd64\n";

    [Fact]
    public void Reboots_for_a_newer_kernel() => Plan(new Reboot(), observed: Metal + "kernel=6.1.0-25-amd64\n");

    [Fact]
    public void Reboots_where_a_package_asks_for_it_and_names_it() =>
        Plan(
            new Reboot
            {
                Options = new() { Delay = TimeSpan.FromMinutes(1), Message = "back in a minute" },
            },
            observed: "flag=/run/reboot-required\npackage=dbus\npackage=libc6\npackage=dbus\n" + Metal
        );

    [Fact]
    public void Reboots_where_the_first_process_runs_with_libraries_that_were_replaced() =>
        Plan(new Reboot(), observed: "library=/usr/lib/x86_64-linux-gnu/libc.so.6\n" + Metal + "replaced=yes\n");

    [Fact]
    public void Reboots_for_packages_of_rpm_that_need_a_boot() => Plan(new Reboot(), observed: "updated=glibc\nupdated=systemd\n" + Metal);

    [Fact]
    public void Leaves_a_host_that_asks_for_nothing() => Plan(new Reboot(), observed: Metal);

    [Fact]
    public void Does_not_take_an_older_kernel_or_another_flavour_for_a_reason() =>
        Plan(new Reboot(), observed: Metal + "kernel=6.1.0-9-amd64\nkernel=6.1.0-25-cloud-amd64\n");

    [Fact]
    public void Reboots_always_where_that_is_said() => Plan(new Reboot { When = RebootWhen.Always, Name = "nightly" }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(new Reboot(), observed: "uptime=12\n");

    [Fact]
    public void Refuses_times_that_make_no_sense() =>
        Plan(
            new Reboot
            {
                Options = new()
                {
                    Delay = TimeSpan.FromSeconds(-1),
                    Timeout = TimeSpan.FromSeconds(1),
                    Poll = TimeSpan.Zero,
                },
            },
            observed: Metal
        );

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Reboot>
            {
                Losses = [new(new Reboot(), "flag=/run/reboot-required\n", "Reboots host")],
                BareElsewhere = "RebootTests of the lab",
                ForRoot = [new(new Reboot { When = RebootWhen.Always })],
            },
        ];
}
