using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Model;

/// <summary>
/// The content of a file: exact bytes. Text is converted automatically and is written as UTF-8 without a byte order mark. Content
/// that contains a <see cref="Secret"/> is secret: plans show a digest of it and no diff.
/// </summary>
/// <example><code>new File("/etc/motd") { Content = "welcome\n" }</code></example>
public sealed partial class Content : IEquatable<Content>, IMaybeUnknown
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    Sum? known;

    /// <summary>Content from bytes.</summary>
    public Content(ReadOnlyMemory<byte> bytes) => known = new(bytes, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));

    /// <summary>Content of which only the size and digest are known, because it is too large to fetch.</summary>
    public Content(long length, string digest) => known = new(null, length, digest);

    Content(Sum known, Lazy<ReadOnlyMemory<byte>>? key) => (this.known, this.key) = (known, key);

    // Secrets are read when the content is first used, and never while the recipe runs.
    Sum Value => known ??= new Content(Join()).Value;

    /// <summary>The size in bytes.</summary>
    public long Length => Value.Length;

    /// <summary>
    /// The SHA-256 digest, in hexadecimal. It is never shown for a secret, because short values can be guessed from it.
    /// </summary>
    public string Digest => Value.Digest;

    /// <summary>The bytes; null where they were not fetched.</summary>
    public ReadOnlyMemory<byte>? Bytes => Value.Bytes;

    /// <summary>Whether it contains a secret, or replaces content that does.</summary>
    public bool IsSecret => key is not null;

    /// <summary>
    /// Identifies secret content: equal for equal bytes. Without the user's own key, the bytes cannot be found from it. Null for
    /// other content.
    /// </summary>
    public string? SecretDigest => Hidden?.Digest;

    internal SecretDigest? Hidden => key is null ? null : Values.SecretDigest.Of(Digest, key);

    /// <summary>The text, where the bytes are known and are UTF-8 without NUL; otherwise null.</summary>
    public string? Text
    {
        get
        {
            if (Bytes is not { } there || there.Span.Contains((byte)0))
                return null;
            try
            {
                return Strict.GetString(there.Span);
            }
            catch (DecoderFallbackException)
            {
                return null;
            }
        }
    }

    /// <summary>
    /// Its lines for people, where the bytes are known and are text except for a few bytes, such as a comment in Latin-1: those are
    /// shown as <c>\xe4</c>.
    /// </summary>
    internal string? Shown => Text ?? (Bytes is { } there && !there.Span.Contains((byte)0) ? Mostly(ByteText.Decode(there.Span)) : null);

    static string? Mostly(string text) => ByteText.Strange(text) * 8 <= text.Length ? ByteText.Shown(text) : null;

    /// <summary>Whether its text can be written as UTF-8 at all.</summary>
    internal bool IsEncodable
    {
        get
        {
            try
            {
                return Length >= 0;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    /// <summary>Text as UTF-8.</summary>
    public static implicit operator Content(string text) => new(Encode(text));

    /// <summary>Exact bytes.</summary>
    public static implicit operator Content(byte[] bytes) => new(bytes);

    /// <summary>The exact value of a secret, without a line end.</summary>
    public static implicit operator Content(Secret secret) => $"{secret}";

    /// <summary>The same content, shown as secret if the other content is secret.</summary>
    internal Content As(Content? other) => IsSecret || other?.key is not { } theirs ? this : new(Value, theirs);

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
    public override string ToString() => !IsKnown ? "(known after apply)" : Hidden?.ToString() ?? $"{Length} bytes, sha256 {Digest[..12]}";

    sealed record Sum(ReadOnlyMemory<byte>? Bytes, long Length, string Digest);
}
