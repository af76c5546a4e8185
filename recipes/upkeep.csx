// What keeps a host in order: fixes of security, answers of packages, logs, rights, and values of files of an application: cfg plan recipes/upkeep.csx

Hosts(new Host("web1"));

On("web1",
    new PackageIndex(),
    new Upgrade { Which = UpgradeKind.Security },
    new Debconf("tzdata", "tzdata/Areas") { Type = "select", Value = "Etc" },
    new Package("logrotate") { Recommends = true },
    new Package("acl"),

    new User("app") { Home = "/srv/app", HomeExists = true },
    new User("auditor"),
    new Directory("/var/log/app") { Owner = "app", Group = "adm" },
    new Logrotate("app")
    {
        Paths = ["/var/log/app/*.log"],
        Every = LogrotateEvery.Day,
        Keep = 14,
        Compress = true,
        RotateUser = "app",
        RotateGroup = "adm",
        PostRotate = $"touch /srv/app/rotated",
    },
    new Acl("/var/log/app")
    {
        Users = new() { ["auditor"] = "r-x" },
        Default = new() { Users = new() { ["auditor"] = "r--" } },
    },

    // An application writes its files at its first start; the recipe has a say in a few values.
    new Command($"printf '{{\"level\": \"debug\"}}\\n' >/srv/app/log.json; printf 'port = 80\\n' >/srv/app/app.toml; printf '# of the app\\nworkers: 1\\n' >/srv/app/app.yaml")
    {
        Creates = "/srv/app/app.yaml",
        As = "app",
    },
    new JsonValue("/srv/app/log.json", "level") { Value = "info", As = "app" },
    new TomlValue("/srv/app/app.toml", "tls.port") { Value = 8443, As = "app" },
    new YamlValue("/srv/app/app.yaml", "workers") { Value = 4, As = "app" });
