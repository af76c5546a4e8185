using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Values;

/// <summary>What plans show in the place of a secret: equal where the secrets are, and of no use without the user's own key.</summary>
/// <param name="Digest">HMAC-SHA256, in hexadecimal.</param>
sealed record SecretDigest(string Digest)
{
    /// <summary>The digest of a text under the key of a secret.</summary>
    public static SecretDigest Of(string text, Lazy<ReadOnlyMemory<byte>> key) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(key.Value.Span, Encoding.UTF8.GetBytes(text))));

    /// <inheritdoc/>
    public override string ToString() => $"secret {Digest[..6]}";
}
