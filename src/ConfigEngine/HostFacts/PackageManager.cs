using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The package manager of a host.</summary>
[JsonConverter(typeof(EnumNames<PackageManager>))]
public enum PackageManager
{
    /// <summary>No known package manager.</summary>
    None,

    /// <summary>apt-get and dpkg.</summary>
    Apt,

    /// <summary>dnf, of either version.</summary>
    Dnf,

    /// <summary>yum, where there is no dnf.</summary>
    Yum,

    /// <summary>zypper.</summary>
    Zypper,

    /// <summary>apk.</summary>
    Apk,

    /// <summary>pacman.</summary>
    Pacman,
}
