// Tunnels of ssh: functions that return a Recipe, and no declaration.

/// <summary>
/// Lets clients of this host's sshd choose on which address a forwarded port listens (ssh -R '*:8080:…'). By default it is
/// 127.0.0.1 whatever the client asks for. sshd also ends the sessions of clients that are gone, because those hold their ports.
/// </summary>
Recipe GatewayPorts()
{
    var ssh = new SystemdUnit("ssh.service") { Running = true };
    return new("gateway ports",
        new File("/etc/ssh/sshd_config.d/tunnels.conf")
        {
            Content = """
                GatewayPorts clientspecified
                ClientAliveInterval 15
                ClientAliveCountMax 3

                """,
            Notifies = [ssh.Reload],
        },
        ssh);
}

/// <summary>Keeps connections of every user alive through firewalls that forget silent ones, and ends those that are dead.</summary>
Recipe Keepalive() => new("keepalive",
    new SshConfig("*") { ServerAliveInterval = TimeSpan.FromSeconds(300), ServerAliveCountMax = 5 });

/// <summary>
/// A user for tunnels, who may forward one port and nothing else: no command, no terminal, no other port.
/// </summary>
/// <param name="key">The key that may do it.</param>
/// <param name="limit">What it may do, as sshd(8) writes it: permitopen="host:port" for -L, permitlisten="port" for -R.</param>
Recipe MayTunnel(string user, Known<string> key, params string[] limit) => new($"tunnels of {user}",
    new AuthorizedKey(user, key) { Options = ["restrict", "port-forwarding", .. limit] });

/// <summary>
/// The same as an SshTunnel, through autossh(1), for hosts that have it already. It starts ssh again by itself; -M 0 leaves it to
/// ServerAliveInterval to notice that a connection is dead.
/// </summary>
/// <param name="ports">What ssh takes to forward ports, such as "-L 46379:localhost:6379".</param>
Recipe Autossh(string name, string target, string user, string ports)
{
    var unit = new SystemdUnit($"autossh-{name}.service") { Enabled = true, Running = true };
    return new($"autossh {name}",
        new Package("autossh"),
        new UnitFile(unit.Unit)
        {
            Unit    = new() { Description = $"autossh {name}", Wants = ["network-online.target"], After = ["network-online.target"], StartLimitIntervalSec = TimeSpan.Zero },
            Service = new()
            {
                // Without AUTOSSH_GATETIME=0 it gives up where its first attempt fails.
                Environment = new Dictionary<string, string> { ["AUTOSSH_GATETIME"] = "0" },
                ExecStart   = $"/usr/bin/autossh -M 0 -N -T -o BatchMode=yes -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -o ServerAliveCountMax=3 {ports} {target}",
                User        = user,
                Restart     = ServiceRestart.Always,
                RestartSec  = TimeSpan.FromSeconds(5),
            },
            Install  = new() { WantedBy = ["multi-user.target"] },
            Notifies = [unit.Restart],
        },
        unit);
}
