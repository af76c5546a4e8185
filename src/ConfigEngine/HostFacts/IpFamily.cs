using System.Text.Json.Serialization;

namespace ConfigEngine.HostFacts;

/// <summary>The version of the internet protocol.</summary>
[JsonConverter(typeof(EnumNames<IpFamily>))]
public enum IpFamily
{
    /// <summary>Version 4.</summary>
    [JsonStringEnumMemberName("ipv4")]
    IPv4,

    /// <summary>Version 6.</summary>
    [JsonStringEnumMemberName("ipv6")]
    IPv6,
}
