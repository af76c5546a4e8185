using ConfigEngine.Local;

namespace ConfigEngine.Cli.Rehearsing;

/// <summary>What a rehearsal needs of this machine.</summary>
static class Tools
{
    /// <summary>Programs, with Debian's package that has them.</summary>
    static readonly (string Program, string Package)[] Needed =
    [
        ("systemd-nspawn", "systemd-container"),
        ("unshare", "util-linux"),
        ("nsenter", "util-linux"),
        ("setpriv", "util-linux"),
        ("ip", "iproute2"),
    ];

    /// <summary>Fails if this machine cannot run containers.</summary>
    /// <param name="outside">Whether they reach anything else.</param>
    /// <exception cref="UsageException">Something is missing; it is named.</exception>
    public static void Check(Outside outside)
    {
        if (!OperatingSystem.IsLinux())
            throw new UsageException("cfg rehearse runs containers of Linux's systemd-nspawn, and this machine has no Linux");
        if (Trust.ThisUser != 0)
            throw new UsageException("cfg rehearse makes containers and networks, which only root may\n  hint: sudo cfg rehearse …");
        Check(Needed);
        if (outside is Outside.Open)
            Check([("slirp4netns", "slirp4netns")], " (or give containers no way to the outside: --offline)");
    }

    /// <summary>Fails if no distribution can be installed.</summary>
    public static void CheckInstaller() =>
        Check([("debootstrap", "debootstrap")], " (or name a directory with a root file system: --root)");

    static void Check(IEnumerable<(string Program, string Package)> needed, string otherwise = "")
    {
        foreach (var (program, package) in needed)
        {
            if (!Programs.Has(program))
                throw new UsageException(
                    $"cfg rehearse needs {program}, which is not installed here\n  hint: apt-get install {package}{otherwise}"
                );
        }
    }
}
