using System.Net;
using System.Net.Sockets;
using System.Text;
using ConfigEngine.Lab.Faults;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>Logins that are not the usual ones: noisy, closed, by way of other hosts, cut; and what is told of them.</summary>
[Collection("lab")]
public sealed class LoginTests(Lab lab)
{
    static readonly Secret Password = new("the test", () => Lab.OpsPassword);

    /// <summary>Ten commands, of which the first waits until the host is told that it may go on.</summary>
    static readonly string Ten = $$"""
        On("all",
            new Command($"touch /srv/begun; until [ -e /run/go ]; do sleep 0.1; done") { Creates = "/srv/begun", Touches = [] },
            {{string.Join(
            ",\n",
            Enumerable.Range(2, 9).Select(i => $"new Command($\"touch /srv/ran{i}\") {{ Creates = \"/srv/ran{i}\", Touches = [] }}")
        )}});
        """;

    [LabFact]
    public async Task Case_16_what_a_login_prints_in_the_place_of_a_shell_is_told()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            for u in nologin forced leaves endless; do useradd -m -s /bin/bash $u; install -d -o $u -m 0700 /home/$u/.ssh; install -o $u -m 0600 /root/.ssh/authorized_keys /home/$u/.ssh/; done
            usermod -s /usr/sbin/nologin nologin
            sed -i 's,^\(ssh-\),command="echo this key is for backups only" \1,' /home/forced/.ssh/authorized_keys
            printf 'echo use the jump host; exit 0\n' >/home/leaves/.bashrc
            printf 'yes Welcome\n' >/home/endless/.bashrc
            """
        );

        Assert.Contains(
            "exit code 1, and it printed:\n  This account is currently not available.\n",
            await ErrorOf("nologin"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "exit code 0, and it printed:\n  this key is for backups only\n",
            await ErrorOf("forced"),
            StringComparison.Ordinal
        );
        Assert.Contains("exit code 0, and it printed:\n  use the jump host\n", await ErrorOf("leaves"), StringComparison.Ordinal);
        Assert.Contains(
            "prints without end, and no shell answers. It began with:\n  Welcome",
            await ErrorOf("endless"),
            StringComparison.Ordinal
        );

        async Task<string> ErrorOf(string user)
        {
            var plan = await Rig.Plan(lab.SshConfig, new Host(host.Name) { User = user }, new File("/tmp/x") { Content = "x\n" });
            var error = Assert.IsType<HostUnreachableException>(plan.Hosts[0].Error).Message;
            Assert.Contains("The login must lead to a shell", error, StringComparison.Ordinal);
            return error;
        }
    }

    [LabFact]
    public async Task A_password_for_the_target_is_never_given_to_a_jump_host()
    {
        await using var host = await lab.StartHostAsync();
        // One machine is both, so that user and name are those of the target, too: which ssh asks is all that tells.
        await host.WriteFile("/usr/local/sbin/see", "#!/bin/sh\n{ printf '%s: ' \"$PAM_USER\"; cat; echo; } >>/root/seen\n");
        await host.Sh(
            "chmod 755 /usr/local/sbin/see; sed -i '1i auth optional pam_exec.so expose_authtok quiet /usr/local/sbin/see' "
                + "/etc/pam.d/sshd; : >/root/seen"
        );
        var config = Path.Combine(lab.Directory, $"{host.Name}.jump");
        await System.IO.File.WriteAllTextAsync(
            config,
            string.Join(
                '\n',
                [
                    Through("by-password", $"{host.Name}-ops"),
                    Through("by-key", $"{host.Name}-deploy"),
                    await System.IO.File.ReadAllTextAsync(lab.SshConfig),
                ]
            )
        );
        File wanted = new("/home/ops/x") { Content = "x\n" };

        var refused = await Rig.Plan(config, new Host("by-password") { Password = Password }, wanted);

        Nothing.In(await host.Sh("cat /root/seen"));
        Assert.Matches(
            "^by-password: (ssh was asked \"ops@.*'s password:\", and the password that was given is for the login of by-password alone"
                + @"|ops@\S+ could not log in \(tried: \S+\))",
            refused.Hosts[0].Error?.Message
        );

        var reached = await Rig.Apply(config, new Host("by-key") { Password = Password }, wanted);

        Nothing.In(reached.Error);
        Assert.All((await host.Sh("cat /root/seen")).Split('\n'), line => Assert.Equal($"ops: {Lab.OpsPassword}", line.TrimEnd('\0')));

        string Through(string name, string way) =>
            $"""
                Host {name}
                    HostName {host.Address}
                    HostKeyAlias {host.Address}
                    User ops
                    ProxyJump {way}
                    UserKnownHostsFile {lab.Configs.KnownHosts}
                    PubkeyAuthentication no

                """;
    }

    [LabFact]
    public async Task A_host_whose_login_speaks_is_planned_applied_and_halted_like_any_other()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'echo Welcome\\necho 4711\\nprintf oops >&2\\n' >/root/.bashrc; cp /root/.bashrc /home/ops/.bashrc");
        foreach (
            var (name, login) in (IReadOnlyList<(string, Host)>)
                [
                    ("root", new(host.Name)),
                    (
                        "sudo with a password",
                        new($"{host.Name}-ops") { Password = Password, Become = Become.Sudo with { Password = Password } }
                    ),
                    ("sudo without one", new($"{host.Name}-deploy") { Become = Become.Sudo }),
                ]
        )
        {
            var file = new File("/srv/file") { Content = $"{name}\n" };
            Assert.Equal(
                ("", "file /srv/file"),
                await Rig.Apply(lab.SshConfig, login, file) is var applied ? (applied.Error, string.Join(", ", applied.Done)) : default
            );
            Assert.Empty((await Rig.Plan(lab.SshConfig, login, file)).Changes);
        }
    }

    [LabFact]
    public async Task Terminated_every_host_halts_however_its_login_goes()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "echo 'echo Welcome' >/root/.bashrc; echo 'echo Welcome' >/home/ops/.bashrc; echo 'LogLevel VERBOSE' "
                + ">/etc/ssh/sshd_config.d/verbose.conf; systemctl restart ssh"
        );
        var halts = 0;
        foreach (
            var login in (string[])
                [
                    $"""Hosts(new Host("{host.Name}"));""",
                    $$"""var password = Secrets.Environment("LAB_PASSWORD"); Hosts(new Host("{{host.Name}}-ops") { Password = password, Become = Become.Sudo with { Password = password } });""",
                ]
        )
        {
            using CfgProcess cfg = new(lab.SshConfig, new() { ["LAB_PASSWORD"] = Lab.OpsPassword });
            await host.Sh("rm -f /srv/begun /srv/ran* /run/go");
            using RunningCfg apply = new(cfg.Start("apply", cfg.Write("ten.csx", $"{login}\n{Ten}"), "--yes", "-v"));
            await host.Sh("for i in $(seq 600); do test -e /srv/begun && exit 0; sleep 0.1; done; exit 1");

            await apply.Signal("TERM");
            await apply.Says(RunningCfg.Stopping);
            // The halt comes by a second channel of the connection: sshd says when that is over.
            halts++;
            await host.Sh(
                $"for i in $(seq 600); do [ $(journalctl -q -o cat -u ssh | grep -c 'Close session: user .* id 1') -ge {halts} ] && "
                    + $"exec touch /run/go; sleep 0.1; done; exit 1"
            );
            var ran = await apply.Ended(TimeSpan.FromMinutes(2));

            Assert.Equal("begun", await host.Sh("ls /srv | grep -e begun -e ran | xargs"));
            Assert.True(ran.Exit is 4, $"exit code {ran.Exit}\n{ran.Stdout}\n{ran.Stderr}");
        }
    }

    [LabFact]
    public async Task A_host_that_cannot_be_told_to_stop_is_named()
    {
        await using var host = await lab.StartHostAsync();
        // One channel a connection: there is none for the halt.
        await host.Sh("echo 'MaxSessions 1' >/etc/ssh/sshd_config.d/one.conf; systemctl restart ssh");
        using CfgProcess cfg = new(lab.SshConfig);
        using RunningCfg apply = new(cfg.Start("apply", cfg.Write("ten.csx", Ten), "--host", host.Name, "--yes"));
        await host.Sh("for i in $(seq 600); do test -e /srv/begun && exit 0; sleep 0.1; done; exit 1");

        await apply.Signal("TERM");
        await apply.Says($"{host.Name}: the host could not be told to stop");
        await host.Sh("touch /run/go");
        var ran = await apply.Ended(TimeSpan.FromMinutes(2));

        Assert.Contains("what was sent to it already goes on", ran.Stderr, StringComparison.Ordinal);
        Assert.Equal("10", await host.Sh("ls /srv | grep -c -e begun -e ran"));
    }

    [LabFact]
    public async Task What_answers_in_the_place_of_sshd_is_told_as_what_it_was()
    {
        var told = await Task.WhenAll(
            Told("silence", (_, over) => Task.Delay(-1, over)),
            Told(
                "a banner, and silence",
                async (stream, over) =>
                {
                    await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), over);
                    await Task.Delay(-1, over);
                }
            ),
            Told("a banner, and an end", async (stream, over) => await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), over)),
            Told(
                "a web server",
                async (stream, over) => await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"u8.ToArray(), over)
            ),
            Told("noise", async (stream, over) => await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 100_000)), over))
        );

        Assert.Contains("accepted the connection, and then said nothing", told[0], StringComparison.Ordinal);
        Assert.True(told[1].Contains("said who it is, and then nothing more", StringComparison.Ordinal), told[1]);
        Assert.Contains("ended the connection before the login: ", told[2], StringComparison.Ordinal);
        Assert.Contains("is not sshd: it said \"HTTP/1.1 400 Bad Request\"", told[3], StringComparison.Ordinal);
        Assert.Contains("is not sshd", told[4], StringComparison.Ordinal);
        Assert.All(told, error => Assert.DoesNotMatch("locked|expired|MaxStartups", error));
    }

    [LabFact]
    public async Task A_black_hole_in_the_first_look_is_told_in_the_words_of_ssh()
    {
        await using var sshd = await lab.StartSshdAsync();
        await using Relay relay = new("127.0.0.1", sshd.Port);
        var config = sshd.SshConfig(1, relay);
        // The login itself runs on, and what the shell answers is lost.
        var marked = $"{config}.slow";
        await System.IO.File.WriteAllTextAsync(marked, $"Host *\n SetEnv LAB=1\n{await System.IO.File.ReadAllTextAsync(config)}");
        var planning = Rig.Plan(marked, new Host("loop1"), new Resources.Command($"true") { Unless = $"sleep 100", Touches = [] });
        for (var i = 0; i < 600 && !sshd.Log.Contains("Starting session: command", StringComparison.Ordinal); i++)
            await Task.Delay(100);
        relay.BlackHole();

        var error = (await planning).Hosts[0].Error;

        Assert.IsNotType<DeadlineException>(error);
        Assert.Matches("not responding|went silent after the login", error?.Message);
        Assert.DoesNotContain("locked", error?.Message, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_cut_in_a_pipeline_is_told_in_the_words_of_ssh()
    {
        await using var sshd = await lab.StartSshdAsync();
        await using Relay relay = new("127.0.0.1", sshd.Port);
        var directory = System.IO.Directory.CreateTempSubdirectory("cfg-cut-");
        try
        {
            await using var engine = Rig.On(
                sshd.SshConfig(1, relay),
                new("loop1"),
                [
                    .. Enumerable
                        .Range(0, 20)
                        .Select(i => new Resources.Command($"sleep 0.2; touch {directory.FullName}/{i}")
                        {
                            Touches = [],
                            Creates = $"{directory.FullName}/{i}",
                        }),
                ]
            );
            var plan = await engine.Plan(_ => { }, default);
            var report = await engine.Apply(
                plan,
                happened =>
                {
                    if (happened is ChangeStarted)
                        relay.Cut();
                },
                default,
                default
            );

            var lost = Assert.IsType<ConnectionLostException>(report.Hosts[0].Error);
            Assert.Matches("Connection (reset|closed) by|Broken pipe", lost.Reason);
            Assert.DoesNotContain("exit code 255", lost.Message, StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>What is told of a server that does this with each connection, and then closes it.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="serve">
    /// What it does. One that is silent waits for the end of the test: what waits for nothing is kept by nothing, and the next collection
    /// of garbage closes its connection.
    /// </param>
    static async Task<string> Told(string name, Func<NetworkStream, CancellationToken, Task> serve)
    {
        using CancellationTokenSource over = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(async () =>
                {
                    using (client)
                        await serve(client.GetStream(), over.Token);
                });
            }
        });
        Host host = new(name) { Address = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port };
        using ConfigEngine.Ssh.Connector connector = new(new() { SshConfig = "none" });
        var error = await Assert.ThrowsAsync<HostUnreachableException>(() => connector.Connect(host, null, default));
        await over.CancelAsync();
        listener.Stop();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        return error.Message;
    }
}
