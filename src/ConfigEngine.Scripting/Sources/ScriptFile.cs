using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>A script. It is read once, so that the same text is hashed, compiled and shown.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Name">Its path as shown.</param>
/// <param name="Text">Its text. Its lines end with LF, so that a text in it is the same wherever the script was edited.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Directives">Its directives.</param>
sealed record ScriptFile(string Path, string Name, string Text, string Digest, IReadOnlyList<Directive> Directives)
{
    /// <summary>Whether its lines end with CR LF.</summary>
    public bool IsFromWindows { get; private init; }

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a script.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="name">Its path as shown.</param>
    /// <param name="from">The place where another script loads it.</param>
    /// <param name="disk">Reads the file.</param>
    public static ScriptFile Read(string path, string name, SourceLine? from, Disk disk)
    {
        var bytes = disk.ReadScript(path, name, from);
        var read = Decode(bytes, name);
        var text = read.Replace("\r\n", "\n", StringComparison.Ordinal);
        return new(path, name, text, Disk.Digest(bytes), Directive.Scan(text)) { IsFromWindows = text.Length < read.Length };
    }

    static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new RecipeException(
                $"{name} is UTF-16, not UTF-8",
                hint: $"save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8 {name}"
            );
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            // The index is that of the first byte that could not be decoded, counted from the beginning of the span.
            var line = bytes[..Math.Clamp(wrong.Index, 0, bytes.Length)].Count((byte)'\n') + 1;
            throw new RecipeException("this line is not UTF-8 text", new(name, line), hint: "save the file as UTF-8");
        }
    }
}
