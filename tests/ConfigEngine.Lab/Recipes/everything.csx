// Every core resource, on one host. EverythingTests applies it, plans it again, and breaks each attribute by hand; the fault tests
// interrupt it. Everything.cs puts the address of a web server in the place of that of files.example.com.

var app = new SystemdUnit("app.service") { Enabled = true, Running = true };
var demo = new SystemdUnit("cfg-demo.service") { Enabled = true, Running = true };

On("all", host =>
[
    // The system
    new Hostname("everything"),
    new HostsEntry("203.0.113.11") { Names = ["web1.example.com", "web1"] },
    new Timezone("Europe/Berlin"),
    new Sysctl("net.ipv4.ip_forward") { Value = "1" },
    new KernelModule("nf_conntrack") { Loaded = null, AtBoot = null, Options = "hashsize=65536" },

    // Users
    new UserGroup("crew") { Gid = 3100 },
    new User("app") { Uid = 3101, Group = "crew", Home = "/srv/app", Shell = "/bin/bash", Comment = "the app" },
    new AuthorizedKey("app", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ ann@laptop") { From = ["198.51.100.0/24"] },
    new SshKey("app") { Comment = "app@everything" },
    new SshHostKey("ecdsa"),
    new KnownHost("web1.example.com", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ") { Owner = "app" },
    new SshConfig("web1") { Owner = "app", HostName = "web1.example.com", ServerAliveInterval = TimeSpan.FromSeconds(15) },
    new Sudoers("app") { Rules = [new("app") { Commands = ["/usr/bin/systemctl restart app.service"], NoPassword = true }] },

    // Packages
    new PackageIndex(),
    new Package("cfg-demo") { Version = "1.1-1", Held = true },
    new Package("git"),
    new Package("curl"),
    new Package("locales"),
    new Locale("de_DE.UTF-8") { IsDefault = true },
    new AptRepository("signed") { Uris = ["file:/srv/apt-signed"], Suites = ["stable"], Components = ["main"], SigningKey = Local("key.asc") },
    new Package("cfg-signed"),

    // Files
    new Directory("/srv/etc") { Owner = "app", Group = "crew", Mode = "0750" },
    new File("/srv/etc/app.conf") { Content = $"name = {host.Name}\n", Owner = "app", Group = "crew", Mode = "0640", Notifies = [app.Restart] },
    new Symlink("/srv/etc/current") { Target = "app.conf" },
    new NoPath("/srv/old"),
    new Line("/etc/login.defs", "UMASK 027") { Replaces = @"^UMASK\s" },
    new NoLine("/etc/ssh/sshd_config") { Matching = "^#?X11Forwarding " },
    new Block("/etc/bash.bashrc", "app") { Content = "export APP=/srv/app\nalias app='sudo systemctl restart app.service'\n" },
    new Tree("/srv/www") { From = LocalTree("site"), Purge = true, Owner = "app", FileMode = "0644", DirectoryMode = "0755" },
    new Archive("/srv/unpacked") { From = Local("site.tar.gz"), Strip = 1, Owner = "app" },
    new Download("/srv/etc/file.bin") { Url = "http://files.example.com/file.bin", Checksum = "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", Mode = "0644" },
    new GitCheckout("/srv/checkout") { Repository = "/srv/repository.git", Revision = "v1" },
    new Mount("/srv/scratch") { Device = "tmpfs", Type = "tmpfs", Options = ["size=1m", "mode=0700"] },

    // Services
    new UnitFile("app.service")
    {
        Unit    = new() { Description = "the app" },
        Service = new() { ExecStart = ["/bin/sleep infinity"], User = "app", Restart = ServiceRestart.OnFailure },
        Install = new() { WantedBy = ["multi-user.target"] },
        Notifies = [app.Restart],
    },
    app,
    demo,
    new CronJob("app") { Schedule = "*/5 * * * *", User = "app", Command = $"date +%s >/srv/app/beat" },
    new Command($"echo done >/srv/once") { Creates = "/srv/once", Touches = ["/srv/once"] },
]);
