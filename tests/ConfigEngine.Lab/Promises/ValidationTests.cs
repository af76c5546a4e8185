using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>A file that breaks the configuration that it is a part of never replaces what is there.</summary>
[Collection("lab")]
public sealed class ValidationTests(Lab lab)
{
    /// <summary>What a host needs for a file: the packages, and what is there before.</summary>
    static readonly (string Packages, string Before)[] Hosts =
    [
        (
            "nginx-light",
            """
            echo 'User_Alias TAKEN = ops' >/etc/sudoers.d/aa-first; chmod 440 /etc/sudoers.d/aa-first
            echo 'upstream taken { server 127.0.0.1:2; }' >/etc/nginx/conf.d/aa-first.conf
            echo 'include snippets/app.conf;' >/etc/nginx/conf.d/ab-first.conf; touch /etc/nginx/snippets/app.conf
            mkdir -p /etc/systemd/system/cron.service.d
            """
        ),
        (
            "apache2 haproxy",
            """
            mkdir /etc/haproxy/conf.d; echo 'EXTRAOPTS="-S /run/haproxy-master.sock -f /etc/haproxy/conf.d"' >/etc/default/haproxy
            printf 'frontend taken\n    mode tcp\n    bind 127.0.0.1:8404\n    default_backend app\n' >/etc/haproxy/conf.d/aa-first.cfg
            printf 'backend app\n    mode tcp\n' >/etc/haproxy/conf.d/bb-app.cfg
            """
        ),
        ("postgresql", "ln -s /etc/postgresql/*/main /srv/cluster; systemctl start postgresql"),
        (
            "ifupdown netplan.io nftables udev",
            """
            mkdir -p /etc/nftables.d /etc/netplan; printf 'flush ruleset\ninclude "/etc/nftables.d/*.nft"\n' >/etc/nftables.conf
            printf 'network:\n  version: 2\n  bridges:\n    br0: {interfaces: [eth7]}\n' >/etc/netplan/30-last.yaml
            printf 'network:\n  ethernets:\n    eth7: {dhcp4: false}\n' >/etc/netplan/20-app.yaml; chmod 600 /etc/netplan/*
            """
        ),
    ];

    /// <summary>Files that are right, and each with content that is right by itself or wrong, but breaks the whole.</summary>
    static readonly (int Host, string Path, string Good, string Bad)[] Files =
    [
        (0, "/etc/ssh/sshd_config.d/app.conf", "PrintMotd no\n", "PrintMotd no\nNoSuchWord yes\n"),
        (0, "/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\n", "Include /etc/ssh/sshd_config.d/*.conf\nPort none\n"),
        (0, "/etc/sudoers.d/zz-app", "User_Alias APPS = deploy\n", "User_Alias OPS = deploy\nUser_Alias TAKEN = deploy\n"),
        (0, "/etc/nginx/conf.d/app.conf", "server { listen 81; }\n", "upstream taken { server 127.0.0.1:1; }\n"),
        (0, "/etc/nginx/sites-available/default", "server { listen 80; }\n", "server { listen 80; no_such_word; }\n"),
        (0, "/etc/nginx/snippets/app.conf", "keepalive_timeout 5;\n", "no_such_word;\n"),
        (0, "/etc/systemd/system/cron.service.d/app.conf", "[Service]\nNice=5\n", "[Service]\nNice=lots\n"),
        (1, "/etc/apache2/sites-available/000-default.conf", "<VirtualHost *:80>\n</VirtualHost>\n", "<VirtualHost *:80>\n"),
        (1, "/etc/apache2/conf-enabled/app.conf", "ServerName app\n", "NoSuchWord app\n"),
        (1, "/etc/apache2/ports.conf", "Listen 80\n", "Listen eighty\n"),
        (1, "/etc/haproxy/conf.d/bb-app.cfg", "backend app\n    mode tcp\n    server one 127.0.0.1:1\n", "backend other\n    mode tcp\n"),
        (
            1,
            "/etc/haproxy/haproxy.cfg",
            "defaults\n    timeout connect 5s\n    timeout client 5s\n    timeout server 5s\n",
            "frontend taken\n    mode http\n"
        ),
        (2, "/etc/postgresql/VERSION/main/conf.d/app.conf", "work_mem = '8MB'\n", "work_mem = lots\n"),
        (2, "/etc/postgresql/VERSION/main/conf.d/more.conf", "app.setting = 1\n", "no_such_setting = 1\n"),
        (3, "/etc/nftables.d/app.nft", "table inet app {\n}\n", "table inet app {\n"),
        (3, "/etc/network/interfaces.d/app", "iface eth7 inet manual\n", "auto eth7\niface eth7 inet static\n  netmask 255.0.0.0\n"),
        (
            3,
            "/etc/network/interfaces",
            "source /etc/network/interfaces.d/*\n",
            "source /etc/network/interfaces.d/*\niface eth8 inet sttic\n"
        ),
        (
            3,
            "/etc/netplan/20-app.yaml",
            "network:\n  ethernets:\n    eth7: {dhcp4: false}\n",
            "network:\n  ethernets:\n    eth8: {dhcp4: false}\n"
        ),
        (
            3,
            "/etc/systemd/network/50-app.network",
            "[Match]\nName=eth7\n[Network]\nDHCP=no\n",
            "[Match]\nName=eth7\n[Network]\nDHCP=perhaps\n"
        ),
        (3, "/etc/systemd/network/50-app.netdev", "[NetDev]\nName=br7\nKind=bridge\n", "[NetDev]\nName=br7\nKind=brigde\n"),
        (
            3,
            "/etc/systemd/network/50-app.link",
            "[Match]\nOriginalName=eth7\n[Link]\nName=app\n",
            "[Match]\nName=eth7\n[Link]\nName=app\n"
        ),
    ];

    [LabFact]
    public async Task What_breaks_the_whole_never_replaces_what_is_there()
    {
        var wrong = await Task.WhenAll(
            Hosts.Select((host, i) => WriteWhatIsWrong("bookworm", host.Packages, host.Before, Files.Where(file => file.Host == i)))
        );
        Assert.Empty(wrong.SelectMany(one => one));
    }

    [LabFact]
    public async Task Nor_on_other_releases()
    {
        var wrong = await Task.WhenAll([
            WriteWhatIsWrong(
                "bullseye",
                "udev",
                "true",
                Files.Where(file => file.Path.StartsWith("/etc/systemd/network/", StringComparison.Ordinal))
            ),
            .. Hosts.Select((host, i) => WriteWhatIsWrong("trixie", host.Packages, host.Before, Files.Where(file => file.Host == i))),
        ]);
        Assert.Empty(wrong.SelectMany(one => one));
    }

    async Task<IReadOnlyList<string>> WriteWhatIsWrong(
        string release,
        string packages,
        string before,
        IEnumerable<(int, string Path, string Good, string Bad)> files
    )
    {
        await using var host = await lab.StartHostAsync(release);
        await host.Sh($"apt-get -q update && apt-get -q install -y --no-install-recommends {packages}\n{before}");
        List<string> wrong = [];
        foreach (var (_, named, good, bad) in files)
        {
            var path = named.Contains("VERSION", StringComparison.Ordinal)
                ? named.Replace("/etc/postgresql/VERSION/main", await host.Sh("readlink /srv/cluster"), StringComparison.Ordinal)
                : named;
            if ((await Rig.Apply(lab.SshConfig, host.Name, new File(path) { Content = good })).Error is { Length: > 0 } refused)
                wrong.Add($"{path}: refused what is right: {refused}");
            var there = await host.Sh($"cat {path}");
            var applied = await Rig.Apply(lab.SshConfig, host.Name, new File(path) { Content = bad });
            if (
                !applied.Error.Contains("is not valid; the old one stays", StringComparison.Ordinal)
                || applied.Report.Changes.Single() is not { State: ChangeState.Failed, Reached: Reached.Nothing }
            )
                wrong.Add($"{path}: took what is wrong: {applied.Error} {applied.Report.Changes.Single()}");
            if (await host.Sh($"cat {path}") != there)
                wrong.Add($"{path}: is changed");
            if (applied.Error.Contains("/tmp/", StringComparison.Ordinal))
                wrong.Add($"{path}: names a copy: {applied.Error}");
        }

        if (await host.Sh("ls -A /tmp | grep ^tmp || true") is { Length: > 0 } left)
            wrong.Add($"{host.Name}: left {left}");
        return wrong;
    }

    /// <summary>
    /// What is named in another file cannot go, what leads to nothing cannot come, and the files of a tree come all together.
    /// </summary>
    [LabFact]
    public async Task Links_removals_and_trees_are_checked_with_the_whole()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update && apt-get -q install -y --no-install-recommends nginx-light
            echo 'include snippets/app.conf;' >/etc/nginx/conf.d/first.conf; touch /etc/nginx/snippets/app.conf
            echo 'no_such_word;' >/etc/nginx/sites-available/bad; echo 'server { listen 82; }' >/etc/nginx/sites-available/good
            """
        );
        Task<Applied> Apply(IDeclaration resource) => Rig.Apply(lab.SshConfig, host.Name, resource);
        Tree Site(params (string Name, string Content)[] files) =>
            new("/etc/nginx/conf.d") { From = [.. files.Select(file => new LocalEntry(file.Name, file.Content, false))], Purge = true };
        IDeclaration[] wrong =
        [
            new NoPath("/etc/nginx/snippets/app.conf"),
            new NoPath("/etc/nginx/snippets"),
            new Symlink("/etc/nginx/sites-enabled/bad") { Target = "../sites-available/bad" },
            new Symlink("/etc/nginx/sites-enabled/default") { Target = "/etc/nginx/sites-available/bad" },
            Site(("a.conf", "upstream taken { server 127.0.0.1:1; }"), ("b.conf", "upstream taken { server 127.0.0.1:2; }")),
            Site(("a.conf", "include conf.d/b.inc;"), ("b.inc", "no_such_word;")),
        ];
        const string look = "cd /etc/nginx; find . | sort; ls -l sites-enabled; cat conf.d/*";
        var before = await host.Sh(look);

        foreach (var resource in wrong)
        {
            var refused = await Apply(resource);
            Assert.True(
                refused.Report.Changes.Single() is { State: ChangeState.Failed, Reached: Reached.Nothing },
                $"{refused.Report.Changes.Single()}: {refused.Error}"
            );
            Assert.Contains("the configuration would not be valid with this", refused.Error, StringComparison.Ordinal);
            Assert.Equal(before, await host.Sh(look));
        }

        IDeclaration[] right =
        [
            new Symlink("/etc/nginx/sites-enabled/good") { Target = "../sites-available/good" },
            Site(("a.conf", "include conf.d/b.inc;"), ("b.inc", "keepalive_timeout 5;")),
            new NoPath("/etc/nginx/snippets/app.conf"),
            new NoPath("/etc/nginx/sites-enabled/default"),
        ];
        foreach (var resource in right)
            Nothing.In((await Apply(resource)).Error);
        await host.Sh("nginx -t");
        Nothing.In(await host.Sh("ls -A /tmp | grep ^tmp || true"));
    }

    /// <summary>Two files that are wrong can be made right one after the other.</summary>
    [LabFact]
    public async Task What_is_broken_already_can_be_repaired_file_by_file()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update && apt-get -q install -y --no-install-recommends nginx-light
            for i in a b c; do echo 'no_such_word;' >/etc/nginx/conf.d/$i.conf; done
            """
        );

        var applied = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new NoPath("/etc/nginx/conf.d/c.conf"),
            new File("/etc/nginx/conf.d/a.conf") { Content = "" },
            new File("/etc/nginx/conf.d/b.conf") { Content = "\n" }
        );

        Nothing.In(applied.Error);
        await host.Sh("nginx -t");
    }

    /// <summary>Only the server that runs knows pg_hba.conf and pg_ident.conf.</summary>
    [LabFact]
    public async Task What_PostgreSQL_would_not_take_comes_back()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get -q install -y --no-install-recommends postgresql; systemctl start postgresql");
        var cluster = await host.Sh("echo /etc/postgresql/*/main");
        var before = await host.Sh($"sha256sum {cluster}/pg_*; stat -c %U:%a {cluster}/pg_*");

        var rule = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new Line($"{cluster}/pg_hba.conf", "host all all 192.0.2.0/240 scram-sha-256")
        );
        var map = await Rig.Apply(lab.SshConfig, host.Name, new Line($"{cluster}/pg_ident.conf", "map only-two"));
        var tree = await host.Apply(
            new Tree(cluster) { From = [new("pg_hba.conf", "host all all 192.0.2.0/240 scram-sha-256\n", Executable: false)] }
        );
        Assert.All(
            [rule, map, tree],
            refused =>
                Assert.True(refused.Report.Changes.Single() is { State: ChangeState.Failed, Reached: Reached.Nothing }, refused.Error)
        );
        Assert.Contains("invalid CIDR mask", rule.Error, StringComparison.Ordinal);
        Assert.Contains("does not pass its check; what was there before is back", map.Error, StringComparison.Ordinal);
        Assert.Equal(before, await host.Sh($"sha256sum {cluster}/pg_*; stat -c %U:%a {cluster}/pg_*"));

        Nothing.In(
            (
                await Rig.Apply(lab.SshConfig, host.Name, new Line($"{cluster}/pg_hba.conf", "host all all 192.0.2.0/24 scram-sha-256"))
            ).Error
        );
        await host.Sh("systemctl stop postgresql");
        Nothing.In(
            (
                await Rig.Apply(lab.SshConfig, host.Name, new Line($"{cluster}/pg_hba.conf", "host all all 192.0.2.0/25 scram-sha-256"))
            ).Error
        );
    }

    [LabFact]
    public async Task What_can_be_checked_only_in_its_place_comes_back_where_that_fails()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'old\n' >/etc/app.conf; chown deploy /etc/app.conf; chmod 640 /etc/app.conf");
        Shell check = $"! grep -q bad /etc/app.conf /etc/new.conf 2>/dev/null";

        var changed = await Rig.Apply(
            lab.SshConfig,
            host.Name,
            new File("/etc/app.conf")
            {
                Content = "bad\n",
                Owner = "root",
                Mode = "0644",
                ValidateAfter = check,
            }
        );
        var made = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/new.conf") { Content = "bad\n", ValidateAfter = check });
        var good = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/new.conf") { Content = "good\n", ValidateAfter = check });

        Assert.Contains(
            "the new /etc/app.conf does not pass its check; what was there before is back",
            changed.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the new /etc/new.conf does not pass its check; what was there before is back",
            made.Error,
            StringComparison.Ordinal
        );
        Nothing.In(good.Error);
        Assert.All(
            [changed, made],
            refused => Assert.True(refused.Report.Changes.Single() is { State: ChangeState.Failed, Reached: Reached.Nothing })
        );
        Assert.Equal(
            "old deploy:640 good",
            await host.Sh("echo $(cat /etc/app.conf) $(stat -c %U:%a /etc/app.conf) $(cat /etc/new.conf)")
        );
    }
}
