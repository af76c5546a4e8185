using System.Globalization;
using System.Net;

namespace ConfigEngine.HostFacts;

/// <summary>
/// The network of a host without <c>ip</c>: interfaces from <c>/sys/class/net</c>, addresses and routes from <c>/proc/net</c>.
/// </summary>
/// <remarks>
/// There the kernel lists IPv4 addresses without their interface (<c>fib_trie</c>): each address is given to the interface whose
/// network contains it, by <c>route</c>.
/// </remarks>
static class ProcNet
{
    const int Up = 0x1,
        Loopback = 0x8;

    public static IReadOnlyList<NetworkInterface> Interfaces(FactAnswer answer)
    {
        var section = answer["interfaces"];
        List<NetworkInterface> interfaces = [];
        foreach (var (key, value) in section.Entries("interface", "mac", "mtu", "state", "flags"))
        {
            if (key is "interface")
                interfaces.Add(new(value));
            else if (interfaces.Count is 0)
                throw section.Unknown($"{key}={value}", "an interface");
            else
                interfaces[^1] = key switch
                {
                    "mac" => value.Trim('0', ':') is "" || value.Length < 17 ? interfaces[^1] : interfaces[^1] with { Mac = value },
                    "mtu" => interfaces[^1] with { Mtu = section.Count(value, $"mtu={value}") },
                    "state" => interfaces[^1] with { State = value },
                    _ => Flagged(interfaces[^1], Hex(section, value, value)),
                };
        }

        var routes = Table(answer["net-route"], 8).ToList();
        var (v4, v6) = (Local4(answer["net-trie"]).ToList(), Local6(answer["net-inet6"]).ToList());
        return
        [
            .. interfaces.Select(i =>
                i with
                {
                    IsUp = i.IsUp && i.State is "up" or "unknown",
                    Addresses =
                    [
                        .. v4.Select(a => On4(i, a, answer["net-route"], routes)).OfType<InterfaceAddress>(),
                        .. v6.Where(a => a.Interface == i.Name).Select(a => a.Address),
                    ],
                }
            ),
        ];
    }

    public static IEnumerable<DefaultRoute> Routes(FactAnswer answer)
    {
        var (route, route6) = (answer["net-route"], answer["net-route6"]);
        // The columns: Iface Destination Gateway Flags RefCnt Use Metric Mask …, numbers in the host's byte order.
        foreach (var r in Table(route, 8).Where(r => r[1] is "00000000" && r[7] is "00000000" && (Hex(route, r[3], r[0]) & Up) != 0))
            yield return new(IpFamily.IPv4, r[2] is "00000000" ? null : Address4(route, r[2]).ToString(), r[0], section4(r[6]));
        // The columns: destination length source length next-hop metric refs use flags device
        foreach (
            var r in Table(route6, 10)
                .Where(r => r[0].Trim('0') is "" && r[1] is "00" && r[9] is not "lo" && (Hex(route6, r[8], r[9]) & Up) != 0)
        )
            yield return new(
                IpFamily.IPv6,
                r[4].Trim('0') is "" ? null : Address6(route6, r[4]).ToString(),
                r[9],
                (int)Math.Min(Hex(route6, r[5], r[9]), int.MaxValue)
            );

        int section4(string metric) => route.Count(metric, metric);
    }

    static NetworkInterface Flagged(NetworkInterface i, long flags) =>
        i with
        {
            IsUp = (flags & Up) != 0,
            IsLoopback = (flags & Loopback) != 0,
        };

    static IEnumerable<string[]> Table(FactSection section, int columns)
    {
        foreach (var line in section.Lines.Where(l => !l.StartsWith("Iface", StringComparison.Ordinal) && l.Trim() is not ""))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            yield return words.Length >= columns ? words : throw section.Unknown(line, $"a line of at least {columns} columns");
        }
    }

    // The table "Local:" has each of the host's addresses as "|-- 192.0.2.7" and, below it, "/32 host LOCAL".
    static IEnumerable<string> Local4(FactSection section)
    {
        HashSet<string> seen = [];
        var leaf = "";
        foreach (var line in section.Lines.Select(l => l.Trim()))
        {
            if (line.StartsWith("|-- ", StringComparison.Ordinal))
                leaf = line[4..];
            else if (line is "/32 host LOCAL" && seen.Add(leaf))
                yield return Address(section, leaf).GetAddressBytes().Length == 4
                    ? leaf
                    : throw section.Unknown(leaf, "an address of IPv4");
        }
    }

    static IPAddress Address(FactSection section, string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw section.Unknown(text, "an address");

    // The columns: address index prefix scope flags device
    static IEnumerable<(string Interface, InterfaceAddress Address)> Local6(FactSection section) =>
        from r in Table(section, 6)
        let scope = r[3] switch
        {
            "00" => "global",
            "10" => "host",
            "20" => "link",
            "40" => "site",
            _ => "global",
        }
        select (r[5], new InterfaceAddress(Address6(section, r[0]).ToString(), (int)Hex(section, r[2], r[0]), IpFamily.IPv6, scope));

    static InterfaceAddress? On4(NetworkInterface i, string address, FactSection section, List<string[]> routes)
    {
        var own = BitConverter.ToUInt32(Address(section, address).GetAddressBytes());
        if (address.StartsWith("127.", StringComparison.Ordinal))
            return i.IsLoopback ? new(address, 8, IpFamily.IPv4, "host") : null;
        var prefixes =
            from r in routes
            let mask = (uint)Hex(section, r[7], r[0])
            where r[0] == i.Name && r[2] is "00000000" && mask != 0 && (own & mask) == (uint)Hex(section, r[1], r[0])
            select (int?)System.Numerics.BitOperations.PopCount(mask);
        return prefixes.Max() is { } prefix ? new(address, prefix, IpFamily.IPv4, "global") : null;
    }

    static long Hex(FactSection section, string value, string line) =>
        long.TryParse(
            value.StartsWith("0x", StringComparison.Ordinal) ? value[2..] : value,
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number >= 0
            ? number
            : throw section.Unknown(line, $"\"{FactSection.Clip(value)}\" to be a hexadecimal number");

    // Only little-endian hosts print it reversed; the only big-endian Linux that cfg supports is s390x, which has ip.
    static IPAddress Address4(FactSection section, string hex) =>
        new(Hex(section, hex, hex) is <= uint.MaxValue and var number ? number : throw section.Unknown(hex, "an address"));

    static IPAddress Address6(FactSection section, string hex) =>
        hex.Length is 32 && hex.All(char.IsAsciiHexDigit)
            ? new(Convert.FromHexString(hex))
            : throw section.Unknown(hex, "an address of 32 hexadecimal digits");
}
