using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>A recipe as an assembly with its debug information, and its form in a file.</summary>
sealed record CompiledRecipe(byte[] Assembly, byte[] Symbols)
{
    // "cfgr" 2, the lengths of the first two parts, the three parts, and a SHA-256 digest of everything before it. A file that was
    // cut or damaged counts as missing.
    static ReadOnlySpan<byte> Magic => "cfgr\u0002\0\0\0"u8;

    const int HeaderLength = 16;

    /// <summary>Warnings for the user at every run, one per line.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Its branches, if they can be seen when it runs; such a recipe is kept in no file. Null for any other.</summary>
    public SeenBranches? Branches { get; init; }

    /// <summary>A recipe that declares nothing.</summary>
    public static CompiledRecipe Empty { get; } = new([], []);

    public byte[] ToBytes()
    {
        var warnings = Encoding.UTF8.GetBytes(string.Join('\n', Warnings));
        var end = HeaderLength + Assembly.Length + Symbols.Length + warnings.Length;
        var bytes = new byte[end + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Assembly.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Symbols.Length);
        Assembly.CopyTo(bytes, HeaderLength);
        Symbols.CopyTo(bytes, HeaderLength + Assembly.Length);
        warnings.CopyTo(bytes, HeaderLength + Assembly.Length + Symbols.Length);
        SHA256.HashData(bytes.AsSpan(0, end), bytes.AsSpan(end));
        return bytes;
    }

    /// <summary>The recipe; null if the bytes are not complete.</summary>
    public static CompiledRecipe? From(byte[] bytes)
    {
        if (bytes.Length < HeaderLength + SHA256.HashSizeInBytes || !bytes.AsSpan().StartsWith(Magic))
            return null;
        var end = bytes.Length - SHA256.HashSizeInBytes;
        if (!SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
            return null;
        var symbols = HeaderLength + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        var warnings = symbols + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12));
        return new(bytes[HeaderLength..symbols], bytes[symbols..warnings])
        {
            Warnings = Encoding.UTF8.GetString(bytes[warnings..end]).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };
    }
}
