using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SysctlTests : ISamples
{
    static readonly Sysctl Forward = new("net.ipv4.ip_forward") { Value = "1" };

    [Fact]
    public void Sets_the_kernel_and_the_file() =>
        Plan(Forward, observed: "live 0\nfile /usr/lib/sysctl.d/50-default.conf\nreal /usr/lib/sysctl.d/50-default.conf\n");

    [Fact]
    public void Sets_the_kernel_where_only_the_file_is_right() =>
        Plan(
            Forward,
            observed: """
            live 0
            file /etc/sysctl.d/90-net.ipv4.ip_forward.conf
            real /etc/sysctl.d/90-net.ipv4.ip_forward.conf
             net.ipv4.ip_forward = 1
            """
        );

    [Fact]
    public void Sets_the_file_where_only_the_kernel_is_right() => Plan(Forward, observed: "live 1\n");

    [Fact]
    public void Overrides_a_file_that_is_read_earlier() =>
        Plan(
            Forward,
            observed: """
            live 1
            file /usr/lib/sysctl.d/50-default.conf
            real /usr/lib/sysctl.d/50-default.conf
             -net/ipv4/ip_forward=0
            """
        );

    [Fact]
    public void Is_content_with_any_file_that_says_it() =>
        Plan(
            Forward,
            observed: """
            live 1
            file /etc/sysctl.d/99-sysctl.conf
            real /etc/sysctl.conf
             #net.ipv4.ip_forward=0
             net.ipv4.ip_forward=1
            file /usr/lib/sysctl.d/99-sysctl.conf
            real /usr/lib/sysctl.d/99-sysctl.conf
             net.ipv4.ip_forward=0
            """
        );

    [Fact]
    public void Says_which_file_would_undo_it() =>
        Plan(
            Forward,
            observed: """
            live 1
            file /etc/sysctl.d/99-sysctl.conf
            real /etc/sysctl.conf
             net.ipv4.ip_forward=0
            """
        );

    [Fact]
    public void Takes_spaces_and_tabs_for_the_same() =>
        Plan(
            new Sysctl("net.ipv4.tcp_rmem") { Value = "4096  131072 6291456" },
            observed: """
            live 4096 131072 6291456
            file /etc/sysctl.d/90-net.ipv4.tcp_rmem.conf
            real /etc/sysctl.d/90-net.ipv4.tcp_rmem.conf
             net.ipv4.tcp_rmem = 4096	131072	6291456
            """
        );

    [Fact]
    public void Takes_an_interface_with_a_dot_in_its_name() =>
        Plan(
            new Sysctl("net.ipv4.conf.eth0/100.rp_filter") { Value = "2" },
            observed: """
            live 0
            file /etc/sysctl.d/10-vlan.conf
            real /etc/sysctl.d/10-vlan.conf
             net/ipv4/conf/eth0.100/rp_filter = 1
            """
        );

    [Fact]
    public void Says_that_the_kernel_has_no_such_setting() => Plan(new Sysctl("net.ipv4.ip_forwrd") { Value = "1" }, observed: "absent\n");

    [Fact]
    public void Refuses_what_is_no_setting() => Plan(new Sysctl("net.ipv4.conf.*.rp_filter") { Value = "1" }, observed: "");

    [Fact]
    public void Refuses_to_leave_the_settings() => Plan(new Sysctl("net/../../../etc/passwd") { Value = "1" }, observed: "");

    [Fact]
    public void Refuses_a_value_of_two_lines() => Plan(Forward with { Value = "1\nkernel.panic = 1" }, observed: "");

    [Fact]
    public void Refuses_an_empty_value() => Plan(Forward with { Value = " " }, observed: "");

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Forward, observed: "1\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Sysctl>
            {
                LosesOnly = "a setting that it names",
                Bare =
                [
                    new(new Sysctl("net.ipv4.ip_forward") { Value = "1" }) { IsThere = "test $(cat /proc/sys/net/ipv4/ip_forward) = 1" },
                ],
            },
        ];
}
