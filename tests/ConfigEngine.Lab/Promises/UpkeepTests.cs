using ConfigEngine.Resources;
using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>What keeps a host in order, used for real on one host: upgrades, answers of packages, logs, rights, values of files.</summary>
[Collection("lab")]
public sealed class UpkeepTests(Lab lab)
{
    /// <summary>
    /// Repositories of small packages of our own, one of them for security; a package that asks; logs and files of an application.
    /// </summary>
    const string Prepare = """
        set -e
        apt-get -q update >/dev/null; apt-get -q install -y --no-install-recommends logrotate acl python3 >/dev/null
        cat >/srv/make <<'END'
        # REPOSITORY NAME VERSION FIELDS: a small package, of what is in p
        mkdir -p p/DEBIAN "/srv/cases/$1"
        printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: t <t@example.org>\nDescription: t\n%b' "$2" "$3" "$4" \
          >p/DEBIAN/control
        dpkg-deb -b --root-owner-group p "/srv/cases/$1/$2_$3_all.deb" >/dev/null; rm -rf p
        END
        cat >/srv/index <<'END'
        # REPOSITORY LABEL SUITE
        cd "/srv/cases/$1"
        for f in *.deb; do
          dpkg-deb -f $f
          printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' $f "$(stat -c %s $f)" "$(sha256sum $f | cut -d' ' -f1)"
        done >Packages
        printf 'Label: %s\nSuite: %s\nDate: %s\n' "$2" "$3" "$(date -Ru)" >Release
        printf 'SHA256:\n %s %s Packages\n' "$(sha256sum <Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" >>Release
        echo "deb [trusted=yes] file:/srv/cases/$1 ./" >"/etc/apt/sources.list.d/$1.list"
        END
        make() { sh -e /srv/make "$@"; }
        cd /srv
        make plain ordinary 1.0; make plain ordinary 2.0; make plain aside 1.0; make plain held 1.0; make plain held 2.0
        make plain rival 1.0; make plain fixed 1.0; make security fixed 1.1
        make plain with-extra 1.0 'Recommends: extra\n'; make plain extra 1.0
        mkdir -p p/DEBIAN
        printf 'Template: asks/greeting\nType: string\nDefault: nothing\nDescription: a greeting?\n\n' >p/DEBIAN/templates
        printf 'Template: asks/secret\nType: password\nDescription: a secret?\n' >>p/DEBIAN/templates
        cat >p/DEBIAN/config <<'END'
        #!/bin/sh
        . /usr/share/debconf/confmodule
        db_input medium asks/greeting || :
        db_input high asks/secret || :
        db_go || :
        END
        cat >p/DEBIAN/postinst <<'END'
        #!/bin/sh
        . /usr/share/debconf/confmodule
        for question in greeting secret; do db_get asks/$question; echo "$RET"; done >/etc/asks.new
        mv /etc/asks.new /etc/asks
        END
        chmod 755 p/DEBIAN/config p/DEBIAN/postinst
        make plain asks 1.0 'Depends: debconf\n'
        sh -e /srv/index plain Cases stable; sh -e /srv/index security Debian-Security stable-security
        apt-get -q update >/dev/null
        apt-get -q -y install ordinary=1.0 fixed=1.0 aside=1.0 held=1.0 >/dev/null; apt-mark hold held
        mkdir -p /var/log/app /srv/share; echo one >/var/log/app/app.log; echo private >/srv/share/file; chmod 640 /srv/share/file
        printf '{\n  "a": {"b": 1}, // kept\n  "c": "x"\n}\n' >/srv/app.json; printf '# kept\nport = 80\n[tls]\n' >/srv/app.toml
        printf '# kept\nserver:\n  port: 80  # kept\n' >/srv/app.yaml
        """;

    static readonly Secret Password = new("ASKS", () => "hunter2");

    static readonly Debconf Greeting = new("asks", "asks/greeting") { Value = "hello there" };

    static readonly Logrotate Logs = new("app")
    {
        Paths = ["/var/log/app/*.log"],
        Every = LogrotateEvery.Day,
        Keep = 2,
        Compress = true,
        PostRotate = $"echo {"it's rotated"} >/srv/rotated",
    };

    static readonly Resource[] All =
    [
        Greeting,
        new Debconf("asks", "asks/secret") { Password = Password },
        new Package("asks"),
        new Package("with-extra") { Recommends = true },
        Logs,
        new Acl("/srv/share")
        {
            Users = new() { ["plain"] = "rwx" },
            Groups = new() { ["deploy"] = "r-x" },
            Default = new() { Users = new() { ["plain"] = "r--" } },
        },
        new Acl("/srv/share/file")
        {
            Users = new() { ["plain"] = "r" },
            OnlyThese = true,
        },
        new JsonValue("/srv/app.json", "a.b") { Value = 2 },
        new JsonValue("/srv/app.json", "d.e") { Value = "it's \"odd\" é" },
        new TomlValue("/srv/app.toml", "tls.port") { Value = 8443 },
        new YamlValue("/srv/app.yaml", "server.name") { Value = "yes" },
    ];

    const string Look = """
        cat /etc/asks; dpkg-query -W -f '${db:Status-Status}\n' extra
        python3 -c 'import json, tomllib; t = open("/srv/app.json").read().replace(" // kept", ""); j = json.loads(t)
        print(j["a"]["b"], j["c"], j["d"]["e"], tomllib.load(open("/srv/app.toml", "rb"))["tls"]["port"])'
        tail -n 1 /srv/app.yaml; cat /srv/app.json /srv/app.toml /srv/app.yaml | grep -c kept
        runuser -u plain -- sh -c 'cat /srv/share/file && echo new >/srv/share/of-plain'
        touch /srv/share/later; getfacl -cp /srv/share/later | grep plain
        """;

    const string There = "hello there\nhunter2\ninstalled\n2 x it's \"odd\" é 8443\n  name: \"yes\"\n4\nprivate\nuser:plain:r--";

    [LabFact]
    public async Task Upgrades_answers_logs_rights_and_values_are_used_and_repaired()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(Prepare);

        var applied = await host.Apply(All);
        Nothing.In(applied.Error);
        Assert.Contains(
            applied.Plan.Changes.Single(change => change.Key is "with-extra").Effects,
            effect => (effect.Kind, effect.What, effect.Detail) == (EffectKind.Installs, "extra", "1.0")
        );
        Assert.Empty((await host.Plan(All)).Changes);
        Assert.Equal(There, await host.Sh(Look));

        // A log is rotated for real, and a file that breaks the whole never takes its place.
        Assert.Equal(
            "one\nit's rotated",
            await host.Sh("logrotate -f /etc/logrotate.d/app; zcat /var/log/app/app.log.1.gz; cat /srv/rotated")
        );
        Resource[] broken = [Logs with { More = ["no-such-word"] }, new Logrotate("again") { Paths = ["/var/log/app/app.log"] }];
        await host.Sh("echo two >/var/log/app/app.log");
        foreach (var wrong in broken)
            Assert.Contains("is not valid; the old one stays", (await host.Apply(wrong)).Error, StringComparison.Ordinal);
        Assert.Contains(
            "error: /etc/logrotate.d/app:",
            (await host.Apply(new File("/etc/logrotate.d/app") { Content = "/var/log/app/*.log {\n  nosuch\n}\n" })).Error,
            StringComparison.Ordinal
        );
        Assert.Empty((await host.Plan(All)).Changes);

        foreach (
            var (breaks, address, attributes) in ((string, string, string)[])
                [
                    ("sed -i 's/\"b\": 2/\"b\": 3/' /srv/app.json", "json-value /srv/app.json: a.b", "content"),
                    ("sed -i 's/8443/1/' /srv/app.toml", "toml-value /srv/app.toml: tls.port", "content"),
                    ("sed -i 's/\"yes\"/yes/' /srv/app.yaml", "yaml-value /srv/app.yaml: server.name", "content"),
                    (
                        "cd /etc/logrotate.d; sed -i s/daily/weekly/ app; chown plain:plain app; chmod 666 app",
                        "logrotate app",
                        "content group mode owner"
                    ),
                    ("setfacl -n -m u:plain:r-x /srv/share", "acl /srv/share", "user:plain"),
                    ("chmod g-w /srv/share", "acl /srv/share", "mask"),
                    ("setfacl -x g:deploy,d:u:plain /srv/share", "acl /srv/share", "default:user:plain group:deploy"),
                    ("setfacl -m u:ops:rw /srv/share/file", "acl /srv/share/file", "user:ops"),
                    ("setfacl -b /srv/share/file", "acl /srv/share/file", "mask user:plain"),
                    (Answer("greeting string bye"), "debconf asks asks/greeting", "value"),
                    (Answer("secret password other"), "debconf asks asks/secret", "password"),
                    ("echo 'fset asks/greeting seen false' | debconf-communicate asks", "debconf asks asks/greeting", "seen"),
                ]
        )
        {
            var change = await host.Repaired(breaks, All);
            Assert.Equal(address, change.Address);
            Assert.Equal(attributes.Split(' '), change.Attributes.Select(one => one.Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal(There, await host.Sh(Look));

        // An installed package takes an answer when it is configured again.
        var again = Greeting with
        {
            Value = "bye",
        };
        Nothing.In((await host.Apply(again with { Notifies = [again.Reconfigure] })).Error);
        Assert.Equal("bye", await host.Sh("head -n 1 /etc/asks"));

        await TakesAway(host);
        await Upgrades(host);
        await TheRecipe(host);
    }

    /// <summary>Answers and rights that should not be there, and what stays of them.</summary>
    static async Task TakesAway(LabHost host)
    {
        Resource[] some =
        [
            new NoDebconf("asks", "asks/greeting"),
            new NoDebconf("asks", "asks/secret"),
            new NoDebconf("none", "none/such"),
            new NoAcl("/srv/share") { Users = ["plain"] },
            new NoAcl("/srv/share/file") { Users = ["plain"] },
        ];
        Nothing.In((await host.Apply(some)).Error);
        Assert.Empty((await host.Plan(some)).Changes);
        Assert.Equal(
            "asks/greeting: nothing\n  asks/secret: (password omitted)\nnone\ngroup:deploy:r-x\nuser::rw-\ngroup::r--\nother::---\nbye",
            await host.Sh(
                "debconf-show asks | sort; grep -c hunter2 /var/cache/debconf/passwords.dat | sed s/^0$/none/; getfacl -cp /srv/share "
                    + "| grep -E 'plain|deploy'; getfacl -cp /srv/share/file | grep .; head -n 1 /etc/asks"
            )
        );

        // A file and its list are two things: new content keeps the list, and a list leaves the content alone.
        Resource[] both =
        [
            new File("/srv/noted") { Content = "one\n", Mode = "0640" },
            new Acl("/srv/noted") { Users = new() { ["plain"] = "r" } },
        ];
        Nothing.In((await host.Apply(both)).Error);
        Assert.Empty((await host.Plan(both)).Changes);
        await host.Sh("echo two >/srv/noted");
        Nothing.In((await host.Apply(both)).Error);
        Assert.Empty((await host.Plan(both)).Changes);
        Assert.Equal("one", await host.Sh("runuser -u plain -- cat /srv/noted"));

        NoAcl whole = new("/srv/share");
        foreach (
            var (breaks, resource) in ((string, Resource)[])
                [
                    (Answer("greeting string bye"), some[0]),
                    ("echo 'set asks/greeting bye' | debconf-communicate asks", some[0]),
                    (Answer("secret password other"), some[1]),
                    ("setfacl -m u:plain:r /srv/share", some[3]),
                    ("setfacl -m d:u:plain:r /srv/share", some[3]),
                    ("setfacl -m u:plain:r,g:deploy:r,d:u:plain:rwx /srv/share", whole),
                ]
        )
            Assert.Equal(resource.Address, (await host.Repaired(breaks, resource)).Address);
        Assert.Equal("user::rwx\ngroup::r-x\nother::r-x", await host.Sh("getfacl -cp /srv/share | grep ."));
    }

    /// <summary>
    /// What is written has a name of its own until it is whole. The programs that read all files of its directory are run at that moment:
    /// as checks of the new file, which each of them finds wrong as soon as it is in its place.
    /// </summary>
    [LabFact]
    public async Task What_is_not_whole_yet_is_read_by_no_program()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update >/dev/null; apt-get -q install -y --no-install-recommends logrotate >/dev/null
            mkdir -p /etc/cron.d /etc/systemd/system/app.service.d
            printf '[Service]\nExecStart=/bin/sleep infinity\n' >/etc/systemd/system/app.service
            echo 'no options' >/srv/nonsense
            """
        );

        // Wrong when it has its name, and not before.
        (string Path, string Content, Shell Check)[] cases =
        [
            (
                "/etc/logrotate.d/app",
                "/srv/app {\n  no-such-word\n}\n",
                $"! logrotate -d /etc/logrotate.conf 2>&1 | grep -e error: -e no-such-word"
            ),
            ("/etc/sudoers.d/app", "no sudoers\n", $"visudo -c"),
            ("/etc/apt/sources.list.d/app.list", "no sources\n", $"apt-get indextargets >/dev/null"),
            ("/etc/apt/apt.conf.d/app", "no { options\n", $"apt-config dump >/dev/null"),
            ("/etc/cron.daily/app", "#!/bin/sh\n", $"! run-parts --test /etc/cron.daily | grep -e app -e cfg"),
            (
                "/etc/systemd/system/app.service.d/app.conf",
                "[Service]\nExecStart=/bin/true\n",
                $"! systemd-analyze verify app.service 2>&1 | grep ExecStart"
            ),
        ];
        foreach (var (path, content, check) in cases)
        {
            File file = new(path)
            {
                Content = content,
                Mode = path.Contains("cron", StringComparison.Ordinal) ? "0755" : "0440",
                Validate = Shell.Verbatim($"ls -A {path[..path.LastIndexOf('/')]} >>/srv/seen; [ -e \"$cfg_new\" ] && {check.Text}"),
            };
            Nothing.In((await host.Apply(file)).Error);
            Assert.NotEqual(0, (await host.Run(check.Text)).Exit);
            await host.Sh($"rm {path}");
        }

        Assert.Matches(@"^(\.cfg\.[A-Za-z0-9]{10}~\n?){6}\z", await host.Sh("grep '^.cfg' /srv/seen"));

        // A file of that name is read by logrotate. One that was left by a cfg that was killed is no fault of a new file.
        await host.Sh("cp /srv/nonsense /etc/logrotate.d/.cfg.AbCdEfGhIj; mkdir -m 700 /etc/logrotate.d/.cfg.KlMnOpQrSt~");
        Assert.Equal(0, (await host.Run("logrotate -d /etc/logrotate.conf 2>&1 | grep -q .cfg.AbCdEfGhIj")).Exit);
        Nothing.In((await host.Apply(Logs)).Error);
    }

    static string Answer(string words) => $"echo 'asks asks/{words}' | debconf-set-selections";

    /// <summary>First for security alone, and then everything but what is held; nothing is removed that is not named.</summary>
    static async Task Upgrades(LabHost host)
    {
        Upgrade security = new() { Which = UpgradeKind.Security };
        var fixes = await host.Apply(security);
        Nothing.In(fixes.Error);
        Assert.Equal(["fixed: 1.0 → 1.1"], Versions(fixes.Plan.Changes.Single()));
        Assert.Empty((await host.Plan(security)).Changes);

        Upgrade all = new();
        var whole = await host.Apply(all);
        Nothing.In(whole.Error);
        Assert.Contains("ordinary: 1.0 → 2.0", Versions(whole.Plan.Changes.Single()));
        Assert.Contains(whole.Plan.Changes.Single().Notes, note => note.Contains("held", StringComparison.Ordinal));
        Assert.Empty((await host.Plan(all)).Changes);
        Assert.Equal("1.1 1.0 2.0", await host.Sh("dpkg-query -W -f '${Version} ' fixed held ordinary | sed 's/ $//'"));
        Nothing.In(await host.Sh("apt-get -qq install -y --allow-downgrades ordinary=1.0 >/dev/null"));
        var repaired = await host.Repaired("true", all);
        Assert.Equal(["ordinary: 1.0 → 2.0"], Versions(repaired));

        await host.Sh(
            """
            set -e; cd /srv; apt-get -q -y install rival=1.0 >/dev/null
            sh -e /srv/make plain rival 2.0 'Conflicts: aside\n'; sh -e /srv/index plain Cases stable; apt-get -q update >/dev/null
            """
        );
        Assert.Contains("it would remove aside", await host.ErrorOf(all), StringComparison.Ordinal);
        var removes = await host.Apply(all with { Removes = ["aside"] });
        Nothing.In(removes.Error);
        Assert.Contains(removes.Plan.Changes.Single().Effects, effect => (effect.Kind, effect.What) == (EffectKind.Removes, "aside"));
        Assert.Equal("2.0", await host.Sh("dpkg-query -W -f '${Version}' rival"));
    }

    static IEnumerable<string> Versions(Change change) => change.Attributes.Select(one => $"{one.Name}: {one.Before} → {one.After}");

    /// <summary>The recipe of the house.</summary>
    async Task TheRecipe(LabHost host)
    {
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.PlaceOfHouse("upkeep", text => text.Replace("web1", host.Name, StringComparison.Ordinal));
        await host.Sh("rm -r /var/log/app /etc/logrotate.d/app");
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal(
            "{\"level\": \"info\"}\n8443\n# of the app\nworkers: 4",
            await host.Sh("cd /srv/app; cat log.json; sed -n 's/^port = 8/8/p' app.toml | tail -n 1; cat app.yaml")
        );
    }
}
