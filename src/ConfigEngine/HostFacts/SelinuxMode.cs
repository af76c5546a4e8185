using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>What SELinux does.</summary>
[JsonConverter(typeof(EnumNames<SelinuxMode>))]
public enum SelinuxMode
{
    /// <summary>It is off, or not in the kernel.</summary>
    Disabled,

    /// <summary>It logs and lets pass.</summary>
    Permissive,

    /// <summary>It denies.</summary>
    Enforcing,
}
