using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>A line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).</summary>
/// <param name="Marker"><c>@cert-authority</c> or <c>@revoked</c>; empty for an ordinary line.</param>
/// <param name="Hosts">The names and patterns, with commas between, or one hashed name.</param>
/// <param name="Key">The key.</param>
sealed record KnownHostLine(string Marker, string Hosts, PublicKey Key)
{
    /// <summary>Reads a line; null where the line is something else.</summary>
    public static KnownHostLine? Parse(string line)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] is '#')
            return null;
        var marker = words[0][0] is '@' ? words[0] : "";
        var rest = marker.Length > 0 ? words[1..] : words;
        return rest.Length > 2 && PublicKey.Parse(string.Join(' ', rest[1..])) is { Options: "" } key ? new(marker, rest[0], key) : null;
    }

    /// <summary>A name as ssh(1) looks it up: in small letters, and with the port if that is not 22.</summary>
    public static string NameOf(string host, int port) => port is 22 ? host.ToLowerInvariant() : $"[{host.ToLowerInvariant()}]:{port}";

    /// <summary>Whether it is about exactly that name. A pattern that matches the name does not count.</summary>
    public bool IsOf(string name) =>
        Marker.Length == 0 && (IsHashed ? IsHashOf(name) : Hosts.Split(',').Contains(name, StringComparer.OrdinalIgnoreCase));

    bool IsHashed => Hosts.StartsWith("|1|", StringComparison.Ordinal);

    bool IsHashOf(string name) =>
        Hosts.Split('|') is ["", "1", var salt, var hash]
        && Bytes(salt) is { } key
        && Bytes(hash) is { } wanted
        && Hash(key, name).AsSpan().SequenceEqual(wanted);

    static byte[] Hash(byte[] salt, string name)
    {
#pragma warning disable CA5350 // ssh(1) hashes names with SHA-1 (hostfile.c, host_hash); nothing is protected by it here.
        return HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350
    }

    static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>The line without that name; null where no other name is left.</summary>
    public string? Without(string name)
    {
        var left = IsHashed ? [] : Hosts.Split(',').Where(one => !one.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return left.Count == 0 ? null : (this with { Hosts = string.Join(',', left) }).Line;
    }

    /// <summary>Whether there is only this one name, so that the line may get another key.</summary>
    public bool IsAlone => IsHashed || !Hosts.Contains(',', StringComparison.Ordinal);

    /// <summary>The line.</summary>
    public string Line => (Marker.Length > 0 ? Marker + " " : "") + $"{Hosts} {Key.Line}";
}
