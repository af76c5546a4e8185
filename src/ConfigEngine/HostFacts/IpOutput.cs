using System.Net;
using System.Text.RegularExpressions;

namespace ConfigEngine.HostFacts;

/// <summary>The output of <c>ip addr</c> and <c>ip route</c>, from iproute2 and from busybox.</summary>
static partial class IpOutput
{
    public static IReadOnlyList<NetworkInterface> Interfaces(FactSection section)
    {
        List<NetworkInterface> interfaces = [];
        foreach (var line in section.Lines)
        {
            if (Header.Match(line) is { Success: true } header)
            {
                interfaces.Add(Started(section, header, line));
                continue;
            }
            // Indented lines: link/TYPE, inet, inet6, and many that are not used here (altname, valid_lft, vf …).
            if (interfaces.Count is 0 || !line.StartsWith(' '))
                throw section.Unknown(line, "an interface of \"ip addr\": NUMBER: NAME: <FLAGS> mtu …");
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            interfaces[^1] = words switch
            {
                ["link/ether" or "link/infiniband", var mac, ..] => interfaces[^1] with { Mac = mac },
                ["inet" or "inet6", var address, ..] => interfaces[^1] with
                {
                    Addresses = [.. interfaces[^1].Addresses, Address(section, line, words, address)],
                },
                _ => interfaces[^1],
            };
        }
        return interfaces;
    }

    public static IEnumerable<DefaultRoute> Routes(FactSection section, IpFamily family)
    {
        var metric = 0;
        foreach (var line in section.Lines.Select(l => l.Trim()).Where(l => l is not ""))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // Routes that lead nowhere are not default routes.
            if (words is ["unreachable" or "blackhole" or "prohibit" or "throw", ..])
                continue;
            // busybox prints the whole table.
            if (IPNetwork.TryParse(words[0], out _) || IPAddress.TryParse(words[0], out _))
                continue;
            if (words[0] is not ("default" or "nexthop"))
                throw section.Unknown(line, "a route of \"ip route\": default …");
            if (words[0] is "default")
                metric = After(words, "metric") is { } said ? section.Count(said, line) : 0;
            if (After(words, "dev") is { } device)
                yield return new(
                    family,
                    After(words, "via") is "inet" or "inet6" ? After(words, After(words, "via") ?? "") : After(words, "via"),
                    device,
                    metric
                );
        }
    }

    static NetworkInterface Started(FactSection section, Match header, string line)
    {
        var flags = header.Groups["flags"].Value.Split(',');
        var state = header.Groups["state"];
        return new(header.Groups["name"].Value)
        {
            Mtu = section.Count(header.Groups["mtu"].Value, line),
            IsLoopback = flags.Contains("LOOPBACK"),
            IsUp = flags.Contains("UP") && flags.Contains("LOWER_UP"),
            // busybox does not print the state.
            State =
                state.Success ? state.Value.ToLowerInvariant()
                : flags.Contains("LOWER_UP") && !flags.Contains("LOOPBACK") ? "up"
                : flags.Contains("LOWER_UP") ? "unknown"
                : "down",
        };
    }

    // Example: "inet 10.0.0.1/24 scope global eth0"; for a tunnel "inet 10.8.0.1 peer 10.8.0.2/32 scope global tun0".
    static InterfaceAddress Address(FactSection section, string line, string[] words, string address)
    {
        var family = words[0] is "inet" ? IpFamily.IPv4 : IpFamily.IPv6;
        var own = address.Split('/');
        var prefix = own.ElementAtOrDefault(1) ?? After(words, "peer")?.Split('/').ElementAtOrDefault(1);
        if (own.Length > 2 || !IPAddress.TryParse(own[0], out _))
            throw section.Unknown(line, "an address");
        return new(
            own[0],
            prefix is null
                ? family is IpFamily.IPv4
                    ? 32
                    : 128
                : section.Count(prefix, line),
            family,
            After(words, "scope") ?? "global"
        );
    }

    static string? After(string[] words, string word) =>
        Array.IndexOf(words, word) is >= 0 and var at && at + 1 < words.Length ? words[at + 1] : null;

    [GeneratedRegex(@"^\d+: (?<name>[^ @]+)(?:@\S+)?: <(?<flags>[^>]*)> mtu (?<mtu>\d+)(?: .*?\bstate (?<state>\S+))?")]
    static partial Regex Header { get; }
}
