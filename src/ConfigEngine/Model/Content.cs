using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine;

/// <summary>
/// What a file holds: exact bytes. Text converts by itself and is written as UTF-8 without a byte order mark.
/// </summary>
/// <example><code>new File("/etc/motd") { Content = "welcome\n" }</code></example>
public sealed class Content : IEquatable<Content>
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly ReadOnlyMemory<byte>? bytes;

    /// <summary>Content from bytes.</summary>
    public Content(ReadOnlyMemory<byte> bytes)
    {
        this.bytes = bytes;
        Length = bytes.Length;
        Digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
    }

    /// <summary>Content that is known only by its size and digest: too large to be worth fetching.</summary>
    public Content(long length, string digest)
    {
        Length = length;
        Digest = digest;
    }

    /// <summary>The size in bytes.</summary>
    public long Length { get; }

    /// <summary>The SHA-256 digest, in hexadecimal.</summary>
    public string Digest { get; }

    /// <summary>The bytes, where they are here.</summary>
    public ReadOnlyMemory<byte>? Bytes => bytes;

    /// <summary>The text, where the bytes are here and are UTF-8 without NUL; otherwise null.</summary>
    public string? Text
    {
        get
        {
            if (bytes is not { } known || known.Span.Contains((byte)0))
                return null;
            try
            {
                return Strict.GetString(known.Span);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    /// <summary>Text as UTF-8.</summary>
    public static implicit operator Content(string text) => new(Encode(text));

    /// <summary>Exact bytes.</summary>
    public static implicit operator Content(byte[] bytes) => new(bytes);

    static byte[] Encode(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw new FormatException("Text with a lone surrogate (half a character) cannot be written as UTF-8.");
        }
    }

    /// <inheritdoc/>
    public bool Equals(Content? other) => other is not null && Digest == other.Digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Content);

    /// <inheritdoc/>
    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Length} bytes, sha256 {Digest[..12]}";
}
