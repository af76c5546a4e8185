using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>What stands between a host and the hardware.</summary>
[JsonConverter(typeof(EnumNames<VirtualizationKind>))]
public enum VirtualizationKind
{
    /// <summary>Nothing, as far as can be seen.</summary>
    None,

    /// <summary>A hypervisor.</summary>
    VirtualMachine,

    /// <summary>Another system's kernel.</summary>
    Container,
}
