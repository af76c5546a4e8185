using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Addresses and networks of the Internet Protocol, as recipes write them.</summary>
static partial class IpText
{
    /// <summary>
    /// An address in its usual form; null for any other text. <see cref="IPAddress"/> also takes <c>1</c> and <c>0x7f.1</c> for
    /// addresses.
    /// </summary>
    public static IPAddress? Address(string text) =>
        (text.Contains(':', StringComparison.Ordinal) || Dotted().IsMatch(text))
        && text.IndexOfAny(['[', ']', '/']) < 0
        && IPAddress.TryParse(text, out var address)
            ? address
            : null;

    /// <summary>Whether an address is of IPv6.</summary>
    public static bool Is6(IPAddress address) => address.GetAddressBytes().Length is 16;

    /// <summary>A network, or one address as the network of itself; null where it is neither, or has bits after its prefix.</summary>
    public static IPNetwork? Network(string text) =>
        Address(text) is { } one ? new(one, one.GetAddressBytes().Length * 8)
        : Masked(text) is { } network && network.BaseAddress.Equals(Address(text.Split('/')[0])) ? network
        : null;

    /// <summary>A network in the usual form: without the prefix if it is one address.</summary>
    public static string Name(IPNetwork network) =>
        network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8 ? network.BaseAddress.ToString() : network.ToString();

    /// <summary>Why a text is not a network; null where it is one.</summary>
    public static string? Problem(string text) =>
        Network(text) is not null ? null
        : Masked(text) is { } network && Address(text.Split('/')[0]) is not null
            ? $"\"{text}\" is an address with a prefix, not a network: the network is {network}"
        : $"\"{Text.Excerpt(text)}\" is not a network such as 192.168.1.0/24 or 2001:db8::/32";

    /// <summary>Addresses and the length of their prefix; null where they are none. Bits after the prefix do not count.</summary>
    public static IPNetwork? Masked(string? text)
    {
        if (
            text?.Split('/') is not [var address, var length]
            || !IPAddress.TryParse(address, out var parsed)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
        )
            return null;
        var bytes = parsed.GetAddressBytes();
        if (prefix > bytes.Length * 8)
            return null;
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefix - (i * 8), 0, 8));
        return new(new IPAddress(bytes), prefix);
    }

    /// <summary>Whether a text is the name of a network interface, as the kernel takes it and no configuration misreads it.</summary>
    public static bool IsInterface(string name) => Interface().IsMatch(name);

    [GeneratedRegex(@"^(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,14}\z")]
    private static partial Regex Interface();
}
