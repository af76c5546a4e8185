using System.Text;
using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>What a host says about itself: read with the connect, by <see cref="FactScript"/>, before anything is planned.</summary>
/// <remarks>Lists and texts that the host has nothing to say on are empty or null, as each property tells; nothing is guessed.</remarks>
/// <example><code>Content = $"shared_buffers = {host.Facts.Memory / 4}\nmax_worker_processes = {host.Facts.Cpus}\n"</code></example>
public sealed record Facts
{
    /// <summary>Which system it runs, from os-release(5).</summary>
    public Distribution Distribution { get; init; } = new();

    /// <summary>The kernel that runs now.</summary>
    public required Kernel Kernel { get; init; }

    /// <summary>The kernel's name for the hardware (<c>uname -m</c>): <c>x86_64</c>, <c>aarch64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>dpkg's name for what packages are built for: <c>amd64</c>, <c>arm64</c>; null on a host without dpkg.</summary>
    public string? DebianArchitecture { get; init; }

    /// <summary>Changes with every boot (<c>/proc/sys/kernel/random/boot_id</c>); null where the kernel hides it.</summary>
    public string? BootId { get; init; }

    /// <summary>Since the boot (<c>/proc/uptime</c>).</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Metal, a virtual machine or a container.</summary>
    public Virtualization Virtualization { get; init; } = new(VirtualizationKind.None);

    /// <summary>The kernel's host name, as it is set: often short.</summary>
    public required string Hostname { get; init; }

    /// <summary>
    /// The full name, by the host name and <c>/etc/hosts</c>; no name server is asked. The host name where those know no domain.
    /// </summary>
    public required string Fqdn { get; init; }

    /// <summary>Processors that a program here may use (<c>nproc</c>): a container's share, not its host's.</summary>
    public required int Cpus { get; init; }

    /// <summary>Main memory in all (<c>MemTotal</c> of proc(5)).</summary>
    public required ByteSize Memory { get; init; }

    /// <summary>What new programs could have without swapping (<c>MemAvailable</c>; before Linux 3.14, free and cached memory).</summary>
    public ByteSize MemoryAvailable { get; init; }

    /// <summary>Swap in all (<c>SwapTotal</c>); 0 without any.</summary>
    public ByteSize Swap { get; init; }

    /// <summary>Disks, partitions and what is made of them. A container sees its host's.</summary>
    public IReadOnlyList<BlockDevice> BlockDevices { get; init; } = [];

    /// <summary>What is mounted, in the order the kernel lists it.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Network interfaces, loopback included.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>The ways out, IPv4 first.</summary>
    public IReadOnlyList<DefaultRoute> DefaultRoutes { get; init; } = [];

    /// <summary>What starts services.</summary>
    public InitSystem Init { get; init; } = new(InitKind.Unknown);

    /// <summary>What installs packages: the distribution's own where it is there, otherwise the first that is.</summary>
    public PackageManager PackageManager { get; init; }

    /// <summary>
    /// Users of <c>/etc/passwd</c>; where nsswitch.conf(5) names another source besides, those that it lists within two seconds.
    /// </summary>
    public IReadOnlyList<UserAccount> Users { get; init; } = [];

    /// <summary>Groups, from the same sources as <see cref="Users"/>.</summary>
    public IReadOnlyList<GroupAccount> Groups { get; init; } = [];

    /// <summary>
    /// The time zone's name: <c>Europe/Vienna</c>; <c>UTC</c> where none is set (localtime(5)), null where it is a nameless file.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The system's <c>LANG</c> (locale.conf(5), <c>/etc/default/locale</c>), not the session's; null where none is set.
    /// </summary>
    public string? Locale { get; init; }

    /// <summary>SELinux and AppArmor.</summary>
    public SecurityModules SecurityModules { get; init; } = new();

    /// <summary>Whether the host asks for a reboot, and why.</summary>
    public PendingReboot PendingReboot { get; init; } = new([]);

    /// <summary>
    /// Programs of the system's directories that recipes and resources ask for, by name; what is not there is not listed.
    /// </summary>
    public IReadOnlyDictionary<string, Tool> Tools { get; init; } = new Dictionary<string, Tool>();

    /// <summary>What cfg itself needs on every host, and this one does not have.</summary>
    internal IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>Whom the session acts as.</summary>
    public RunningAs RunningAs { get; init; } = new(0, "root");

    /// <summary>Which program answers as <c>sh</c>: <c>dash</c>, <c>bash</c>, <c>busybox</c>; null where it does not show.</summary>
    public string? ShellName { get; init; }

    /// <summary>
    /// What was strange while looking: a name service that does not answer, a file with a line that is none. For people.
    /// </summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>
    /// The address that the host is known by outside: the first global one of the default route's interface, IPv4 first; null
    /// without one.
    /// </summary>
    [JsonIgnore]
    public string? PrimaryAddress =>
        DefaultRoutes
            .Select(r =>
                Interfaces
                    .FirstOrDefault(i => i.Name == r.Interface)
                    ?.Addresses.FirstOrDefault(a => a.Family == r.Family && a.Scope is "global")
                    ?.Address
            )
            .FirstOrDefault(a => a is not null);

    /// <summary>
    /// The mount that a path is on: the last one over the longest target. Null only where nothing is known to be mounted.
    /// </summary>
    /// <param name="path">Absolute, without <c>..</c> and with its links resolved.</param>
    public MountPoint? MountOf(string path) =>
        Mounts
            .Where(m => m.Target is "/" || path == m.Target || path.StartsWith(m.Target + "/", StringComparison.Ordinal))
            .Aggregate((MountPoint?)null, (best, m) => best is null || m.Target.Length >= best.Target.Length ? m : best);

    /// <summary>The facts in what <see cref="FactScript"/> printed.</summary>
    /// <exception cref="FactsUnreadableException">It has a shape that is not known; the message names the section and shows the
    /// line.</exception>
    public static Facts Parse(string output) => FactParser.Read(FactAnswer.Split(output));

    /// <summary>
    /// The facts in the bytes that <see cref="FactScript"/> printed; what is not UTF-8 in them (an old comment in
    /// <c>/etc/passwd</c>) shows as U+FFFD and is a finding.
    /// </summary>
    /// <exception cref="FactsUnreadableException">It has a shape that is not known; the message names the section and shows the
    /// line.</exception>
    public static Facts Parse(ReadOnlySpan<byte> output) => Parse(Encoding.UTF8.GetString(output));
}
