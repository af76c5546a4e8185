using System.Globalization;

namespace ConfigEngine.HostFacts;

/// <summary>Makes the facts from the sections of an answer. A fact that needs one section only is read by its own type.</summary>
static class FactParser
{
    public static Facts Read(FactAnswer answer)
    {
        List<string> findings =
        [
            .. answer.Sections.Where(s => s.Note is "unreadable").Select(s => $"{s.Name} could not be read"),
            .. answer.Sections.Where(s => s.Text.Contains('\uFFFD')).Select(s => $"{s.Name} is not all UTF-8: the rest shows as \uFFFD"),
        ];
        var system = answer["system"];
        var said = system
            .Entries("uname", "version", "hostname", "boot-id", "uptime", "cpus", "uid", "shell", "dpkg")
            .ToLookup(e => e.Key, e => e.Value);
        string Said(string key, string why) =>
            said[key].FirstOrDefault() ?? throw new FactsUnreadableException("system", $"it does not say {key}: {why}");

        // Example: Linux 6.1.0-18-amd64 x86_64
        var uname = Said("uname", "uname is missing or failed");
        if (uname.Split(' ') is not ["Linux", var release, var machine])
            throw system.Unknown($"uname={uname}", "Linux, a release and an architecture: cfg configures Linux hosts");

        Kernel kernel = new(release, said["version"].FirstOrDefault() ?? "");
        var uptime = Uptime(system, Said("uptime", "/proc is not mounted on the host"));
        var hostname = Said("hostname", "the host has no name");
        var memory = Memory(answer["meminfo"]);
        var distribution = Distribution.Read(answer["os-release"], findings);
        var virtualization = Virtualization.Read(answer["virtualization"], release);
        var users = UserAccount.Read(answer["passwd"], findings);
        var tools = Tool.Read(answer["tools"], answer["versions"]);
        var init = InitSystem.Read(answer["init"]);
        var uid = system.Number(Said("uid", "id is missing or failed"), "uid");
        var interfaces = answer.Has("addresses") ? IpOutput.Interfaces(answer["addresses"]) : ProcNet.Interfaces(answer);
        IEnumerable<DefaultRoute> routes = answer.Has("addresses")
            ? [.. IpOutput.Routes(answer["routes4"], IpFamily.IPv4), .. IpOutput.Routes(answer["routes6"], IpFamily.IPv6)]
            : ProcNet.Routes(answer);

        return new()
        {
            Distribution = distribution,
            Kernel = kernel,
            Architecture = machine,
            DebianArchitecture = said["dpkg"].FirstOrDefault(),
            BootId = said["boot-id"].FirstOrDefault() is { } id
                ? Guid.TryParse(id, out _)
                    ? id
                    : throw system.Unknown($"boot-id={id}", "a boot id")
                : null,
            Uptime = uptime,
            Virtualization = virtualization,
            Hostname = hostname,
            Fqdn = Fqdn(answer["hosts"], hostname),
            Cpus = system.Count(Said("cpus", "nproc is missing or failed"), "cpus"),
            Memory =
                memory("MemTotal") ?? throw new FactsUnreadableException("meminfo", "it has no MemTotal: is /proc mounted on the host?"),
            MemoryAvailable =
                memory("MemAvailable") ?? (memory("MemFree") ?? default) + (memory("Buffers") ?? default) + (memory("Cached") ?? default),
            Swap = memory("SwapTotal") ?? default,
            BlockDevices = BlockDevice.Read(answer["block"]),
            Mounts = answer["mounts"].Text is ""
                ? throw new FactsUnreadableException("mounts", "the host lists none: is /proc mounted there?")
                : MountPoint.Read(answer["mounts"]),
            Interfaces = interfaces,
            DefaultRoutes = [.. routes],
            Init = init,
            PackageManager = PackageChoice.Of(distribution.Family, tools.Keys),
            Users = users,
            Groups = GroupAccount.Read(answer["group"], findings),
            TimeZone = TimeZone(answer["time-zone"]),
            Locale = Assignments.Read(answer["locale"], findings).GetValueOrDefault("LANG"),
            SecurityModules = SecurityModules.Read(answer["security"]),
            PendingReboot = PendingReboot.Read(answer["reboot"], kernel, uptime, virtualization),
            Tools = tools,
            Lacks = [.. answer["lacks"].Lines],
            RunningAs = new(uid, users.FirstOrDefault(u => u.Uid == uid)?.Name) { ActsAtBoot = uid is 0 && init.Kind is InitKind.Systemd },
            ShellName = said["shell"].FirstOrDefault() is { } shell ? Shell(shell) : null,
            Findings = findings,
        };
    }

    // Example: "1558.35 2940.42", the time up and the idle time in seconds.
    static TimeSpan Uptime(FactSection section, string value) =>
        decimal.TryParse(value.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds < int.MaxValue
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : throw section.Unknown($"uptime={value}", "seconds");

    // Example: "MemTotal:       24684092 kB"
    static Func<string, ByteSize?> Memory(FactSection section)
    {
        Dictionary<string, ByteSize> sizes = [];
        foreach (var line in section.Lines)
        {
            if (line.Split(':') is not [var name, var value])
                throw section.Unknown(line, "NAME: SIZE kB");
            if (value.Trim().Split(' ') is [var size, "kB"])
                sizes[name] = section.Number(size, line) is >= 0 and <= long.MaxValue / 1024 and var kilobytes
                    ? ByteSize.FromKilobytes(kilobytes)
                    : throw section.Unknown(line, "a size");
        }
        return name => sizes.TryGetValue(name, out var size) ? size : null;
    }

    // Finds a canonical name as the C library does from files (hosts(5)), without asking DNS.
    static string Fqdn(FactSection section, string hostname)
    {
        if (hostname.Contains('.'))
            return hostname;
        var lines = section.Lines.Select(l => l.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList());
        return lines
                .Where(names => names.Contains(hostname) || names.Any(n => n.StartsWith(hostname + ".", StringComparison.Ordinal)))
                .SelectMany(names => names.Where(n => n.StartsWith(hostname + ".", StringComparison.Ordinal)))
                .FirstOrDefault()
            ?? hostname;
    }

    static string? TimeZone(FactSection section)
    {
        var said = section.Entries("link", "file", "timezone", "tz").ToLookup(e => e.Key, e => e.Value);
        var link = said["link"].FirstOrDefault();
        var zone = link?.IndexOf("zoneinfo/", StringComparison.Ordinal) is >= 0 and var at ? link[(at + "zoneinfo/".Length)..] : null;
        if (zone?.StartsWith("posix/", StringComparison.Ordinal) is true || zone?.StartsWith("right/", StringComparison.Ordinal) is true)
            zone = zone[6..];
        var unset = link is null && !said["file"].Any();
        return zone ?? said["timezone"].FirstOrDefault() ?? said["tz"].FirstOrDefault() ?? (unset ? "UTC" : null);
    }

    // Examples: /usr/bin/bash, /bin/busybox, /usr/bin/dash (deleted), the last after an upgrade of its package.
    static string Shell(string path)
    {
        var name = path.Split(" (deleted)")[0].Split('/')[^1];
        return name.StartsWith("busybox", StringComparison.Ordinal) ? "busybox" : name;
    }
}
