using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>A network interface and its addresses.</summary>
/// <param name="Name">The name, such as <c>eth0</c>.</param>
public sealed record NetworkInterface(string Name)
{
    /// <summary>The hardware address, lower case with colons; null where it has none (loopback, tunnels).</summary>
    public string? Mac { get; init; }

    /// <summary>
    /// The operational state, by the kernel's names: <c>up</c>, <c>down</c>, <c>unknown</c>, <c>dormant</c>, <c>lowerlayerdown</c>
    /// …
    /// </summary>
    /// <remarks>Loopback and many tunnels are <c>unknown</c> while they work: see <see cref="IsUp"/>.</remarks>
    public string State { get; init; } = "unknown";

    /// <summary>Whether it is switched on, and has a carrier as far as it knows.</summary>
    public bool IsUp { get; init; }

    /// <summary>Whether it is the loopback interface.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>The largest packet, in bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Its addresses, in the kernel's order: the first one of a family and scope is its sender address.</summary>
    public IReadOnlyList<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>The first IPv4 address; null without one.</summary>
    [JsonIgnore]
    public string? IPv4 => Addresses.FirstOrDefault(a => a.Family is IpFamily.IPv4)?.Address;

    /// <summary>The first IPv6 address that is not link-local; null without one.</summary>
    [JsonIgnore]
    public string? IPv6 => Addresses.FirstOrDefault(a => a.Family is IpFamily.IPv6 && a.Scope is not "link")?.Address;
}
