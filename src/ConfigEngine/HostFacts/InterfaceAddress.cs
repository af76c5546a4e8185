namespace ConfigEngine.HostFacts;

/// <summary>An address of an interface.</summary>
/// <param name="Address">The address, such as <c>203.0.113.7</c> or <c>2001:db8::7</c>.</param>
/// <param name="Prefix">The length of its network's prefix, in bits.</param>
/// <param name="Family">IPv4 or IPv6.</param>
/// <param name="Scope">Where it is valid: <c>global</c>, <c>link</c>, <c>host</c>, <c>site</c>.</param>
public sealed record InterfaceAddress(string Address, int Prefix, IpFamily Family, string Scope)
{
    /// <summary>The address with its prefix: <c>203.0.113.7/24</c>.</summary>
    public string Cidr => $"{Address}/{Prefix}";
}
