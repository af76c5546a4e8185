using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Local;

namespace ConfigEngine.Ssh.Native;

/// <summary>The known keys of one host: the lines of known_hosts files (sshd(8)) that are for its name.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Broken">The places of lines that cannot be read; they count for nothing.</param>
sealed record KnownHosts(IReadOnlyList<KnownKey> Keys, IReadOnlyList<string> Broken)
{
    /// <summary>The types of its plain keys, in order.</summary>
    public IEnumerable<string> Types => Keys.Where(key => key.Mark is KeyMark.None).Select(key => key.Type).Distinct();

    /// <summary>Whether certificates can be checked.</summary>
    public bool HasAuthority => Keys.Any(key => key.Mark is KeyMark.Authority);

    /// <summary>Reads the lines for a host.</summary>
    /// <param name="settings">The host.</param>
    public static KnownHosts Of(HostSettings settings)
    {
        List<KnownKey> keys = [];
        List<string> broken = [];
        foreach (var file in settings.KnownHosts.Where(File.Exists))
        {
            foreach (var (line, index) in File.ReadLines(file).Select((line, index) => (line.Trim(), index)))
            {
                if (line.Length == 0 || line[0] == '#')
                    continue;
                if (KnownKey.Read(line) is not { } known)
                    broken.Add($"{file}:{index + 1}");
                else if (
                    known.IsFor(settings.KnownName) || (settings.HostKeyAlias is null && known.IsFor(settings.Hostname.ToLowerInvariant()))
                )
                    keys.Add(known with { IsElsewhere = !known.IsFor(settings.KnownName) });
            }
        }

        return new(keys, broken);
    }
}

/// <summary>What a line of known_hosts says of a key.</summary>
enum KeyMark
{
    /// <summary>It is the host's key.</summary>
    None,

    /// <summary>It signs the certificates of hosts.</summary>
    Authority,

    /// <summary>It must never be accepted.</summary>
    Revoked,
}

/// <summary>A line of known_hosts.</summary>
/// <param name="Mark">What it says of the key.</param>
/// <param name="Names">The names that it is for.</param>
/// <param name="Type">The key's type.</param>
/// <param name="Blob">The key.</param>
sealed record KnownKey(KeyMark Mark, string Names, string Type, byte[] Blob)
{
    /// <summary>
    /// Whether it is for the host's name without the port. Such a key is accepted, but another one is not a changed one.
    /// </summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Reads a line; null if it cannot be read.</summary>
    public static KnownKey? Read(string line)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var mark = words[0] switch
        {
            "@cert-authority" => KeyMark.Authority,
            "@revoked" => KeyMark.Revoked,
            ['@', ..] => (KeyMark?)null,
            _ => KeyMark.None,
        };
        if (mark is null || (mark is KeyMark.None ? words : words[1..]) is not [var names, var type, var encoded, ..])
            return null;
        var blob = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, blob, out var length) && KeyBlob.TypeOf(blob.AsSpan(0, length)) == type
            ? new(mark.Value, names, type, blob[..length])
            : null;
    }

    /// <summary>Whether it is for a name.</summary>
    public bool IsFor(string name) =>
        Names.StartsWith("|1|", StringComparison.Ordinal)
            ? Names.Split('|') is [_, _, var salt, var hash] && Names == Hashed(name, salt) && hash.Length > 0
            : SshPatterns.Match(Names.Split(','), name);

    /// <summary>A name in the form that does not show it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="salt">The salt, in Base64.</param>
    public static string Hashed(string name, string salt)
    {
        var key = new byte[salt.Length];
        // HMAC-SHA1 is the format's, and hides the name; nothing is trusted because of it.
#pragma warning disable CA5350 // The format has no other hash (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
        return Convert.TryFromBase64String(salt, key, out var length)
            ? $"|1|{salt}|{Convert.ToBase64String(HMACSHA1.HashData(key.AsSpan(0, length), Encoding.UTF8.GetBytes(name)))}"
            : "";
#pragma warning restore CA5350
    }
}
