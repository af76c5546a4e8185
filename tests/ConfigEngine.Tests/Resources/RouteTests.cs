using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class RouteTests : ISamples
{
    static readonly Route Office = new("192.168.10.0/24") { Via = "10.0.0.1" };

    static string Host(string layout, string network = "", string live = "", string file = Files.Absent, string device = "eth0") =>
        $"device={device}\nthere={(device.Length == 0 ? "no" : "yes")}\nlayout={layout}\nnetwork={network}\nlive={live}\nfile\n{file}";

    static string Written(Route route, string answer) =>
        route.Compare(route.Read(Output.Of(answer))) is { After.State: Route.State { Content.Text: { } text } }
            ? text
            : throw new InvalidOperationException();

    static string There(Route route, string layout, string mode, string live, string network = "") =>
        Host(layout, network, live, Files.Text(Written(route, Host(layout, network)), mode));

    [Fact]
    public void Is_made_now_and_by_ifupdown_at_boot() => Plan(Office, Host("ifupdown"));

    [Fact]
    public void Is_made_by_networkd_beside_the_file_of_its_interface() =>
        Plan(Office with { Metric = 50 }, Host("networkd", "10-eth0.network"));

    [Fact]
    public void Is_made_by_netplan() => Plan(Office, Host("netplan", "ethernets lan"));

    [Fact]
    public void Is_made_for_ipv6() => Plan(new Route("::/0") { Via = "fe80::1", Device = "eth0" }, Host("ifupdown"));

    [Fact]
    public void Leads_to_a_network_that_is_reached_directly() =>
        Plan(new Route("198.51.100.7") { Device = "eth0", AtBoot = false }, Host("none"));

    [Fact]
    public void Is_left_where_it_is_as_wanted() => Plan(Office, There(Office, "ifupdown", "755", "unicast|10.0.0.1|eth0|"));

    [Fact]
    public void Keeps_the_metric_that_it_has_where_none_is_given() =>
        Plan(Office, There(Office, "ifupdown", "755", "unicast|10.0.0.2|eth0|200 unicast|10.0.0.3|eth1|100"));

    [Fact]
    public void Is_another_than_one_with_another_metric() =>
        Plan(
            Office with
            {
                Metric = 100,
            },
            There(Office with { Metric = 100 }, "networkd", "644", "unicast|10.0.0.1|eth0|", "10-eth0.network")
        );

    [Fact]
    public void Takes_the_place_of_one_that_lets_nothing_through() =>
        Plan(Office with { AtBoot = false }, Host("none", live: "unreachable|||"));

    [Fact]
    public void Repairs_its_file() =>
        Plan(Office, Host("netplan", "ethernets lan", "unicast|10.0.0.1|eth0|", Files.Text("network: {}\n", "644", "app")));

    [Fact]
    public void Needs_a_network_with_its_gateway() => Plan(Office, Host("none", device: ""));

    [Fact]
    public void Needs_its_interface() =>
        Plan(Office with { Device = "eth9" }, Host("none", device: "eth9").Replace("there=yes", "there=no", StringComparison.Ordinal));

    [Fact]
    public void Says_that_nothing_makes_it_at_boot() => Plan(Office, Host("none"));

    [Fact]
    public void Is_made_by_a_script_of_NetworkManager() => Plan(Office, Host("networkmanager"));

    [Fact]
    public void Is_made_by_one_for_ipv6() =>
        Plan(
            new Route("2001:db8::/48")
            {
                Via = "fe80::1",
                Device = "eth0",
                Metric = 50,
            },
            Host("networkmanager", file: "absent|directory\nmissing\n")
        );

    [Fact]
    public void Is_left_to_NetworkManager_where_it_is_as_wanted() =>
        Plan(Office, There(Office, "networkmanager", "755", "unicast|10.0.0.1|eth0|"));

    [Fact]
    public void Leaves_the_kernel_its_own() => Plan(new Route("10.0.0.0/24") { Device = "eth0" }, Host("ifupdown", live: "kernel||eth0|"));

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Office, Host("dhcpcd"));

    [Theory]
    [InlineData("192.168.10.5/24")]
    [InlineData("192.168.10.0/33")]
    [InlineData("example.com")]
    public void What_is_not_a_network_is_refused(string destination) =>
        Assert.Contains(
            "is a",
            Assert
                .Throws<RecipeException>(() => Catalog.Check(new Route(destination) { Via = "10.0.0.1" }))
                .Message.Replace("is not a", "is a", StringComparison.Ordinal),
            StringComparison.Ordinal
        );

    [Fact]
    public void Refuses_an_address_for_a_network() => Plan(new Route("192.168.10.5/24") { Via = "10.0.0.1" }, Host("none"));

    [Fact]
    public void Refuses_a_route_that_cannot_be() =>
        Plan(
            new Route("192.168.10.0/24")
            {
                Via = "fe80::1",
                Device = "eth 0",
                Metric = -1,
            },
            Host("none")
        );

    [Fact]
    public void Refuses_a_route_to_nowhere() => Plan(new Route("10.1.0.0/16"), Host("none"));

    [Fact]
    public void Removes_a_route_and_its_files() =>
        Plan(
            new NoRoute("192.168.10.0/24"),
            "live=unicast|10.0.0.1|eth0|50 unreachable|||\nfile=/etc/network/if-up.d/cfg-route-192-168-10-0-24\n"
                + "file=/etc/systemd/network/10-eth0.network.d/cfg-route-192-168-10-0-24.conf\n"
        );

    [Fact]
    public void Removes_a_script_of_NetworkManager() =>
        Plan(
            new NoRoute("192.168.10.0/24"),
            "live=unicast|10.0.0.1|eth0|\nfile=/etc/NetworkManager/dispatcher.d/cfg-route-192-168-10-0-24\n"
        );

    [Fact]
    public void Removes_only_the_one_with_that_metric() =>
        Plan(new NoRoute("default") { Metric = 50 }, "live=unicast|10.0.0.1|eth0| unicast|10.0.0.2|eth0|50\n");

    [Fact]
    public void Wants_nothing_where_only_the_kernel_has_one() => Plan(new NoRoute("10.0.0.0/24"), "live=kernel||eth0|\n");

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<Route>
            {
                LosesOnly = "the route to that network",
                BareElsewhere = "NetworkTests of the lab: it needs what configures the interface",
                ForRoot = [new(new Route("198.51.100.0/24") { Device = "host0", AtBoot = false })],
            },
            new Sample<NoRoute>
            {
                LosesOnly = "the routes to that network",
                ForRoot = [new(new NoRoute("203.0.113.0/24")) { Prepare = "ip route replace 203.0.113.0/24 dev host0" }],
            },
        ];
}
