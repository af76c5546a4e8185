using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A line of authorized_keys (sshd(8)): options, type, the key itself, and a comment.</summary>
/// <param name="Options">The options as they are written; empty when there are none.</param>
/// <param name="Type">The type: <c>ssh-ed25519</c>.</param>
/// <param name="Blob">The key, in base64.</param>
/// <param name="Comment">The rest of the line; empty when there is none.</param>
sealed partial record PublicKey(string Options, string Type, string Blob, string Comment)
{
    /// <summary>Reads a line; null where the line is not a key: a comment, an empty line, something unknown.</summary>
    public static PublicKey? Parse(string line)
    {
        line = line.Trim(' ', '\t', '\r');
        if (line.Length == 0 || line[0] is '#')
            return null;
        if (Key().Match(line) is { Success: true } plain)
            return new("", plain.Groups["type"].Value, plain.Groups["blob"].Value, plain.Groups["comment"].Value);
        var end = EndOfOptions(line);
        return end > 0 && Key().Match(line[end..].TrimStart()) is { Success: true } key
            ? new(line[..end], key.Groups["type"].Value, key.Groups["blob"].Value, key.Groups["comment"].Value)
            : null;
    }

    /// <summary>
    /// Options end at the first space outside double quotes. A quote after a backslash does not count as a quote.
    /// </summary>
    static int EndOfOptions(string line)
    {
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is '\\' && i + 1 < line.Length && line[i + 1] is '"')
                i++;
            else if (line[i] is '"')
                quoted = !quoted;
            else if (line[i] is ' ' or '\t' && !quoted)
                return i;
        }

        return -1;
    }

    /// <summary>Whether it is the same key; options and comment do not matter.</summary>
    public bool Is(PublicKey other) => Type == other.Type && Blob == other.Blob;

    /// <summary>Whether the type inside the key is the type on the line, which ssh-keygen(1) checks too.</summary>
    public bool IsSound
    {
        get
        {
            Span<byte> bytes = new byte[Blob.Length];
            return Convert.TryFromBase64String(Blob, bytes, out var length)
                && length > 4 + Type.Length
                && bytes[..4].SequenceEqual((byte[])[0, 0, 0, (byte)Type.Length])
                && bytes[4..(4 + Type.Length)].SequenceEqual(Encoding.ASCII.GetBytes(Type));
        }
    }

    /// <summary>The line.</summary>
    public string Line => (Options.Length > 0 ? Options + " " : "") + $"{Type} {Blob}" + (Comment.Length > 0 ? " " + Comment : "");

    [GeneratedRegex(@"^(?<type>(ssh|ecdsa|sk)-[a-z0-9@.-]+)[ \t]+(?<blob>AAAA[A-Za-z0-9+/]+={0,2})([ \t]+(?<comment>.*))?\z")]
    private static partial Regex Key();
}
