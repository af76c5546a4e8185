using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>Which init a host runs.</summary>
[JsonConverter(typeof(EnumNames<InitKind>))]
public enum InitKind
{
    /// <summary>It cannot be told.</summary>
    Unknown,

    /// <summary>Process 1 is no init: a container of one program.</summary>
    None,

    /// <summary>systemd.</summary>
    Systemd,

    /// <summary>OpenRC, also where busybox or sysvinit starts it.</summary>
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
