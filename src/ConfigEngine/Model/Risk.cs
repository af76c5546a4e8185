namespace ConfigEngine.Model;

/// <summary>
/// The changes that can cut the connection to their host: those of the files of sshd, the firewall, the network, sudo and PAM, and
/// of the accounts that log in. The host also restores these parts after the connection was cut (<see cref="LifelineScript"/>).
/// </summary>
static class Risk
{
    /// <summary>After this time a host undoes a change, unless a new connection was made.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The copy that a host keeps before a change that may touch anything: all files that the connection depends on, and live
    /// rules, routes and states of units.
    /// </summary>
    public const string Everything = "everything";

    static readonly string CutsConnection =
        $"could cut off SSH: rolled back automatically unless cfg can reconnect within {Patience.TotalSeconds:0} s";

    const string ChangesLogin = "changes login access: rolled back automatically unless cfg can reconnect";

    /// <summary>The files that hold accounts.</summary>
    public static IReadOnlyList<string> Accounts { get; } =
    ["/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/subuid", "/etc/subgid"];

    static readonly string[] LoginDirectories = ["/etc/sudoers.d", "/etc/pam.d", "/etc/security"];

    static readonly string[] LoginFiles =
    [
        .. Accounts,
        "/etc/sudoers",
        "/etc/nsswitch.conf",
        "/etc/login.defs",
        "/etc/shells",
        "/etc/nologin",
    ];

    /// <summary>Directories in which everything can affect the connection.</summary>
    public static IReadOnlyList<string> Directories { get; } =
    [
        "/etc/ssh",
        "/etc/network",
        "/etc/netplan",
        "/etc/systemd/network",
        "/etc/NetworkManager",
        "/etc/nftables.d",
        "/etc/iptables",
        "/etc/ufw",
        "/etc/firewalld",
        "/etc/sysconfig/network-scripts",
        .. LoginDirectories,
    ];

    /// <summary>What ssh(1) reads in those directories. It affects only connections that the host itself makes to others.</summary>
    static readonly string[] OfClient = ["/etc/ssh/ssh_config", "/etc/ssh/ssh_config.d", "/etc/ssh/ssh_known_hosts"];

    /// <summary>Single files that can affect the connection.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "/etc/nftables.conf",
        "/etc/hosts.allow",
        "/etc/hosts.deny",
        "/etc/resolv.conf",
        "/etc/sysconfig/iptables",
        "/etc/sysconfig/nftables.conf",
        .. LoginFiles,
    ];

    /// <summary>The units that can affect the connection, in the order in which they are restored.</summary>
    public static IReadOnlyList<string> Units { get; } =
    [
        "networking.service",
        "systemd-networkd.service",
        "NetworkManager.service",
        "network.service",
        "nftables.service",
        "iptables.service",
        "ip6tables.service",
        "netfilter-persistent.service",
        "ufw.service",
        "firewalld.service",
        "sssd.service",
        "ssh.service",
        "sshd.service",
        "ssh.socket",
        "sshd.socket",
    ];

    /// <summary>The packages that can affect the connection. A host that lost one does not restore it by itself.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        "openssh-server",
        "openssh-sftp-server",
        "openssh",
        "sudo",
        "ifupdown",
        "ifupdown2",
        "netplan.io",
        "network-manager",
        "NetworkManager",
        "systemd-resolved",
        "isc-dhcp-client",
        "dhcpcd",
        "dhcpcd-base",
        "iproute2",
        "nftables",
        "iptables",
        "ufw",
        "firewalld",
        "sssd",
        "pam",
        "libpam-modules",
        "libpam-runtime",
    ];

    /// <summary>
    /// A plan's note for a change that can cut the connection to its host; null where it cannot, as far as is known.
    /// </summary>
    public static string? Of(Resource resource) =>
        resource.MayCutConnection ? CutsConnection
        : resource.Logins.Any() ? ChangesLogin
        : resource.Writes.Select(Of).Concat(resource.Owns.Select(OfAllIn)).FirstOrDefault(why => why is not null);

    /// <summary>
    /// The same, for a session that acts as a user and can restore only what that user may write; root when null.
    /// </summary>
    public static string? Of(Resource resource, RunningAs? session) =>
        Of(resource) is not { } risk ? null
        : session is null or { IsRoot: true } || !Touched(resource).Contains(Everything) ? risk
        : $"could cut off SSH, and is not guarded: {session.User ?? $"the user {session.Uid}"} is not root, and could put back no more "
            + $"than their own keys";

    /// <summary>A plan's note for such a change before a reboot, if nothing can be restored at that boot.</summary>
    public static string NotAtBoot { get; } =
        "not guarded through the reboot after it: only root can have it put back at a boot, and only with systemd";

    /// <summary>
    /// The parts that such a change may touch: paths, <c>keys=USER</c> for that user's .ssh, or <see cref="Everything"/>.
    /// </summary>
    public static IReadOnlyList<string> Touched(Resource resource) =>
        resource.MayCutConnection
        || resource.Writes.Any(aspect => aspect == Aspect.Anything || (aspect.Kind is "unit" or Aspect.LiveKind && Of(aspect) is not null))
            ? [Everything, .. Paths(resource, aspect => IsIn(aspect.Key, "/etc"))]
            :
            [
                .. resource.Logins.SelectMany(login => login.Parts),
                .. Paths(resource, aspect => Of(aspect) is not null || (OfAllIn(aspect) is not null && resource.Owns.Contains(aspect))),
            ];

    /// <summary>
    /// Whether a copy of the parts that it may touch covers everything that it does. For a command that is unknown.
    /// </summary>
    public static bool IsPutBack(Resource resource)
    {
        var isAll = Touched(resource).Contains(Everything);
        var isAccount = resource.Logins.Contains(Login.Account);
        var isKeys = resource.Logins.Any() && !isAccount;
        return resource.Writes.All(aspect =>
            aspect.Kind switch
            {
                "path" or "under" => Of(aspect) is not null
                    || (isAll && IsIn(aspect.Key, "/etc"))
                    || (isKeys && aspect.Key.EndsWith("/.ssh", StringComparison.Ordinal)),
                "unit" or Aspect.LiveKind => Of(aspect) is not null,
                "user" or "group" or Aspect.Members => isAccount,

                // These follow from what is written besides them.
                "access" or "access under" or "access of" => true,
                _ => false,
            }
        );
    }

    /// <summary>The same for a handler: a unit that can affect the connection is started again with its earlier files.</summary>
    public static bool IsPutBack(Handler handler) => handler.Restarts is { } unit && Units.Contains(unit);

    static IEnumerable<string> Paths(Resource resource, Func<Aspect, bool> chosen) =>
        resource.Writes.Where(aspect => aspect.Kind is "path" or "under" && chosen(aspect)).Select(aspect => aspect.Key);

    /// <summary>Whether it may take effect only after a reboot. Accounts and everything for logins take effect at once.</summary>
    public static bool IsForBoot(Resource resource) => Of(resource) == CutsConnection;

    static string? Of(Aspect aspect) =>
        aspect.Kind switch
        {
            "path"
            or "under" when LoginFiles.Contains(aspect.Key) || aspect.Key.EndsWith("/.ssh/authorized_keys", StringComparison.Ordinal) =>
                ChangesLogin,
            "under" when aspect.Key.EndsWith("/.ssh", StringComparison.Ordinal) => ChangesLogin,
            "path" or "under" when Files.Contains(aspect.Key) => CutsConnection,
            "path" or "under" when OfClient.Any(path => IsIn(aspect.Key, path)) => null,
            "path" or "under" when LoginDirectories.Any(directory => IsIn(aspect.Key, directory)) => ChangesLogin,
            "path" or "under" when Directories.Any(directory => IsIn(aspect.Key, directory)) => CutsConnection,
            "unit" when Units.Contains(aspect.Key) => CutsConnection,
            Aspect.LiveKind => CutsConnection,
            _ => null,
        };

    /// <summary>The same for a directory that a resource decides completely: everything below it changes with it.</summary>
    static string? OfAllIn(Aspect aspect) =>
        aspect.Kind is not "under" ? null
        : LoginFiles.Concat(LoginDirectories).Any(path => IsIn(path, aspect.Key)) ? ChangesLogin
        : Files.Concat(Directories).Any(path => IsIn(path, aspect.Key)) ? CutsConnection
        : null;

    static bool IsIn(string path, string directory) => path == directory || path.StartsWith(directory + "/", StringComparison.Ordinal);
}
