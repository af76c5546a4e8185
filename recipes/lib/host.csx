// What a host itself needs, or does without: functions that return a Recipe, and no declaration.

/// <summary>
/// No snapd: it is stopped, nothing can start it, its package is gone with its data, and apt does not take it again for another package
/// (apt_preferences(5)). Packages that need it are removed with it, which a plan shows.
/// </summary>
Recipe WithoutSnapd() => new("without snapd",
    new File("/etc/apt/preferences.d/no-snapd")
    {
        Content = """
            Package: snapd
            Pin: release *
            Pin-Priority: -10

            """,
    },
    new NoPackage("snapd"),

    // Whatever brings the units back, nothing starts them.
    new Symlink("/etc/systemd/system/snapd.service") { Target = "/dev/null" },
    new Symlink("/etc/systemd/system/snapd.socket") { Target = "/dev/null" },
    new Command($"systemctl daemon-reload") { OnlyIf = $"systemctl show -p NeedDaemonReload snapd.service snapd.socket | grep -q yes" },
    new NoPath("/var/snap"),
    new NoPath("/var/lib/snapd"),
    new NoPath("/var/cache/snapd"));
