using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Odd values, written on a real host and read back by what reads them there.</summary>
[Collection("lab")]
public sealed class FormatTests(Lab lab)
{
    const string Odd = """a "b" 'c' \d \\ $HOME ${x} 100% %i %% # ; & | <é> `id` *?[x] ~ !e =f, g:""";

    /// <summary>Two backslashes in a row are refused there, since versions of cron read them differently.</summary>
    static readonly string ForCron = Odd.Replace(@"\\", "", StringComparison.Ordinal);

    [LabFact]
    public async Task Values_with_anything_in_them_are_read_back_as_they_were()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            printf '%s\n' '#!/bin/sh' 'for a; do printf "<%s>" "$a"; done' >/usr/local/bin/args && chmod 755 /usr/local/bin/args
            printf '# net.ipv4.ip_default_ttl: f\374r alle\nnet.ipv4.ip_default_ttl = 64' >/etc/sysctl.d/10-latin.conf
            groupadd 'domain_users'; usermod -aG domain_users plain
            printf '# set by the installer\nEtc/UTC\n' >/etc/timezone
            printf 'options dummy a=1' >/etc/modprobe.d/dummy.conf
            """
        );

        string[] commands =
        [
            """/usr/local/bin/args a,b c:d=e #f \g""",
            """/usr/local/bin/args two  spaces""",
            "/usr/local/bin/args A,/usr/bin/su",
        ];
        var environment = new Dictionary<string, string>
        {
            ["ODD"] = Odd,
            ["LINES"] = "one\n\ttwo\n",
            ["DATE"] = "%Y-%m-%d",
            ["EMPTY"] = "",
        };
        IReadOnlyList<IDeclaration> resources =
        [
            new Sudoers("formats")
            {
                Rules = [new("plain") { Commands = commands, NoPassword = true }, new(@"CORP\ann"), new("%domain users"), new("%#4711")],
            },
            new UnitFile("odd.service")
            {
                Unit = new() { Description = "odd; \"quoted\" # 100%%" },
                Service = new()
                {
                    Type = ServiceType.Oneshot,
                    ExecStart = "/usr/bin/env -0",
                    StandardOutput = "file:/srv/odd",
                    Environment = environment,
                },
            },
            new Resources.Command($"systemctl start odd.service") { Creates = "/srv/odd", Touches = ["/srv/odd"] },
            new CronJob("odd")
            {
                Schedule = "* * * * *",
                Command = $"printf '%s%s' {ForCron} \"$ODD\" >/srv/cron",
                Environment = new() { ["ODD"] = "it's #1; 50% \\n $HOME  end" },
            },
            new HostsEntry("203.0.113.9") { Names = ["odd_name.example.com", "odd-1"] },
            new Sysctl("net.ipv4.ip_default_ttl") { Value = "0x3f" },
            new Sysctl("net.ipv4.tcp_rmem") { Value = "4097" },
            new KernelModule("dummy")
            {
                Loaded = null,
                AtBoot = null,
                Options = """path=a\b name="c d" #e""",
            },
            new Timezone("Europe/Vienna"),
            new AuthorizedKey("plain", (await System.IO.File.ReadAllTextAsync($"{lab.Key}.pub")).Trim())
            {
                Command = """printf '<%s>' 'a "b" \c,d'""",
                Options = ["no-pty"],
            },
        ];
        await Converges(host, resources);

        // sudo(8) itself: each command as it was declared, and nothing that is less, more or another.
        Assert.Equal(
            [
                "NOPASSWD: "
                    + @"/usr/local/bin/args a\,b c\:d\=e \#f \\g, /usr/local/bin/args two  spaces, /usr/local/bin/args A\,/usr/bin/su",
            ],
            (await host.Sh("sudo -l -U plain"))
                .Split('\n')
                .Where(line => line.Contains("args", StringComparison.Ordinal))
                .Select(line => line.Trim()["(ALL) ".Length..])
        );
        Assert.Equal("<a,b><c:d=e><#f><\\g>", await host.Sh("""runuser -u plain -- sudo -n /usr/local/bin/args a,b c:d=e '#f' '\g'"""));
        foreach (
            var other in (string[])
                ["/usr/bin/su -c id", "/usr/local/bin/args a", "/usr/local/bin/args a,b c:d=e '#f' g", "/usr/local/bin/args two spaces"]
        )
            Assert.NotEqual(0, (await host.Run($"runuser -u plain -- sudo -n {other}")).Exit);
        Assert.Contains(@"CORP\\ann", await host.Sh("visudo -c -q && cat /etc/sudoers.d/formats"), StringComparison.Ordinal);

        // systemd(1)
        var variables = (await host.Sh("cat /srv/odd")).Split('\0');
        Assert.All(environment, variable => Assert.Contains($"{variable.Key}={variable.Value}", variables));
        Assert.Equal("odd; \"quoted\" # 100%", await host.Sh("systemctl show --value --property=Description odd.service"));

        // The others, each by what reads it at the next boot.
        Assert.Equal("203.0.113.9     odd_name.example.com odd-1", await host.Sh("getent hosts odd-1"));
        Assert.Equal("63", await host.Sh("cat /proc/sys/net/ipv4/ip_default_ttl"));
        Assert.StartsWith("4097\t", await host.Sh("cat /proc/sys/net/ipv4/tcp_rmem"));
        Assert.Equal(
            "63",
            await host.Sh("sysctl -qw net.ipv4.ip_default_ttl=9 && /lib/systemd/systemd-sysctl && cat /proc/sys/net/ipv4/ip_default_ttl")
        );
        Assert.Contains("options dummy path=a\\b name=\"c d\" #e", (await host.Sh("modprobe -c")).Split('\n'));
        Assert.Equal(
            "Europe/Vienna",
            await host.Sh("cat /etc/timezone; [ \"$(readlink -f /etc/localtime)\" = /usr/share/zoneinfo/Europe/Vienna ]")
        );
        Assert.Equal(
            """<a "b" \c,d>""",
            (await LocalCommand.Run("ssh", ["-F", lab.SshConfig, "-l", "plain", host.Name, "anything"])).Stdout
        );

        // cron(8) looks once a minute.
        await host.Sh("for i in $(seq 1 900); do [ -s /srv/cron ] && break; sleep 0.1; done");
        Assert.Equal(ForCron + "it's #1; 50% \\n $HOME  end", await host.Sh("cat /srv/cron"));
    }

    [LabFact]
    public async Task Mount_points_are_found_whatever_way_they_are_written()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            mkdir -p /srv/scratch /srv/big/cache /srv/source '/srv/odd #1'
            ln -s big/cache /srv/cache
            printf '# f\374r alle\n\ntmpfs\t/srv//scratch/\ttmpfs\tsize=1m\t0\t0\t# scratch\r\n' >>/etc/fstab
            systemctl daemon-reload; mount /srv/scratch
            """
        );
        var table = await host.Sh("base64 -w0 /etc/fstab");

        // Case 08: a slash at the end makes it no other mount point.
        Mount scratch = new("/srv/scratch") { Device = "tmpfs", Type = "tmpfs" };
        Assert.Empty((await Rig.Plan(lab.SshConfig, host.Name, scratch)).Changes);
        Assert.Equal(table, await host.Sh("base64 -w0 /etc/fstab"));
        await Converges(host, [new NoMount("/srv/scratch")]);
        Assert.NotEqual(0, (await host.Run("findmnt --fstab /srv/scratch")).Exit);
        Assert.NotEqual(0, (await host.Run("findmnt --mountpoint /srv/scratch")).Exit);

        // Case 09: nothing is mounted through a link, nor unmounted.
        var refused =
            (await Rig.Plan(lab.SshConfig, host.Name, new Mount("/srv/cache") { Device = "tmpfs", Type = "tmpfs" }))
                .Hosts[0]
                .Error
                ?.Message
            ?? "";
        Assert.Contains("/srv/cache leads through a symbolic link to /srv/big/cache", refused, StringComparison.Ordinal);
        await host.Sh("mount -t tmpfs none /srv/cache");
        refused = (await Rig.Plan(lab.SshConfig, host.Name, new NoMount("/srv/cache"))).Hosts[0].Error?.Message ?? "";
        Assert.Contains("declare /srv/big/cache instead", refused, StringComparison.Ordinal);
        await Converges(host, [new NoMount("/srv/big/cache")]);

        // Bind mounts in both ways, and what has to be made for them.
        await Converges(
            host,
            [
                new Mount("/srv/bind/one")
                {
                    Device = "/srv/source",
                    Type = "none",
                    Options = ["bind", "ro"],
                },
                new Mount("/srv/bind/two") { Device = "/srv/source", Type = "rbind" },
                new Mount("""/srv/odd #1/it's a \ "mount" é""")
                {
                    Device = "tmpfs",
                    Type = "tmpfs",
                    Options = ["size=1m", "x-note=a b"],
                },
            ]
        );
        Assert.NotEqual(0, (await host.Run("touch /srv/bind/one/file")).Exit);
        await host.Sh(
            "touch /srv/bind/two/file && test -e /srv/bind/one/file && umount '/srv/odd #1/'*; mount -a; findmnt --mountpoint '/srv/odd "
                + "#1/'* && findmnt --verify"
        );
        await Converges(
            host,
            [
                new Mount("/srv/bind/one")
                {
                    Device = "/srv/source",
                    Type = "none",
                    Options = ["bind", "nosuid"],
                },
            ]
        );
        await host.Sh("touch /srv/bind/one/other");
    }

    async Task Converges(LabHost host, IReadOnlyList<IDeclaration> resources)
    {
        var applied = await Rig.Apply(lab.SshConfig, host.Name, resources);
        Assert.True(applied.Error.Length == 0, applied.Error);
        var again = await Rig.Plan(lab.SshConfig, host.Name, resources);
        Assert.True(again.Hosts[0].Error is null, again.Hosts[0].Error?.Message);
        Assert.Empty(again.Changes);
    }
}
