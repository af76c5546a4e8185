using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Distributions that keep their files and packages alike.</summary>
[JsonConverter(typeof(EnumNames<DistributionFamily>))]
public enum DistributionFamily
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>Debian, Ubuntu and what comes from them: dpkg and apt.</summary>
    Debian,

    /// <summary>RHEL, Fedora, CentOS, Rocky, Alma, Oracle, Amazon: rpm and dnf.</summary>
    RedHat,

    /// <summary>SLES and openSUSE: rpm and zypper.</summary>
    Suse,

    /// <summary>Alpine: apk, musl, busybox.</summary>
    Alpine,

    /// <summary>Arch and what comes from it: pacman.</summary>
    Arch,
}
