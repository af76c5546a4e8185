namespace ConfigEngine;

/// <summary>
/// Which changes can cut the way by which their host is reached: what sshd, the firewall, the network, sudo and PAM are made of,
/// and the account that logs in. It is what a host puts back, too, when the way was cut (<see cref="LifelineScript"/>).
/// </summary>
static class Risk
{
    /// <summary>Where all that is below is part of the way.</summary>
    public static IReadOnlyList<string> Directories { get; } =
    [
        "/etc/ssh", "/etc/network", "/etc/netplan", "/etc/systemd/network", "/etc/NetworkManager", "/etc/nftables.d", "/etc/iptables", "/etc/ufw",
        "/etc/firewalld", "/etc/sudoers.d", "/etc/pam.d", "/etc/security", "/etc/sysconfig/network-scripts",
    ];

    /// <summary>Single files that are.</summary>
    public static IReadOnlyList<string> Files { get; } =
    [
        "/etc/nftables.conf", "/etc/sudoers", "/etc/hosts.allow", "/etc/hosts.deny", "/etc/nsswitch.conf", "/etc/login.defs", "/etc/shells",
        "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/resolv.conf", "/etc/nologin", "/etc/sysconfig/iptables", "/etc/sysconfig/nftables.conf",
    ];

    /// <summary>The units that are.</summary>
    public static IReadOnlyList<string> Units { get; } =
    [
        "ssh.service", "sshd.service", "ssh.socket", "sshd.socket", "nftables.service", "iptables.service", "ip6tables.service", "netfilter-persistent.service",
        "ufw.service", "firewalld.service", "networking.service", "systemd-networkd.service", "NetworkManager.service", "network.service", "sssd.service",
    ];

    /// <summary>Why a change of a resource can cut the way to its host; null where it cannot, as far as one can tell.</summary>
    public static string? Of(Resource resource) =>
        resource.MayCutConnection ? "it may cut the connection"
        : resource is Resources.AuthorizedKey or Resources.NoAuthorizedKey or Resources.NoUser or Resources.User ? "it is about who may log in"
        : resource.Writes.Select(Of).FirstOrDefault(why => why is not null);

    static string? Of(Aspect aspect) => aspect.Kind switch
    {
        "path" when Files.Contains(aspect.Key) || aspect.Key.EndsWith("/.ssh/authorized_keys", StringComparison.Ordinal) => $"{aspect.Key} is part of how the host is reached",
        "path" or "under" when Directories.FirstOrDefault(directory => aspect.Key == directory || aspect.Key.StartsWith(directory + "/", StringComparison.Ordinal)) is { } directory =>
            $"{directory} is part of how the host is reached",
        "unit" when Units.Contains(aspect.Key) => $"{aspect.Key} is part of how the host is reached",
        _ => null,
    };
}
