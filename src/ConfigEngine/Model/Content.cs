using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Model;

/// <summary>
/// What a file holds: exact bytes. Text converts by itself and is written as UTF-8 without a byte order mark. Content that
/// holds a <see cref="Secret"/> is secret: plans show a digest of it and no diff.
/// </summary>
/// <example><code>new File("/etc/motd") { Content = "welcome\n" }</code></example>
public sealed partial class Content : IEquatable<Content>, IMaybeUnknown
{
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    Sum? known;

    /// <summary>Content from bytes.</summary>
    public Content(ReadOnlyMemory<byte> bytes) => known = new(bytes, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));

    /// <summary>Content that is known only by its size and digest: too large to be worth fetching.</summary>
    public Content(long length, string digest) => known = new(null, length, digest);

    Content(Sum known, Lazy<ReadOnlyMemory<byte>>? key) => (this.known, this.key) = (known, key);

    // Secrets are read when the content is first asked for, and that is not while the recipe runs.
    Sum Value => known ??= new Content(Join()).Value;

    /// <summary>The size in bytes.</summary>
    public long Length => Value.Length;

    /// <summary>
    /// The SHA-256 digest, in hexadecimal; what is secret is never shown by it, because short values can be guessed from it.
    /// </summary>
    public string Digest => Value.Digest;

    /// <summary>The bytes, where they are here.</summary>
    public ReadOnlyMemory<byte>? Bytes => Value.Bytes;

    /// <summary>Whether it holds a secret, or stands in the place of what does.</summary>
    public bool IsSecret => key is not null;

    /// <summary>
    /// What stands for secret content: equal where the bytes are, and no way back without the user's own key; otherwise null.
    /// </summary>
    public string? SecretDigest => Hidden?.Digest;

    internal SecretDigest? Hidden => key is null ? null : Values.SecretDigest.Of(Digest, key);

    /// <summary>The text, where the bytes are here and are UTF-8 without NUL; otherwise null.</summary>
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
    /// Its lines for people, where the bytes are here and are text but for a few, such as a remark in Latin-1: those show as
    /// <c>\xe4</c>.
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

    /// <summary>A secret as it is, without a line end.</summary>
    public static implicit operator Content(Secret secret) => $"{secret}";

    /// <summary>The same content, shown as secret where this other one is.</summary>
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
