using ConfigEngine.Resources;
using static ConfigEngine.Testing.Page;

namespace ConfigEngine.Tests.Resources;

public sealed class SshTunnelTests : ISamples
{
    static readonly SshTunnel Redis = new("redis")
    {
        Target = "tunnel@x.example.com",
        User = "app",
        Local = ["46379:localhost:6379"],
    };

    const string Unit = """
        [Unit]
        Description=ssh tunnel redis to tunnel@x.example.com
        Wants=network-online.target
        After=network-online.target
        StartLimitIntervalSec=0s

        [Service]
        ExecStart=/usr/bin/ssh -N -T -S none -o BatchMode=yes -o ExitOnForwardFailure=yes -o ServerAliveInterval=15 -o ServerAliveCountMax=3 -L 46379:localhost:6379 tunnel@x.example.com
        Restart=always
        RestartSec=5s
        User=app

        [Install]
        WantedBy=multi-user.target

        """;

    [Fact]
    public void Makes_and_starts_a_service() => Plan(Redis, Seen(Files.Absent, "not-found", "", "inactive"));

    [Fact]
    public void Says_who_decides_about_ports_that_are_not_only_for_the_target() =>
        Plan(
            new SshTunnel("web")
            {
                Target = "x",
                Port = 2222,
                IdentityFile = "/etc/tunnel/100% of $it \"here\"",
                Remote = ["*:8080:localhost:80", "8081:[2001:db8::1]:81", "[::1]:8082:web:82"],
                RestartSec = TimeSpan.FromMilliseconds(500),
                ServerAliveInterval = TimeSpan.FromMinutes(5),
                ServerAliveCountMax = 5,
                Options = new() { ["StrictHostKeyChecking"] = "yes" },
            },
            Seen(Files.Absent, "not-found", "", "inactive")
        );

    [Fact]
    public void Leaves_a_tunnel_that_is_there() => Plan(Redis, Seen(Files.Text(Unit), "loaded", "enabled", "active"));

    [Fact]
    public void Restarts_a_tunnel_that_changes() =>
        Plan(Redis, Seen(Files.Text(Unit.Replace("46379", "46378", StringComparison.Ordinal)), "loaded", "enabled", "active"));

    [Fact]
    public void Starts_a_tunnel_that_waits_for_its_next_attempt() =>
        Plan(Redis, Seen(Files.Text(Unit), "loaded", "disabled", "activating", "Restarting=yes"));

    [Fact]
    public void Loads_a_unit_that_was_changed_and_changed_back() =>
        Plan(
            Redis,
            Seen(Files.Text(Unit, "600"), "loaded", "enabled", "active").Replace("loaded=yes", "loaded=no", StringComparison.Ordinal)
        );

    [Fact]
    public void Stops_a_tunnel_and_leaves_its_start_at_boot_alone() =>
        Plan(Redis with { Enabled = null, Running = false }, Seen(Files.Text(Unit), "loaded", "enabled", "active"));

    [Fact]
    public void Starts_again_what_runs_without_its_file() => Plan(Redis, Seen(Files.Absent, "loaded", "", "active"));

    [Fact]
    public void Needs_its_user() =>
        Plan(Redis, Seen(Files.Absent, "not-found", "", "inactive").Replace("user=there", "user=nobody", StringComparison.Ordinal));

    [Fact]
    public void Refuses_what_is_no_port_and_what_is_no_target() =>
        Plan(
            new SshTunnel("a b")
            {
                Target = "-oProxyCommand=reboot",
                Local = ["6379", "1:a:0", "*:80:a:1", "127.0.0.1:80:b:2"],
                Options = new() { ["Batchmode"] = "no", ["TcpKeepAlives"] = "yes" },
            },
            ""
        );

    [Fact]
    public void Refuses_a_tunnel_that_forwards_nothing() => Plan(new SshTunnel("none") { Target = "x" }, "");

    [Fact]
    public void Refuses_two_tunnels_that_listen_on_one_port() =>
        Assert.Equal(
            "the tunnel redis listens on port 46379 here, and the tunnel other listens on port 46379 here",
            Claim.Contradiction([Redis, new SshTunnel("other") { Target = "y", Local = ["*:46379:z:1"] }])?.Words
        );

    [Fact]
    public void Does_not_guess_from_an_answer_that_it_does_not_know() => Plan(Redis, "user=there\nloaded=perhaps\nfile\n");

    static string Seen(string file, string load, string state, string active, params IEnumerable<string> more) =>
        string.Concat(
            (
                (string[])
                    [
                        "user=there",
                        "loaded=yes",
                        "Id=ssh-tunnel-redis.service",
                        $"LoadState={load}",
                        "LoadError=",
                        "FragmentPath=",
                        $"UnitFileState={state}",
                        "SourcePath=",
                        $"ActiveState={active}",
                        "Type=simple",
                        "RemainAfterExit=no",
                        "CanStart=yes",
                        "CanStop=yes",
                        .. more,
                        "file",
                    ]
            ).Select(line => line + "\n")
        ) + file;

    public static IReadOnlyList<Sample> Samples =>
        [
            new Sample<SshTunnel>
            {
                Losses = [new(Redis, Seen(Files.Text("[Service]\n"), "loaded", "enabled", "active"), "Restarts ssh-tunnel-redis.service")],
                BareElsewhere = "TunnelTests of the lab: without a host that it may log in to, it does not run",
                ForRoot = [new(new SshTunnel("redis") { Target = "x", Local = ["46379:localhost:6379"] })],
            },
        ];
}
