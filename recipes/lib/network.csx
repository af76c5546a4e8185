// Networks, firewalls and tunnels of PPTP: functions that return a Recipe, and no declaration.

/// <summary>
/// A firewall that lets nothing in but what it is told, answers to what the host itself began, and ping: a table of nftables, now and at
/// every boot. Other tables (of Docker, of fail2ban) are left alone.
/// </summary>
/// <param name="open">
/// What is let in: "22/tcp", "53/udp", "6000-6007/tcp"; and from where, if not from everywhere: "5432/tcp from 10.0.0.0/24".
/// </param>
Recipe HostFirewall(params string[] open) => new("firewall",
    new Package("nftables"),
    new Line("/etc/nftables.conf", "include \"/etc/nftables.d/*.nft\""),
    new SystemdUnit("nftables.service") { Enabled = true },
    new Firewall("host")
    {
        Rules = $$"""
                chain input {
                    type filter hook input priority filter; policy drop;
                    ct state established,related accept
                    ct state invalid drop
                    iif lo accept
                    meta l4proto { 1, 58 } accept comment "ICMP, and ICMP of IPv6"
            {{string.Concat(open.Select(one => $"        {Accepted(one)}\n"))}}    }

            """,
    });

/// <summary>A line of a chain for what may come in.</summary>
string Accepted(string open)
{
    var words = open.Split(" from ");
    var port  = words[0].Split('/');
    if (port.Length != 2)
        throw new RecipeException($"\"{open}\" is not such as 22/tcp, or 5432/tcp from 10.0.0.0/24");
    var from = words.Length == 1 ? "" : $"{(words[1].Contains(':') ? "ip6" : "ip")} saddr {words[1]} ";
    return $"{from}{port[1]} dport {port[0]} accept";
}

/// <summary>The rules of ufw, and then ufw itself: only what they allow comes in, and it stays so after a boot.</summary>
Recipe Ufw(params FirewallRule[] rules) => new("ufw",
    new Package("ufw"),
    new Recipe("rules", rules),
    new Command($"ufw --force enable") { Unless = $"grep -q ^ENABLED=yes /etc/ufw/ufw.conf", MayCutConnection = true },
    new SystemdUnit("ufw.service") { Enabled = true });

/// <summary>
/// A server of PPTP for clients with a password (MS-CHAP v2 and MPPE, the most that PPTP has: WireGuard or OpenVPN protect far better).
/// The host forwards what its clients send, and answers for them on its own network.
/// </summary>
/// <param name="local">The server's own address in the tunnels.</param>
/// <param name="remote">The addresses for clients: "192.168.1.234-238".</param>
/// <param name="dns">The name server that clients are told; none when null.</param>
/// <param name="clients">Their secrets, each for the server "pptpd".</param>
Recipe PptpServer(string local, string remote, string? dns, params PppSecret[] clients)
{
    var server = new SystemdUnit("pptpd.service") { Enabled = true, Running = true };
    return new("pptp server",
        new Package("pptpd"),
        new Sysctl("net.ipv4.ip_forward") { Value = "1" },
        new File("/etc/pptpd.conf")
        {
            Content  = $"option /etc/ppp/pptpd-options\nlocalip {local}\nremoteip {remote}\n",
            Notifies = [server.Restart],
        },
        new File("/etc/ppp/pptpd-options")
        {
            Content = $"""
                name pptpd
                refuse-pap
                refuse-chap
                refuse-mschap
                require-mschap-v2
                require-mppe-128
                {(dns is null ? "" : $"ms-dns {dns}\n")}proxyarp
                nodefaultroute
                lock
                nobsdcomp
                nologfd

                """,
            Notifies = [server.Restart],
        },

        // pppd reads the secrets for each connection, so that nothing is restarted for them.
        new Recipe("secrets", clients),
        server);
}

/// <summary>
/// A tunnel of PPTP to a server, which comes up at boot and again whenever it went down, with routes through it. It is the systemd unit
/// pptp-NAME.service.
/// </summary>
/// <param name="name">A name for it: letters, digits and dashes.</param>
/// <param name="server">The server's name or address.</param>
/// <param name="user">The user that the server knows.</param>
/// <param name="routes">The networks behind the server: "192.168.10.0/24".</param>
Recipe PptpClient(string name, string server, string user, Secret password, params string[] routes)
{
    var tunnel = new SystemdUnit($"pptp-{name}.service") { Enabled = true, Running = true };
    return new($"pptp {name}",
        new Package("pptp-linux"),
        new PppSecret(user, name) { Password = password, Notifies = [tunnel.Restart] },
        new File($"/etc/ppp/peers/{name}")
        {
            Content = $"""
                pty "pptp {server} --nolaunchpppd"
                name {user}
                remotename {name}
                ipparam {name}
                require-mppe-128
                refuse-eap
                noauth
                nodefaultroute
                lcp-echo-interval 15
                lcp-echo-failure 4
                file /etc/ppp/options.pptp

                """,
            Mode     = "0640",
            Notifies = [tunnel.Restart],
        },

        // pppd runs it at every connect, with the interface and what ipparam says (pppd(8), SCRIPTS).
        new File($"/etc/ppp/ip-up.d/{name}")
        {
            Content = $"""
                #!/bin/sh
                [ "$PPP_IPPARAM" = {name} ] || exit 0
                {string.Concat(routes.Select(route => $"ip route replace {route} dev \"$PPP_IFACE\"\n"))}
                """,
            Mode     = "0755",
            Notifies = [tunnel.Restart],
        },
        new UnitFile(tunnel.Unit)
        {
            Unit    = new() { Description = $"PPTP tunnel {name}", Wants = ["network-online.target"], After = ["network-online.target"], StartLimitIntervalSec = TimeSpan.Zero },
            Service = new()
            {
                ExecStart  = $"/usr/sbin/pppd call {name} nodetach",
                Restart    = ServiceRestart.Always,
                RestartSec = TimeSpan.FromSeconds(5),
            },
            Install  = new() { WantedBy = ["multi-user.target"] },
            Notifies = [tunnel.Restart],
        },
        tunnel);
}
