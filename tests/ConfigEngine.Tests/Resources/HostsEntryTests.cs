using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class HostsEntryTests : ISamples
{
    const string Usual = "127.0.0.1\tlocalhost\n127.0.1.1\thost\n\n# IPv6\n::1     localhost ip6-localhost ip6-loopback\n";
    static readonly HostsEntry Web = new("203.0.113.11") { Names = ["web1.example.com", "web1"] };

    [Fact]
    public void Adds_an_address_at_the_end() => Plan(Web, observed: Files.Text(Usual));

    [Fact]
    public void Gives_an_address_other_names_and_keeps_the_remark() =>
        Plan(Web, observed: Files.Text(Usual + "203.0.113.11 old web1 # in rack 4\n"));

    [Fact]
    public void Leaves_a_line_that_says_the_same_in_another_form() =>
        Plan(Web, observed: Files.Text(Usual + "203.0.113.11\t web1.example.com\tweb1 # in rack 4\n"));

    [Fact]
    public void Takes_its_names_from_other_addresses_of_the_family() =>
        Plan(
            Web,
            observed: Files.Text("203.0.113.9 web1\n203.0.113.10 other WEB1\n2001:db8::11 web1\n203.0.113.11 web1.example.com web1\n")
        );

    [Fact]
    public void Leaves_one_line_for_an_address() =>
        Plan(Web, observed: Files.Text("203.0.113.11 web1.example.com web1\n203.0.113.11 www\n"));

    [Fact]
    public void Knows_an_address_in_its_long_form() =>
        Plan(new HostsEntry("2001:db8::11") { Names = ["web1"] }, observed: Files.Text("2001:0DB8:0:0:0:0:0:11 web1\n"));

    [Fact]
    public void Needs_the_file() => Plan(Web, observed: Files.Absent);

    [Fact]
    public void Refuses_what_is_no_address() => Plan(new HostsEntry("203.0.113") { Names = ["web1"] }, observed: "");

    [Fact]
    public void Refuses_what_is_no_name() => Plan(Web with { Names = ["web 1", "-a", "web1", "WEB1"] }, observed: "");

    [Fact]
    public void Wants_a_name() => Plan(Web with { Names = [] }, observed: "");

    [Fact]
    public void Leaves_localhost_its_name() => Plan(new HostsEntry("127.0.0.1") { Names = ["app.local"] }, observed: "");

    [Fact]
    public void Leaves_localhost_to_itself() => Plan(Web with { Names = ["localhost"] }, observed: "");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<HostsEntry>
            {
                LosesOnly = "names that it names, from other addresses",
                Bare = [new(new HostsEntry("203.0.113.9") { Names = ["nine"] }) { IsThere = "getent hosts nine" }],
            },
        ];
}
