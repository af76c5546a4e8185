using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The init system of a host.</summary>
[JsonConverter(typeof(EnumNames<InitKind>))]
public enum InitKind
{
    /// <summary>It is unknown.</summary>
    Unknown,

    /// <summary>Process 1 is not an init system: a container with one program.</summary>
    None,

    /// <summary>systemd.</summary>
    Systemd,

    /// <summary>OpenRC, also if busybox or sysvinit starts it.</summary>
    OpenRc,

    /// <summary>System V init.</summary>
    SysVinit,

    /// <summary>busybox's own init.</summary>
    Busybox,

    /// <summary>runit.</summary>
    Runit,

    /// <summary>s6.</summary>
    S6,

    /// <summary>dinit.</summary>
    Dinit,
}
