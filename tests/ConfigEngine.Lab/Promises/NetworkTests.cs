using System.Net.Sockets;
using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>
/// Routes and firewalls on real hosts: they are used, they are there after a boot, what somebody changes is repaired, and what would cut
/// the host off is undone.
/// </summary>
[Collection("lab")]
public sealed class NetworkTests(Lab lab)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>Three interfaces, each configured by another program.</summary>
    const string Interfaces = """
        apt-get -q update && apt-get -q install -y --no-install-recommends ifupdown netplan.io >/dev/null
        cd /etc/systemd/network; printf '[Match]\nName=host0\n[Link]\nUnmanaged=yes\n' >05-host0.network
        for i in 0 2 4 6; do printf '[NetDev]\nName=r%s\nKind=veth\n[Peer]\nName=r%s\n' $i $((i + 1)) >10-r$i.netdev; done
        printf '[Match]\nName=r1 r3 r5 r7\n[Network]\nLinkLocalAddressing=no\n' >10-peers.network
        printf '[Match]\nName=r2\n[Network]\nAddress=10.77.2.1/24\nAddress=fd77:2::1/64\n' >20-r2.network
        printf 'network:\n  version: 2\n  ethernets:\n    r4:\n      addresses: [10.77.4.1/24, "fd77:4::1/64"]\n' >/etc/netplan/50-r4.yaml
        chmod 600 /etc/netplan/50-r4.yaml
        printf 'auto r0\niface r0 inet static\n    address 10.77.0.1/24\niface r0 inet6 static\n    address fd77::1/64\n' >/etc/network/interfaces.d/r0
        mkdir -p /etc/systemd/system/networking.service.d
        printf '#!/bin/sh\nfor try in 1 2 3 4 5 6 7 8 9; do ! ip link show r0 || break; sleep 1; done\n' >/usr/local/bin/wait-for-r0
        chmod 755 /usr/local/bin/wait-for-r0
        printf '[Unit]\nAfter=systemd-networkd.service\n[Service]\nExecStartPre=-/usr/local/bin/wait-for-r0\n' \
          >/etc/systemd/system/networking.service.d/late.conf
        systemctl daemon-reload; netplan generate
        systemctl enable -q systemd-networkd networking; systemctl restart systemd-networkd
        for try in 1 2 3 4 5 6 7 8 9; do ! ip -br address | grep -q 10.77.4.1/24 || break; sleep 1; done
        systemctl restart networking; ip -br address
        """;

    /// <summary>A fourth one. Debian's NetworkManager leaves all other interfaces of the host alone.</summary>
    const string Manager = """
        mkdir -p /etc/NetworkManager/conf.d /etc/NetworkManager/system-connections
        printf '[main]\nno-auto-default=*\ndns=none\n[keyfile]\nunmanaged-devices=*,except:interface-name:r6\n[device-r6]\nmatch-device=interface-name:r6\nmanaged=1\n' \
          >/etc/NetworkManager/conf.d/lab.conf
        cd /etc/NetworkManager/system-connections
        printf '[connection]\nid=r6\ntype=ethernet\ninterface-name=r6\n[ipv4]\nmethod=manual\naddress1=10.77.6.1/24\n[ipv6]\nmethod=manual\naddress1=fd77:6::1/64\n' \
          >r6.nmconnection
        chmod 600 r6.nmconnection
        apt-get -q install -y --no-install-recommends network-manager >/dev/null
        systemctl restart NetworkManager
        for try in 1 2 3 4 5 6 7 8 9; do ! ip -br address show dev r6 | grep -q 10.77.6.1/24 || break; sleep 1; done
        nmcli device
        """;

    static readonly Route[] Routes =
    [
        new("192.168.10.0/24") { Via = "10.77.0.9" },
        new("192.168.12.0/24") { Via = "10.77.2.9", Metric = 50 },
        new("192.168.14.0/24") { Via = "10.77.4.9" },
        new("2001:db8:10::/48") { Via = "fd77::9" },
        new("2001:db8:12::/48") { Via = "fd77:2::9", Metric = 50 },
        new("2001:db8:14::/48") { Via = "fd77:4::9" },
    ];

    static readonly Route[] OfManager =
    [
        new("192.168.16.0/24") { Via = "10.77.6.9" },
        new("2001:db8:16::/48") { Via = "fd77:6::9", Metric = 50 },
    ];

    const string There =
        "{ ip -o -4 route show; ip -o -6 route show; } "
        + "| grep -oE '^(192.168.1[0246].0/24|2001:db8:1[0246]::/48) via (10.77.[0246].|fd77:([246]:)?:)9 dev r[0246]' | sort";

    static string All(IEnumerable<Route> routes) =>
        string.Join(
            '\n',
            routes
                .Select(route => $"{route.Destination} via {route.Via} dev r{route.Destination.Split('.', ':')[2].TrimStart('1')}")
                .Order(StringComparer.Ordinal)
        );

    /// <summary>What somebody changes by hand: how, of which route, and what the plan says of it.</summary>
    static readonly (string Breaks, string Key, string Attributes)[] Drift =
    [
        ("ip route del 192.168.10.0/24", "192.168.10.0/24", "live"),
        ("ip -6 route del 2001:db8:10::/48", "2001:db8:10::/48", "live"),
        ("ip route replace 192.168.12.0/24 via 10.77.2.8 metric 50", "192.168.12.0/24 metric 50", "live"),
        ("ip -6 route replace 2001:db8:12::/48 via fd77:2::8 metric 50", "2001:db8:12::/48 metric 50", "live"),
        ("ip route replace unreachable 192.168.14.0/24", "192.168.14.0/24", "live"),
        ("chmod 644 /etc/network/if-up.d/cfg-route-192*", "192.168.10.0/24", "mode"),
        ("sed -i '2i exit' /etc/network/if-up.d/cfg-route-2001*", "2001:db8:10::/48", "content"),
        ("rm /etc/systemd/network/20-r2.network.d/cfg-route-192*", "192.168.12.0/24 metric 50", "owner group mode content"),
        ("sed -i /Gateway/d /etc/systemd/network/20-r2.network.d/cfg-route-2001*", "2001:db8:12::/48 metric 50", "content"),
        ("sed -i s/4.9/4.7/ /etc/netplan/90-cfg-route-192*", "192.168.14.0/24", "content"),
        ("chown plain:plain /etc/netplan/90-cfg-route-2001*", "2001:db8:14::/48", "owner group"),
    ];

    static readonly (string Breaks, string Key, string Attributes)[] DriftOfManager =
    [
        ("ip route del 192.168.16.0/24", "192.168.16.0/24", "live"),
        ("ip -6 route replace 2001:db8:16::/48 via fd77:6::8 metric 50", "2001:db8:16::/48 metric 50", "live"),
        ("chmod 666 /etc/NetworkManager/dispatcher.d/cfg-route-192*", "192.168.16.0/24", "mode"),
        ("rm /etc/NetworkManager/dispatcher.d/cfg-route-2001*", "2001:db8:16::/48 metric 50", "owner group mode content"),
    ];

    [LabTheory]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task Routes_are_made_by_what_configures_their_interface(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await host.Sh(Interfaces);
        var isManaged = release is "trixie";
        if (isManaged)
            await host.Sh(Manager);
        Route[] routes = [.. Routes, .. isManaged ? OfManager : []];
        var all = All(routes);

        Nothing.In((await host.Apply(routes)).Error);
        Assert.Empty((await host.Plan(routes)).Changes);
        Assert.Equal(all, await host.Sh(There));

        foreach (var (breaks, key, attributes) in isManaged ? [.. Drift, .. DriftOfManager] : Drift)
        {
            var change = await host.Repaired(breaks, routes);
            Assert.Equal($"route {key}", change.Address);
            Assert.Equal(attributes.Split(' ').Order(), change.Attributes.Select(one => one.Name).Order());
        }

        // What takes an interface down and up again brings its routes back.
        if (isManaged)
        {
            await host.Sh("nmcli connection down r6 && nmcli connection up r6");
            await host.Until(
                $"[ \"$({There})\" = '{all}' ]",
                instead: "ip -br address; ip route; ip -6 route; journalctl -n 40 -u NetworkManager*"
            );
        }

        // They are there after a boot, in a namespace that outlives it.
        await host.Sh("for i in 0 2 4 6; do ip link del r$i; done");
        await host.Reboot();
        await host.Until(
            $"[ \"$({There})\" = '{all}' ]",
            instead: "ip -br address; ip route; ip -6 route; journalctl -b -n 40 -u systemd-networkd -u networking -u NetworkManager*"
        );
        Assert.Empty((await host.Plan(routes)).Changes);

        // What cannot be is said before anything is touched.
        await host.Sh("ip link add x0 type veth peer name x1; ip link set x0 up");
        Assert.Contains(
            "no network of the host has the gateway",
            await host.ErrorOf(new Route("10.1.0.0/16") { Via = "203.0.113.1" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "nothing that cfg knows configures x0",
            await host.ErrorOf(new Route("10.1.0.0/16") { Device = "x0" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "to which the kernel leads itself",
            await host.ErrorOf(new Route("10.77.2.0/24") { Device = "r2" }),
            StringComparison.Ordinal
        );

        NoRoute[] gone = [.. routes.Select(route => new NoRoute(route.Destination) { Metric = route.Metric })];
        Nothing.In((await host.Apply(gone)).Error);
        Assert.Empty((await host.Plan(gone)).Changes);
        Assert.Equal("none", await host.Sh($"{There}; find /etc -name '*cfg-route*' | grep . || echo none"));
        Assert.Equal(
            "10.77.0.1 10.77.2.1 10.77.4.1" + (isManaged ? " 10.77.6.1" : ""),
            await host.Sh("echo $(ip -o -4 address | grep -oE '10.77.[0-9].1' | sort)")
        );
    }

    /// <summary>A program that answers on two ports.</summary>
    const string Serve = """
        apt-get -q update && apt-get -q install -y --no-install-recommends python3 >/dev/null
        mkdir -p /srv/www; systemd-run -q --unit=open python3 -m http.server --directory /srv/www 443
        systemd-run -q --unit=shut python3 -m http.server --directory /srv/www 5000
        """;

    [LabTheory]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task A_firewall_lets_in_what_it_is_told_and_nothing_that_cuts_the_host_off_stays(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        using CfgProcess cfg = new(lab.SshConfig);
        await host.Sh(Serve);
        await host.Until("ss -Hltn '( sport = :443 or sport = :5000 )' | wc -l | grep -qx 2");
        cfg.PlaceOfHouse("firewall", text => text);
        var recipe = cfg.Write(
            "own.csx",
            $"""
            #load "lib/network.csx"
            On(new Host("{host.Name}"), HostFirewall("22/tcp", "443/tcp", "5432/tcp from 10.0.0.0/24"));
            """
        );
        Assert.True(await Opens(host, 5000));

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.True(await Opens(host, 443));
        Assert.False(await Opens(host, 5000));

        // What somebody changes by hand; another table is nobody's concern.
        await host.Sh("nft add table ip other; nft add set ip other seen '{ type ipv4_addr; }'");
        Firewall own = new("host")
        {
            Rules = """
                chain input {
                    type filter hook input priority filter; policy drop;
                    ct state established,related accept
                    tcp dport { 22, 443 } counter accept
                }

                """,
        };
        Nothing.In((await host.Apply(own)).Error);
        foreach (
            var (breaks, attributes) in ((string, string[])[])
                [
                    ("nft add rule inet host input tcp dport 5000 accept", ["loaded"]),
                    ("nft 'flush chain inet host input; add chain inet host input { policy accept; }'", ["loaded"]),
                    ("nft delete table inet host", ["loaded"]),
                    (
                        "cd /etc/nftables.d; sed -i 's/443/5000/' *; chmod 666 *; chown plain:plain *",
                        ["owner", "group", "mode", "loaded", "content"]
                    ),
                    ("rm /etc/nftables.d/*", ["owner", "group", "mode", "loaded", "content"]),
                ]
        )
        {
            var change = await host.Repaired(breaks, own);
            Assert.Equal(attributes.Order(), change.Attributes.Select(one => one.Name).Order());
            Assert.False(await Opens(host, 5000));
        }

        await host.Sh("nft list set ip other seen");

        // What packets change is no drift.
        Firewall counts = new("counts")
        {
            Rules = """
                set seen { type ipv4_addr; flags dynamic; }
                chain in { type filter hook input priority -10; counter; ip protocol tcp add @seen { ip saddr }; }

                """,
        };
        Nothing.In((await host.Apply(counts)).Error);
        Assert.True(await Opens(host, 443));
        Assert.Contains("elements", await host.Sh("nft list set inet counts seen"), StringComparison.Ordinal);
        Assert.Empty((await host.Plan(counts)).Changes);
        Nothing.In((await host.Apply(new NoFirewall("counts"))).Error);
        Assert.Empty((await host.Plan(new NoFirewall("counts"))).Changes);

        // Rules that nft does not understand are refused, and what was there goes on.
        var before = await host.Sh("nft -s list table inet host; cat /etc/nftables.d/inet-host.nft");
        var refused = await host.Apply(new Firewall("host") { Rules = "chain input { no such rule }\n" });
        Assert.Contains("is not valid; the old one stays", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await host.Sh("nft -s list table inet host; cat /etc/nftables.d/inet-host.nft"));

        // Rules that cut the host off are undone by the host itself.
        Catalog catalog = new();
        new Dsl(catalog, new NoLocalFiles()).On(
            new Host(host.Name),
            new Firewall("host") { Rules = "chain input { type filter hook input priority filter; policy drop; }\n" }
        );
        var cut = (await Rig.Apply(lab.SshConfig, catalog, new() { Lifeline = Patience })).Hosts[0];
        Assert.True(cut.Error is WayCutException { IsUndone: true }, $"{cut.Error}");
        Assert.Equal([ChangeState.Undone], cut.Changes.Select(change => change.State));
        Assert.Equal(before, await host.Sh("nft -s list table inet host; cat /etc/nftables.d/inet-host.nft"));
        Assert.Empty((await host.Plan(own)).Changes);

        // It is there after a boot, in a namespace that outlives it.
        await host.Sh("nft flush ruleset");
        await host.Reboot();
        await host.Sh("systemctl is-enabled nftables; nft list table inet host");
        Assert.Empty((await host.Plan(own)).Changes);

        await RulesOfUfw(host);
    }

    static async Task RulesOfUfw(LabHost host)
    {
        Nothing.In((await host.Apply(new NoFirewall("host"))).Error);
        await host.Sh(
            "apt-get -q install -y --no-install-recommends ufw >/dev/null; systemd-run -q --unit=shut python3 -m http.server 5000"
        );
        await host.Until("ss -Hltn '( sport = :5000 )' | grep -q .");
        FirewallRule[] rules =
        [
            new("22/tcp"),
            new("5432/tcp") { From = "10.0.0.0/24", Comment = "database, of \"app\"" },
            new("6000:6007/udp") { Interface = "host0", Action = "deny" },
            new("80,443/tcp") { From = "2001:db8::/32", Action = "reject" },
            new("any")
            {
                From = "192.0.2.7",
                Direction = "out",
                Action = "deny",
            },
            new("53") { Action = "limit" },
        ];
        Nothing.In((await host.Apply(rules)).Error);
        Assert.Empty((await host.Plan(rules)).Changes);

        Nothing.In((await host.Apply(new Resources.Command($"ufw --force enable") { MayCutConnection = true })).Error);
        Assert.False(await Opens(host, 5000));

        // The lab itself always comes in, whatever becomes of the rules.
        await host.Sh("ufw prepend allow from 198.18.0.0/15 to any port 22 proto tcp >/dev/null");
        foreach (
            var (breaks, key, attribute) in ((string, string, string)[])
                [
                    ("ufw --force delete allow 22/tcp; ufw deny 22/tcp", "22/tcp from any", "action"),
                    ("ufw allow from 10.0.0.0/24 to any port 5432 proto tcp comment other", "5432/tcp from 10.0.0.0/24", "comment"),
                    ("ufw --force delete limit 53", "53 from any", "action"),
                    ("sed -i '/tuple.* any 53 /d' /etc/ufw/user6.rules", "53 from any", "action"),
                ]
        )
        {
            var change = await host.Repaired(breaks, rules);
            Assert.Equal($"firewall-rule {key}", change.Address);
            Assert.Contains(change.Attributes, one => one.Name == attribute);
        }

        NoFirewallRule[] gone = [new("53"), new("any") { From = "192.0.2.7", Direction = "out" }];
        Nothing.In((await host.Apply(gone)).Error);
        Assert.Empty((await host.Plan(gone)).Changes);
        Assert.DoesNotContain("53", await host.Sh("ufw show added"), StringComparison.Ordinal);
    }

    /// <summary>Whether a port can be reached from outside.</summary>
    static async Task<bool> Opens(LabHost host, int port)
    {
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(3));
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(host.Address, port, soon.Token);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
