namespace ConfigEngine.Lab;

/// <summary>Keys, known hosts and sections of ssh's configuration, from nothing on two hosts, and then used for a login.</summary>
[Collection("lab")]
public sealed class SshClientTests(Lab lab)
{
    [LabFact]
    public async Task One_host_logs_in_on_another_with_keys_and_names_that_one_recipe_made()
    {
        await using var a = await lab.StartHostAsync("trixie");
        await using var b = await lab.StartHostAsync("bullseye");
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write(
            "login.csx",
            $$"""
            Hosts(new Host("{{a.Name}}"), new Host("{{b.Name}}"));
            var login = new SshKey("deploy") { Name = "id_b" };
            var known = new SshHostKey("ed25519");

            On("{{a.Name}}",
                login,
                new KnownHost("{{b.Address}}", known.PublicKey.On("{{b.Name}}")) { Owner = "deploy" },
                new KnownHost("b.example.com", known.PublicKey.On("{{b.Name}}")),
                new SshConfig("b")
                {
                    Owner               = "deploy",
                    HostName            = "{{b.Address}}",
                    User                = "root",
                    IdentityFile        = ["~/.ssh/id_b"],
                    ServerAliveInterval = TimeSpan.FromSeconds(15),
                    Options             = new() { ["StrictHostKeyChecking"] = "yes", ["BatchMode"] = "yes" },
                },
                new SshConfig("*") { ServerAliveCountMax = 7 });
            On("{{b.Name}}",
                known,
                new SshHostKey("ecdsa"),
                new AuthorizedKey("root", login.PublicKey.On("{{a.Name}}")) { Options = ["no-pty"] });
            """
        );
        await a.Sh("printf 'Host *\\n  ServerAliveInterval 300\\n' >/home/deploy/.ssh/config; chown deploy: /home/deploy/.ssh/config");

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal(b.Name, await a.Sh("runuser -u deploy -- ssh b hostname"));
        Assert.Equal(
            "serveraliveinterval 15\nserveralivecountmax 7",
            await a.Sh("runuser -u deploy -- ssh -G b | grep -i '^serveralive' | sort -r")
        );
        Assert.Equal(
            await b.Sh("cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub"),
            await a.Sh("ssh-keygen -F b.example.com -f /etc/ssh/ssh_known_hosts | tail -n 1 | cut -d ' ' -f 2,3")
        );

        // Hashing changes nothing; another key under the hashed name does.
        await a.Sh("runuser -u deploy -- ssh-keygen -H -f /home/deploy/.ssh/known_hosts 2>&1");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        await b.Sh("rm /etc/ssh/ssh_host_ecdsa_key.pub");
        await Repairs(
            """
            cd /home/deploy/.ssh; sed -i "s|ssh-ed25519 .*|$(cut -d ' ' -f 1,2 id_b.pub)|" known_hosts; chmod 755 .
            sed -i 's/ServerAliveInterval 15/ServerAliveInterval 16/' config
            rm /etc/ssh/ssh_known_hosts; sed -i /Alive/d /etc/ssh/ssh_config.d/cfg.conf
            """,
            $"known-host deploy: {b.Address}",
            "known-host b.example.com",
            "ssh-config deploy: b",
            "ssh-config *",
            "ssh-host-key ecdsa"
        );
        await Repairs(
            "cd /home/deploy/.ssh; chmod 666 known_hosts; sed -i '/^Host b/,/^$/d' config; chown root config",
            $"known-host deploy: {b.Address}",
            "ssh-config deploy: b"
        );
        Assert.Equal(b.Name, await a.Sh("runuser -u deploy -- ssh b hostname"));

        // What ssh does not take never replaces the file that is there.
        var bad = cfg.Write(
            "bad.csx",
            $$"""
            Hosts(new Host("{{a.Name}}"));
            On("{{a.Name}}", new SshConfig("b") { Owner = "deploy", Options = new() { ["Compression"] = "perhaps" } });
            """
        );
        var refused = await cfg.Run(1, "apply", bad, "--yes");
        Assert.Contains("unsupported option \"perhaps\"", refused.Stdout, StringComparison.Ordinal);
        Assert.Equal(b.Name, await a.Sh("runuser -u deploy -- ssh b hostname"));

        var gone = cfg.Write(
            "gone.csx",
            $$"""
            Hosts(new Host("{{a.Name}}"));
            On("{{a.Name}}",
                new NoKnownHost("{{b.Address}}") { Owner = "deploy" },
                new NoKnownHost("b.example.com"),
                new NoSshConfig("b") { Owner = "deploy" },
                new NoSshConfig("*"));
            """
        );
        await cfg.Run(0, "apply", gone, "--yes");
        await cfg.Run(0, "plan", gone, "--exit-code");
        Nothing.In(await a.Sh("cat /home/deploy/.ssh/known_hosts /etc/ssh/ssh_known_hosts /etc/ssh/ssh_config.d/cfg.conf"));
        Assert.Equal("Host *\n  ServerAliveInterval 300", await a.Sh("cat /home/deploy/.ssh/config"));

        async Task Repairs(string breaks, params IEnumerable<string> seen)
        {
            await a.Sh(breaks);
            var drift = (await cfg.Run(0, "apply", recipe, "--yes")).Stdout;
            Assert.All(seen, address => Assert.Contains(address, drift, StringComparison.Ordinal));
            await cfg.Run(0, "plan", recipe, "--exit-code");
        }
    }
}
