// What should not be there, on one host. AbsenceTests lets each of it come back by hand.

const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

On("all",
    // Files
    new NoLine("/etc/login.defs") { Text = "LEFTOVER yes" },
    new NoLine("/etc/hosts") { Matching = @"\sold\.example\.com$" },
    new NoBlock("/etc/bash.bashrc", "old"),
    new NoBlock("/srv/page.html", "old") { Comment = "<!-- -->" },
    new NoPath("/srv/file"),
    new NoPath("/srv/directory"),
    new NoPath("/srv/link"),
    new NoPath("/srv/fifo"),
    new NoPath("/srv/it's a \"name\" with $everything"),
    new NoPath("/srv/nowhere/at/all"),
    new NoMount("/srv/old"),
    new NoPath("/srv/old"),

    // Packages and services
    new SystemdUnit("old.service") { Enabled = false, Running = false },
    new NoPath("/etc/systemd/system/old.service"),
    new NoPackage("cfg-demo"),
    new NoPackage("cfg-signed"),
    new NoAptRepository("signed"),

    // Users
    new NoAuthorizedKey("deploy", Key),
    new NoAuthorizedKey("mallory", Key),
    new NoUser("mallory") { RemoveHome = true },
    new NoUser("trent"),
    new NoUserGroup("contractors"),
    new NoUserGroup("mallory"));
