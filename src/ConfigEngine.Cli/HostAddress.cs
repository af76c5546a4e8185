using System.Globalization;

namespace ConfigEngine.Cli;

/// <summary>A host on the command line: <c>[user@]address[:port]</c>, an IPv6 address with a port in brackets.</summary>
static class HostAddress
{
    /// <summary>The host in a text.</summary>
    /// <exception cref="UsageException">The text does not have that form.</exception>
    public static Host Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var user = at < 0 ? null : text[..at];
        var (address, port) = Split(text[(at + 1)..], text);
        if (user is "" || address.Length == 0)
            throw Wrong(text);
        if (
            address.StartsWith('-')
            || user?.StartsWith('-') == true
            || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is ',' or '!' or '*' or '?')
        )
            throw Wrong(text);
        return new(address) { User = user, Port = port };
    }

    static (string Address, int? Port) Split(string text, string whole)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0)
                throw Wrong(whole);
            return (
                text[1..end],
                text[(end + 1)..] is "" ? null
                : text[end + 1] is ':' ? Port(text[(end + 2)..], whole)
                : throw Wrong(whole)
            );
        }

        // More than one colon: an IPv6 address without a port.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || colon != text.LastIndexOf(':') ? (text, null) : (text[..colon], Port(text[(colon + 1)..], whole));
    }

    static int Port(string digits, string whole) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new UsageException($"--host {whole}: \"{digits}\" is not a port, which is a number from 1 to 65535");

    static UsageException Wrong(string text) =>
        new($"--host {text}: write user@address, address:port or user@[2001:db8::1]:port; user and port may be left out");
}
