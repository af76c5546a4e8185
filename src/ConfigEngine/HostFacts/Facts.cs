using System.Text;
using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Facts about a host. <see cref="FactScript"/> reads them when the session opens, before anything is planned.</summary>
/// <remarks>A list or text is empty or null if the host does not have it, as each property says; nothing is guessed.</remarks>
/// <example><code>Content = $"shared_buffers = {host.Facts.Memory / 4}\nmax_worker_processes = {host.Facts.Cpus}\n"</code></example>
public sealed record Facts
{
    /// <summary>The host's operating system, from os-release(5).</summary>
    public Distribution Distribution { get; init; } = new();

    /// <summary>The running kernel.</summary>
    public required Kernel Kernel { get; init; }

    /// <summary>The kernel's name for the hardware (<c>uname -m</c>): <c>x86_64</c>, <c>aarch64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>dpkg's name for the architecture of packages: <c>amd64</c>, <c>arm64</c>; null on a host without dpkg.</summary>
    public string? DebianArchitecture { get; init; }

    /// <summary>
    /// An id that changes with every boot (<c>/proc/sys/kernel/random/boot_id</c>); null where the kernel hides it.
    /// </summary>
    public string? BootId { get; init; }

    /// <summary>The time since the boot (<c>/proc/uptime</c>).</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Metal, a virtual machine or a container.</summary>
    public Virtualization Virtualization { get; init; } = new(VirtualizationKind.None);

    /// <summary>The kernel's host name, as it is set; often without a domain.</summary>
    public required string Hostname { get; init; }

    /// <summary>
    /// The full name, from the host name and <c>/etc/hosts</c>; no name server is asked. The host name itself if those have no
    /// domain.
    /// </summary>
    public required string Fqdn { get; init; }

    /// <summary>The processors that a program on the host may use (<c>nproc</c>); in a container, the container's share.</summary>
    public required int Cpus { get; init; }

    /// <summary>The total main memory (<c>MemTotal</c> of proc(5)).</summary>
    public required ByteSize Memory { get; init; }

    /// <summary>
    /// The memory that new programs could get without swapping (<c>MemAvailable</c>; before Linux 3.14, free and cached memory).
    /// </summary>
    public ByteSize MemoryAvailable { get; init; }

    /// <summary>The total swap space (<c>SwapTotal</c>); 0 without any.</summary>
    public ByteSize Swap { get; init; }

    /// <summary>Disks, partitions and devices that are made of them. A container sees those of its host.</summary>
    public IReadOnlyList<BlockDevice> BlockDevices { get; init; } = [];

    /// <summary>The mounts, in the kernel's order.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; init; } = [];

    /// <summary>Network interfaces, with loopback.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; init; } = [];

    /// <summary>The default routes, IPv4 first.</summary>
    public IReadOnlyList<DefaultRoute> DefaultRoutes { get; init; } = [];

    /// <summary>The init system, which starts services.</summary>
    public InitSystem Init { get; init; } = new(InitKind.Unknown);

    /// <summary>The package manager: the distribution's own if it exists, otherwise the first one that exists.</summary>
    public PackageManager PackageManager { get; init; }

    /// <summary>
    /// Users of <c>/etc/passwd</c>; and if nsswitch.conf(5) names another source too, the users that it lists within two seconds.
    /// </summary>
    public IReadOnlyList<UserAccount> Users { get; init; } = [];

    /// <summary>Groups, from the same sources as <see cref="Users"/>.</summary>
    public IReadOnlyList<GroupAccount> Groups { get; init; } = [];

    /// <summary>
    /// The time zone's name: <c>Europe/Vienna</c>; <c>UTC</c> if none is set (localtime(5)), null if it is a file without a name.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The system's <c>LANG</c> (locale.conf(5), <c>/etc/default/locale</c>), not the session's; null if none is set.
    /// </summary>
    public string? Locale { get; init; }

    /// <summary>SELinux and AppArmor.</summary>
    public SecurityModules SecurityModules { get; init; } = new();

    /// <summary>Whether the host needs a reboot, and why.</summary>
    public PendingReboot PendingReboot { get; init; } = new([]);

    /// <summary>
    /// Programs in the system's directories that recipes and resources use, by name; missing ones are not listed.
    /// </summary>
    public IReadOnlyDictionary<string, Tool> Tools { get; init; } = new Dictionary<string, Tool>();

    /// <summary>The commands that cfg needs on every host and that are missing on this one.</summary>
    internal IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>The user that the session acts as.</summary>
    public RunningAs RunningAs { get; init; } = new(0, "root");

    /// <summary>The program behind <c>sh</c>: <c>dash</c>, <c>bash</c>, <c>busybox</c>; null where that is unknown.</summary>
    public string? ShellName { get; init; }

    /// <summary>
    /// Problems that were found while reading the facts: a name service that does not answer, a file with an invalid line. For
    /// people.
    /// </summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>
    /// The host's address for the outside: the first global address of the default route's interface, IPv4 first; null if there is
    /// none.
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
    /// The mount that a path is on: the last mount on the longest matching target. Null only if no mount is known.
    /// </summary>
    /// <param name="path">Absolute, without <c>..</c> and with its links resolved.</param>
    public MountPoint? MountOf(string path) =>
        Mounts
            .Where(m => m.Target is "/" || path == m.Target || path.StartsWith(m.Target + "/", StringComparison.Ordinal))
            .Aggregate((MountPoint?)null, (best, m) => best is null || m.Target.Length >= best.Target.Length ? m : best);

    /// <summary>Reads the facts from the output of <see cref="FactScript"/>.</summary>
    /// <exception cref="FactsUnreadableException">The output has an unknown form; the message names the section and shows the
    /// line.</exception>
    public static Facts Parse(string output) => FactParser.Read(FactAnswer.Split(output));

    /// <summary>
    /// Reads the facts from the bytes of <see cref="FactScript"/>'s output. Bytes that are not UTF-8 (an old comment in
    /// <c>/etc/passwd</c>) become U+FFFD and are a finding.
    /// </summary>
    /// <exception cref="FactsUnreadableException">The output has an unknown form; the message names the section and shows the
    /// line.</exception>
    public static Facts Parse(ReadOnlySpan<byte> output) => Parse(Encoding.UTF8.GetString(output));
}
