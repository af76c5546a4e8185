using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The layer between a host and the hardware.</summary>
[JsonConverter(typeof(EnumNames<VirtualizationKind>))]
public enum VirtualizationKind
{
    /// <summary>None, as far as can be seen.</summary>
    None,

    /// <summary>A hypervisor.</summary>
    VirtualMachine,

    /// <summary>The kernel of another system.</summary>
    Container,
}
