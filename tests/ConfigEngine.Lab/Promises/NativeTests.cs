using ConfigEngine.Ssh;
using Transport = ConfigEngine.Model.Transport;

namespace ConfigEngine.Lab;

/// <summary>Keys, agents and jump hosts over ssh in the process itself; and that both transports say the same.</summary>
[Collection("lab")]
public sealed class NativeTests(Lab lab)
{
    static readonly Transport[] Both = [Transport.Ssh, Transport.Native];

    [LabFact]
    public async Task A_changed_an_unknown_and_a_revoked_host_key_are_refused_in_the_same_words()
    {
        await using var host = await lab.StartHostAsync();
        var key = host.PublicKey;
        var other = (await System.IO.File.ReadAllTextAsync($"{lab.Key}.pub")).Trim();

        await Refused("its host key is not the one that is known", $"{host.Address} {other}");
        await Refused("its host key is not known here", $"203.0.113.9 {key}");
        await Refused("its host key is marked as revoked", $"{host.Address} {key}\n@revoked * {key}");

        async Task Refused(string reason, string known)
        {
            var config = await Config(host, known);
            foreach (var transport in Both)
            {
                var error = await Error(host, config, transport);
                Assert.StartsWith($"{host.Name}: {reason}\n", error.Message, StringComparison.Ordinal);
                Assert.Equal(reason.Contains("not the one", StringComparison.Ordinal), error.IsAnotherHost);
            }
        }
    }

    [LabFact]
    public async Task A_new_key_is_shown_with_the_line_to_add_and_taken_where_that_is_allowed()
    {
        await using var host = await lab.StartHostAsync();
        var config = await Config(host, "");
        var known = $"{config}.known";

        var error = await Error(host, config, Transport.Native);
        Assert.Contains($"{host.Address} {string.Join(' ', host.PublicKey.Split(' ').Take(2))}", error.Message, StringComparison.Ordinal);

        await using (await Connect(host, new() { SshConfig = config, AcceptNewHostKeys = true })) { }
        Assert.Contains(host.Address, await System.IO.File.ReadAllTextAsync(known), StringComparison.Ordinal);
        await using (await Connect(host, new() { SshConfig = config })) { }
        Assert.Equal("0", (await LocalCommand.Run("ssh-keygen", "-F", host.Address, "-f", known)).Exit.ToString());
    }

    [LabFact]
    public async Task A_host_with_a_certificate_is_known_by_its_authority()
    {
        await using var host = await lab.StartHostAsync();
        var authority = Path.Combine(lab.Directory, $"{host.Name}.ca");
        await SshConfigs.KeyPair(authority, "authority");
        await Certify("right", host.Address);
        var trusted = await Config(host, $"@cert-authority * {await System.IO.File.ReadAllTextAsync($"{authority}.pub")}");
        await using (await Connect(host, new() { SshConfig = trusted })) { }

        await Certify("wrong", "203.0.113.9");
        Assert.Contains("Its certificate \"wrong\"", (await Error(host, trusted, Transport.Native)).Message, StringComparison.Ordinal);

        async Task Certify(string id, string principal)
        {
            var key = Path.Combine(lab.Directory, $"{host.Name}.host.pub");
            await System.IO.File.WriteAllTextAsync(key, await host.ReadFile("/etc/ssh/ssh_host_ed25519_key.pub"));
            (await LocalCommand.Run("ssh-keygen", "-q", "-s", authority, "-I", id, "-h", "-n", principal, key)).Succeeded("ssh-keygen");
            await host.WriteFile(
                "/etc/ssh/ssh_host_ed25519_key-cert.pub",
                await System.IO.File.ReadAllTextAsync(key.Replace(".pub", "-cert.pub", StringComparison.Ordinal))
            );
            await host.Sh(
                "echo HostCertificate /etc/ssh/ssh_host_ed25519_key-cert.pub >/etc/ssh/sshd_config.d/cert.conf; systemctl restart ssh"
            );
        }
    }

    [LabFact]
    public async Task Keys_of_users_are_used_where_they_can_be_and_told_where_not()
    {
        await using var host = await lab.StartHostAsync();
        var key = Path.Combine(lab.Directory, $"{host.Name}.user");
        (await LocalCommand.Run("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "open sesame", "-f", key)).Succeeded("ssh-keygen");
        await host.WriteFile("/root/.ssh/authorized_keys", await System.IO.File.ReadAllTextAsync($"{key}.pub"));
        var config = await Config(host, $"{host.Address} {host.PublicKey}", key);

        Assert.Contains(
            $"{key} is encrypted: use --ask-passphrase",
            (await Error(host, config, Transport.Native)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"the passphrase that was given is not the one of {key}",
            (await Error(host, new() { SshConfig = config, Passphrase = new("the test", () => "open barley") })).Message,
            StringComparison.Ordinal
        );
        ConnectorOptions right = new() { SshConfig = config, Passphrase = new("the test", () => "open sesame") };
        await using (await Connect(host, right)) { }

        System.IO.File.SetUnixFileMode(key, (UnixFileMode)0b110_100_100);
        Assert.Contains(
            $"{key} was not used, because others can read it (mode 0644)",
            (await Error(host, right)).Message,
            StringComparison.Ordinal
        );
    }

    [LabFact]
    public async Task An_agent_signs_and_one_that_hangs_is_told()
    {
        await using var host = await lab.StartHostAsync();
        var key = Path.Combine(lab.Directory, $"{host.Name}.held");
        (await LocalCommand.Run("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", key)).Succeeded("ssh-keygen");
        await host.WriteFile("/root/.ssh/authorized_keys", await System.IO.File.ReadAllTextAsync($"{key}.pub"));
        var socket = Path.Combine(lab.Directory, $"{host.Name}.agent");
        using var agent =
            System.Diagnostics.Process.Start("ssh-agent", ["-D", "-a", socket]) ?? throw new LabException("ssh-agent did not start");
        try
        {
            await host.Until("true");
            for (var i = 0; i < 100 && !System.IO.File.Exists(socket); i++)
                await Task.Delay(50);
            (await LocalCommand.Run("env", $"SSH_AUTH_SOCK={socket}", "ssh-add", "-q", key)).Succeeded("ssh-add");
            System.IO.File.Delete(key);
            var config = await Config(host, $"{host.Address} {host.PublicKey}", key, $" IdentityAgent {socket}\n");
            await using (await Connect(host, new() { SshConfig = config })) { }

            (await LocalCommand.Run("kill", "-STOP", $"{agent.Id}")).Succeeded("kill");
            Assert.Contains(
                $"the agent at {socket} was not used: it does not answer within 5 s",
                (await Error(host, config, Transport.Native)).Message,
                StringComparison.Ordinal
            );
        }
        finally
        {
            agent.Kill();
        }
    }

    [LabFact]
    public async Task A_jump_host_leads_on_or_says_why_not()
    {
        await using var jump = await lab.StartHostAsync();
        await using var host = await lab.StartHostAsync();
        var config = Path.Combine(lab.Directory, $"{host.Name}.jumps");
        await System.IO.File.WriteAllTextAsync(
            config,
            $"Host {host.Name}\n ProxyJump {jump.Name}\n{await System.IO.File.ReadAllTextAsync(lab.SshConfig)}"
        );
        await using (var session = await Connect(host, new() { SshConfig = config }))
        {
            var from = await session.Ask(new("echo $SSH_CONNECTION", "where it comes from"), default);
            Assert.StartsWith(jump.Address, from.Text, StringComparison.Ordinal);
        }

        await jump.Sh("echo 'AllowTcpForwarding no' >/etc/ssh/sshd_config.d/closed.conf; systemctl restart ssh");
        foreach (var transport in Both)
            Assert.Contains(
                "a host on the way could not connect to",
                (await Error(host, config, transport)).Message,
                StringComparison.Ordinal
            );
    }

    [LabFact]
    public async Task A_host_with_old_algorithms_alone_is_told_and_can_be_allowed()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("echo 'KexAlgorithms diffie-hellman-group14-sha1' >/etc/ssh/sshd_config.d/old.conf; systemctl restart ssh");
        var known = $"{host.Address} {host.PublicKey}";

        foreach (var transport in Both)
        {
            var error = (await Error(host, await Config(host, known), transport)).Message;
            Assert.Contains("has only old algorithms for the key exchange: diffie-hellman-group14-sha1", error, StringComparison.Ordinal);
            Assert.Contains("KexAlgorithms +diffie-hellman-group14-sha1", error, StringComparison.Ordinal);
        }

        var allowed = await Config(host, known, lab.Key, " KexAlgorithms +diffie-hellman-group14-sha1\n");
        await using (await Connect(host, new() { SshConfig = allowed })) { }
    }

    [LabFact]
    public async Task A_long_banner_and_passwords_by_question_do_not_matter()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            seq 1000 | sed 's/$/ authorized users only/' >/etc/ssh/banner
            echo 'Banner /etc/ssh/banner' >/etc/ssh/sshd_config.d/banner.conf
            printf 'PasswordAuthentication no\nKbdInteractiveAuthentication yes\n' >/etc/ssh/sshd_config.d/a.conf
            systemctl restart ssh
            """
        );

        var config = await Config(host, $"{host.Address} {host.PublicKey}", lab.Key, " PubkeyAuthentication no\n");
        using var connector = Ways.Connector(new ConnectorOptions { SshConfig = config, Transport = Transport.Native });
        await using var session = await connector.Connect(
            new(host.Name) { User = "ops", Password = new("the test", () => Lab.OpsPassword) },
            null,
            default
        );

        Assert.Equal("ops\n", (await session.Ask(new("id -un", "who it is"), default)).Text);
    }

    [LabFact]
    public async Task Much_output_and_much_input_arrive_whole()
    {
        await using var host = await lab.StartHostAsync();
        await using var session = await Connect(host, new() { SshConfig = lab.SshConfig });
        var text = new string('x', 5_000_000);

        Assert.Equal("5000000\n", (await session.Ask(new($"printf %s {text} | wc -c", "much input"), default)).Text);
        var large = await session.Ask(new("head -c 50000000 /dev/zero", "much output"), default);
        Assert.Equal(50_000_000, large.Stdout.Length);
        await Assert.ThrowsAsync<AnswerTooLongException>(() =>
            session.Ask(new("head -c 100000000 /dev/zero", "too much output"), default)
        );
        Assert.Equal("on\n", (await session.Ask(new("echo on", "the next one"), default)).Text);
    }

    [LabFact]
    public async Task A_host_that_is_busy_for_long_is_not_a_lost_connection()
    {
        await using var host = await lab.StartHostAsync();
        await using var session = await Connect(host, new() { SshConfig = lab.SshConfig });

        var answer = await session.Ask(new("sleep 50; echo done", "a long sleep") { Deadline = TimeSpan.FromMinutes(5) }, default);

        Assert.Equal("done\n", answer.Text);
    }

    [LabFact]
    public async Task A_host_that_goes_silent_is_a_lost_connection()
    {
        await using var host = await lab.StartHostAsync();
        await using var relay = lab.RelayTo(host);
        await using var session = await Connect(host, new() { SshConfig = lab.SshConfigFor(host, relay) });
        var asked = session.Ask(new("sleep 1000", "a long sleep") { Deadline = TimeSpan.FromMinutes(5) }, default);

        relay.BlackHole();

        var lost = await Assert.ThrowsAsync<ConnectionLostException>(() => asked.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("the host is not responding: no answer for 30 s", lost.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Without_an_ssh_recipes_are_planned_and_applied_through_a_reboot()
    {
        await using var host = await lab.StartHostAsync();
        var path = System.IO.Directory.CreateDirectory(Path.Combine(lab.Directory, $"{host.Name}.bin")).FullName;
        foreach (var tool in (string[])["dotnet", "sh"])
            System.IO.File.CreateSymbolicLink(
                Path.Combine(path, tool),
                (await LocalCommand.Run("sh", "-c", $"readlink -f $(command -v {tool})")).Stdout.Trim()
            );
        using CfgProcess cfg = new(lab.SshConfig, new() { ["PATH"] = path });
        var recipe = cfg.Write(
            "site.csx",
            $$"""
            On("{{host.Name}}",
                new File("/srv/before") { Content = "1\n" },
                new Reboot { When = RebootWhen.Always },
                new File("/srv/after") { Content = "2\n" });
            """
        );
        cfg.Write("infra.csx", $"Group(\"web\", new Host(\"{host.Name}\"));\n");
        var before = await host.BootId();

        var plan = await cfg.RunAsIs(0, "plan", recipe);
        var apply = await cfg.RunAsIs(0, "apply", recipe, "--yes");
        var refused = await cfg.RunAsIs(1, "plan", recipe, "--transport", "openssh");
        var hosts = await cfg.RunAsIs(0, "hosts");

        Assert.Contains("+ file /srv/before", plan.Stdout, StringComparison.Ordinal);
        Assert.NotEqual(before, await host.BootId());
        Assert.Equal("1 2", await host.Sh("echo $(cat /srv/before /srv/after)"));
        Assert.Contains("Install OpenSSH's client, or use --transport native.", refused.Stdout + refused.Stderr, StringComparison.Ordinal);
        Assert.Contains($"root@{host.Address}", hosts.Stdout, StringComparison.Ordinal);
        Nothing.In(apply.Stderr.Contains("lost", StringComparison.Ordinal) ? apply.Stderr : "");
    }

    async Task<string> Config(LabHost host, string known, string? key = null, string more = "")
    {
        var config = Path.Combine(lab.Directory, $"{host.Name}.{Guid.NewGuid():N}");
        await System.IO.File.WriteAllTextAsync($"{config}.known", known.Length > 0 ? $"{known}\n" : "");
        await System.IO.File.WriteAllTextAsync(
            config,
            $"Host {host.Name}\n HostName {host.Address}\n User root\n IdentityFile {key ?? lab.Key}\n IdentitiesOnly yes\n"
                + $" UserKnownHostsFile {config}.known\n GlobalKnownHostsFile /dev/null\n{more}"
        );
        return config;
    }

    static async Task<ISession> Connect(LabMachine host, ConnectorOptions options)
    {
        var connector = Ways.Connector(options with { Transport = Transport.Native });
        return await connector.Connect(new(host.Name), null, default);
    }

    static Task<HostUnreachableException> Error(LabMachine host, string config, Transport transport) =>
        Error(host, new() { SshConfig = config, Transport = transport });

    static async Task<HostUnreachableException> Error(LabMachine host, ConnectorOptions options)
    {
        using var connector = Ways.Connector(options with { Transport = options.Transport ?? Transport.Native });
        return await Assert.ThrowsAsync<HostUnreachableException>(() => connector.Connect(new(host.Name), null, default));
    }
}
