using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What a user is told when a host cannot be reached, entered or believed; and that the rest goes on.</summary>
[Collection("lab")]
public sealed class ConnectionTests(Lab lab)
{
    static readonly File Probe = new("/srv/probe") { Content = "x" };

    [LabFact]
    public async Task A_name_that_does_not_exist_is_told() =>
        Assert.Contains("cannot resolve the name", await ErrorOf(new Host("nowhere.invalid")), StringComparison.Ordinal);

    [LabFact]
    public async Task A_port_where_nothing_listens_is_told()
    {
        await using var host = await lab.StartHostAsync();
        Assert.Contains("refused the connection", await ErrorOf(new Host(host.Name) { Port = 2 }), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task A_key_that_is_not_accepted_is_told_with_what_was_tried()
    {
        await using var host = await lab.StartHostAsync();
        Assert.Contains(
            "could not log in (tried: publickey,password)",
            await ErrorOf(new Host(host.Name) { User = "nobody" }),
            StringComparison.Ordinal
        );
    }

    [LabFact]
    public async Task A_changed_host_key_is_never_accepted()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("rm /etc/ssh/ssh_host_*; ssh-keygen -q -A; systemctl restart ssh");

        var error = await ErrorOf(new Host(host.Name));

        Assert.Contains("its host key is not the one that is known", error, StringComparison.Ordinal);
        Assert.DoesNotContain("probe", await host.Sh("ls /srv"), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task An_unknown_host_key_is_not_accepted_unasked()
    {
        await using var host = await lab.StartHostAsync();
        var config = Path.Combine(lab.Directory, "strangers");
        await System.IO.File.WriteAllTextAsync(
            config,
            $"Host {host.Name}\n HostName {host.Address}\n User root\n IdentityFile {lab.Key}\n UserKnownHostsFile {config}.known\n "
                + $"GlobalKnownHostsFile /dev/null\n"
        );

        Assert.Contains("its host key is not known here", await ErrorOf(new Host(host.Name), config), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Sudo_works_without_a_password_and_with_one_full_of_special_characters()
    {
        await using var host = await lab.StartHostAsync();
        Secret password = new("the test", () => Lab.OpsPassword);
        File owned = new("/etc/by-sudo") { Content = "x\n", Owner = "root" };

        var deploy = await Rig.Apply(lab.SshConfig, new Host($"{host.Name}-deploy") { Become = Become.Sudo }, [owned]);
        await host.Sh("rm /etc/by-sudo");
        var ops = await Rig.Apply(
            lab.SshConfig,
            new Host($"{host.Name}-ops") { Password = password, Become = Become.Sudo with { Password = password } },
            [owned]
        );

        Assert.Equal(("", ""), (deploy.Error, ops.Error));
        Assert.Equal("root", await host.Sh("stat -c %U /etc/by-sudo"));
    }

    [LabFact]
    public async Task A_password_that_sudo_does_not_need_is_not_sent_to_the_shell()
    {
        await using var host = await lab.StartHostAsync();
        Secret canary = new("the test", () => "touch /tmp/canary");

        var applied = await Rig.Apply(
            lab.SshConfig,
            new Host($"{host.Name}-deploy") { Become = Become.Sudo with { Password = canary } },
            [Probe]
        );

        Nothing.In(applied.Error);
        Nothing.In(await host.Sh("ls /tmp | grep canary || true"));
    }

    [LabFact]
    public async Task What_sudo_refuses_is_told()
    {
        await using var host = await lab.StartHostAsync();
        Secret wrong = new("the test", () => "not this");

        Assert.Contains(
            "sudo wants a password",
            await ErrorOf(new Host($"{host.Name}-plain") { Become = Become.Sudo }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "sudo did not accept the password",
            await ErrorOf(
                new Host($"{host.Name}-ops")
                {
                    Password = new("the test", () => Lab.OpsPassword),
                    Become = Become.Sudo with { Password = wrong },
                }
            ),
            StringComparison.Ordinal
        );
    }

    [LabFact]
    public async Task A_resource_can_be_looked_at_and_made_as_another_user()
    {
        await using var host = await lab.StartHostAsync();

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/home/deploy/note") { Content = "mine\n", As = "deploy" },
            new ConfigEngine.Resources.Command($"cd && pwd >where")
            {
                Creates = "/home/deploy/where",
                As = "deploy",
                Touches = [],
            }
        );

        Nothing.In(applied.Error);
        Assert.Equal("deploy", await host.Sh("stat -c %U /home/deploy/note"));
        Assert.Equal("/home/deploy", await host.Sh("cat /home/deploy/where"));
        Assert.Empty(
            (await Rig.Plan(lab.SshConfig, host.Name, new File("/home/deploy/note") { Content = "mine\n", As = "deploy" })).Changes
        );
    }

    [LabFact]
    public async Task A_link_that_is_cut_is_a_lost_connection_in_every_phase()
    {
        await using var host = await lab.StartHostAsync();
        foreach (var bytes in (long[])[100, 2500, 4200, 8000, 20_000, 40_000])
        {
            await using var relay = lab.RelayTo(host);
            relay.CutAfter(bytes, Toward.Server);

            var applied = await Rig.Apply(
                lab.SshConfigFor(host, relay),
                host.Name,
                Enumerable.Range(0, 50).Select(i => new File($"/srv/cut{bytes}-{i}") { Content = "whole\n" }).ToArray()
            );

            Assert.True(
                applied.Report.Error is HostUnreachableException or ConnectionLostException or null,
                $"after {bytes} bytes: {applied.Report.Error}"
            );
            Nothing.In(
                await host.Sh($"cd /srv; for f in cut{bytes}-*; do [ -e \"$f\" ] || continue; grep -qx whole \"$f\" || echo \"$f\"; done")
            );
            var again = await Rig.Apply(
                lab.SshConfig,
                host.Name,
                Enumerable.Range(0, 50).Select(i => new File($"/srv/cut{bytes}-{i}") { Content = "whole\n" }).ToArray()
            );
            Nothing.In(again.Error);
        }
    }

    [LabFact]
    public async Task Any_command_that_ends_in_a_shell_is_a_way_to_a_host()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            "mkdir -p /srv/root && for d in bin lib lib64 usr etc proc dev; do [ ! -e /$d ] || { mkdir -p /srv/root/$d; mount --rbind "
                + "/$d /srv/root/$d; }; done; mkdir -p /srv/root/tmp /srv/root/srv"
        );
        Secret password = new("the test", () => Lab.OpsPassword);

        var jailed = await Rig.Apply(
            "",
            new Host("jail") { Transport = Transport.Command("ssh", "-F", lab.SshConfig, host.Name, "chroot", "/srv/root", "sh") },
            [Probe]
        );
        var sudo = await Rig.Apply(
            "",
            new Host("other")
            {
                Transport = Transport.Command("ssh", "-F", lab.SshConfig, $"{host.Name}-deploy", "sh"),
                Become = Become.Sudo,
            },
            [new File("/srv/by-root") { Content = "x" }]
        );
        await host.Sh(
            "echo 'deploy ALL=(ALL) ALL' >/etc/sudoers.d/deploy; echo \"deploy:$1\" | chpasswd".Replace(
                "$1",
                Lab.OpsPassword.Replace("$", "\\$", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
        );
        var asked = await Rig.Apply(
            "",
            new Host("third")
            {
                Transport = Transport.Command("ssh", "-F", lab.SshConfig, $"{host.Name}-deploy", "sh"),
                Become = Become.Sudo with { Password = password },
            },
            [new File("/srv/by-password") { Content = "x" }]
        );

        Assert.Equal(("", "", ""), (jailed.Error, sudo.Error, asked.Error));
        Assert.Equal("root root root", await host.Sh("stat -c %U /srv/root/srv/probe /srv/by-root /srv/by-password | tr '\\n' ' '"));
    }

    [LabFact]
    public async Task A_session_leaves_nothing_behind()
    {
        await using var host = await lab.StartHostAsync();
        await Rig.Apply(lab.SshConfig, host.Name, Probe);

        Nothing.In(await host.Sh("ls -A /tmp | grep cfg || true"));
        var left = "";
        for (var i = 0; i < 50 && (left = await host.Sh("ps -eo args | grep '[s]shd.*@notty' || true")).Length > 0; i++)
            await Task.Delay(100);
        Nothing.In(left);
    }

    Task<string> ErrorOf(Host host) => ErrorOf(host, lab.SshConfig);

    static async Task<string> ErrorOf(Host host, string config)
    {
        var plan = await Rig.Plan(config, host, Probe);
        Assert.IsType<HostUnreachableException>(plan.Hosts[0].Error);
        return plan.Hosts[0].Error!.Message;
    }
}
