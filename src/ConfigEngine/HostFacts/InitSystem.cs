namespace ConfigEngine.HostFacts;

/// <summary>The init system: process 1, which starts services.</summary>
/// <param name="Kind">The kind of init system.</param>
/// <param name="Version">The version of systemd (<c>252</c>) or OpenRC (<c>0.54</c>); null for others, or where it is
/// unknown.</param>
/// <param name="Process">The name of process 1 (<c>/proc/1/comm</c>); null where it is unknown.</param>
public sealed record InitSystem(InitKind Kind, string? Version = null, string? Process = null)
{
    internal static InitSystem Read(FactSection section)
    {
        var said = section.Entries("comm", "link", "booted", "openrc", "systemd").ToLookup(e => e.Key, e => e.Value);
        var comm = said["comm"].FirstOrDefault();
        var kind = KindOf(comm, said["link"].FirstOrDefault() ?? "", [.. said["booted"]]);
        var version = kind switch
        {
            // The file is libsystemd-shared-252.so, or -252-32.el9.so: its version is the first number.
            InitKind.Systemd => said["systemd"].FirstOrDefault()?.Split('-', '.')[0],
            // Example: openrc (OpenRC) 0.48 (Gentoo Linux)
            InitKind.OpenRc => said["openrc"]
                .FirstOrDefault()
                ?.Split(' ')
                .FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])),
            _ => null,
        };
        return new(kind, version, comm);
    }

    static InitKind KindOf(string? comm, string link, string[] booted) =>
        comm switch
        {
            // sd_booted(3): the directory exists if systemd started the system, and only then.
            _ when booted.Contains("systemd") => InitKind.Systemd,
            _ when booted.Contains("openrc") => InitKind.OpenRc,
            "systemd" => InitKind.Systemd,
            "openrc-init" => InitKind.OpenRc,
            "runit" or "runit-init" => InitKind.Runit,
            "s6-svscan" => InitKind.S6,
            "dinit" => InitKind.Dinit,
            "busybox" => InitKind.Busybox,
            "init" when link.Contains("busybox", StringComparison.Ordinal) => InitKind.Busybox,
            "init" when link.Contains("runit", StringComparison.Ordinal) => InitKind.Runit,
            "init" when link.Contains("openrc", StringComparison.Ordinal) => InitKind.OpenRc,
            "init" when link.Contains("systemd", StringComparison.Ordinal) => InitKind.Unknown,
            "init" => InitKind.SysVinit,
            null => InitKind.Unknown,
            _ => InitKind.None,
        };
}
