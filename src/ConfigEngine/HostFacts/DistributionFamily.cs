using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Distributions with the same layout of files and the same package tools.</summary>
[JsonConverter(typeof(EnumNames<DistributionFamily>))]
public enum DistributionFamily
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>Debian, Ubuntu and derived systems: dpkg and apt.</summary>
    Debian,

    /// <summary>RHEL, Fedora, CentOS, Rocky, Alma, Oracle, Amazon: rpm and dnf.</summary>
    RedHat,

    /// <summary>SLES and openSUSE: rpm and zypper.</summary>
    Suse,

    /// <summary>Alpine: apk, musl, busybox.</summary>
    Alpine,

    /// <summary>Arch and derived systems: pacman.</summary>
    Arch,
}
