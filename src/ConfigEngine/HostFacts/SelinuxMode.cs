using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The mode of SELinux.</summary>
[JsonConverter(typeof(EnumNames<SelinuxMode>))]
public enum SelinuxMode
{
    /// <summary>It is off, or not in the kernel.</summary>
    Disabled,

    /// <summary>It logs violations and allows them.</summary>
    Permissive,

    /// <summary>It denies violations.</summary>
    Enforcing,
}
