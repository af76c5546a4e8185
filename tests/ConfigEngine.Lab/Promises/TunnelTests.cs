namespace ConfigEngine.Lab;

/// <summary>The recipes for tunnels on three hosts, from nothing: each tunnel is used, loses its link, and comes back.</summary>
[Collection("lab")]
public sealed class TunnelTests(Lab lab)
{
    /// <summary>Services that answer everyone with a word. They can be reached on the host itself only.</summary>
    const string Serve = """
        for port in 6379:redis 80:web; do
            printf '[Socket]\nListenStream=127.0.0.1:%s\nAccept=yes\n' "${port%:*}" >"/etc/systemd/system/${port#*:}.socket"
            printf '[Service]\nExecStart=/bin/echo %s\nStandardOutput=socket\n' "${port#*:}" >"/etc/systemd/system/${port#*:}@.service"
        done
        systemctl daemon-reload; systemctl start redis.socket web.socket
        """;

    [LabFact]
    public async Task Bytes_go_through_each_kind_of_tunnel_and_again_after_the_link_was_cut()
    {
        await using var near = await lab.StartHostAsync("bookworm", "near");
        await using var between = await lab.StartHostAsync("trixie", "public");
        await using var far = await lab.StartHostAsync("bullseye", "far");
        using CfgProcess cfg = new(lab.SshConfig);
        foreach (var end in (LabHost[])[near, far])
            await end.Sh($"echo '{between.Address} public.example.com' >>/etc/hosts");
        await far.Sh(Serve);
        await near.Sh("apt-get -q update");

        // A dead connection is noticed in three seconds, not in a minute.
        string[] recipes =
        [
            .. ((string[])["two-hop-tunnel", "gateway-ports", "keepalive"]).Select(name =>
                cfg.PlaceOfHouse(
                    name,
                    text =>
                        text.Replace("Interval = TimeSpan.FromSeconds(15)", "Interval = TimeSpan.FromSeconds(1)", StringComparison.Ordinal)
                            .Replace("TimeSpan.FromSeconds(5)", "TimeSpan.FromSeconds(1)", StringComparison.Ordinal)
                            .Replace("AliveInterval=15", "AliveInterval=1", StringComparison.Ordinal)
                            .Replace("AliveInterval 15", "AliveInterval 1", StringComparison.Ordinal)
                )
            ),
        ];
        foreach (var recipe in recipes)
            await cfg.Run(0, "apply", recipe, "--yes");
        foreach (var recipe in recipes)
            await cfg.Run(0, "plan", recipe, "--exit-code");
        await IsThere();
        Assert.Equal("yes\n5\n300", await near.Sh("ssh -G any | sed -n 's/^batchmode no$/yes/p; s/^serveralive[a-z]* //p' | sort -r"));

        // Nothing goes through for a while, and nobody is told so.
        await Lab.Ip($"-n {between.Namespace} link set host0 down");
        await near.Until("! systemctl -q is-active ssh-tunnel-redis.service", instead: "systemctl status ssh-tunnel-redis.service");
        await Task.Delay(TimeSpan.FromSeconds(3));
        await Lab.Ip($"-n {between.Namespace} link set host0 up");
        await IsThere();

        // What somebody does by hand.
        await near.Sh("sed -i s/46379/46377/ /etc/systemd/system/ssh-tunnel-redis.service; systemctl daemon-reload");
        await far.Sh("systemctl stop ssh-tunnel-redis-out; systemctl disable -q ssh-tunnel-redis-out");
        await between.Sh("sed -i /Gateway/d /etc/ssh/sshd_config.d/tunnels.conf");
        await far.Sh("rm /etc/systemd/system/ssh-tunnel-web.service");
        foreach (
            var (recipe, seen) in (IEnumerable<(string, string[])>)
                [
                    (recipes[0], ["ssh-tunnel redis", "ssh-tunnel redis-out"]),
                    (recipes[1], ["file /etc/ssh/sshd_config.d/tunnels.conf", "ssh-tunnel web"]),
                ]
        )
        {
            var drift = await cfg.Run(0, "apply", recipe, "--yes");
            Assert.All(seen, address => Assert.Contains(address, drift.Stdout, StringComparison.Ordinal));
            await cfg.Run(0, "plan", recipe, "--exit-code");
        }

        await IsThere();

        // With its own key gone from the public host, a tunnel that is started does not run, and ssh's reason is told.
        await between.Sh("sed -i /permitopen/d /home/tunnel/.ssh/authorized_keys");
        await near.Sh("systemctl stop ssh-tunnel-redis.service");
        var alone = cfg.Write(
            "alone.csx",
            """
            Hosts(new Host("near"));
            On("near", new SshTunnel("redis") { Target = "tunnel@public.example.com", User = "tunnel", Local = ["46379:localhost:46379"] });
            """
        );
        var failed = await cfg.Run(1, "apply", alone, "--yes");
        Assert.Contains("Permission denied (publickey", failed.Stdout, StringComparison.Ordinal);

        var gone = cfg.Write(
            "gone.csx",
            """Hosts(new Host("near")); On("near", new NoUnitFile("ssh-tunnel-redis.service"), new NoUnitFile("autossh-redis.service"));"""
        );
        await cfg.Run(0, "apply", gone, "--yes");
        await cfg.Run(0, "plan", gone, "--exit-code");
        Assert.Equal("inactive\ninactive", await near.Sh("systemctl is-active ssh-tunnel-redis autossh-redis || true"));

        async Task IsThere()
        {
            await near.Until(Says("127.0.0.1", 46379, "redis"), instead: "journalctl -n 20 -u ssh-tunnel-redis.service");
            await near.Until(Says("127.0.0.1", 46380, "redis"), instead: "journalctl -n 20 -u autossh-redis.service");
            await near.Until(Says(between.Address, 8080, "web"), instead: "ss -tln");
        }
    }

    static string Says(string address, int port, string word) =>
        $"[ \"$(timeout 5 bash -c 'exec 3<>/dev/tcp/{address}/{port} && cat <&3')\" = {word} ]";
}
