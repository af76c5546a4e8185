using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Values;

/// <summary>Replaces a secret in plans: equal for equal secrets, and useless without the user's own key.</summary>
/// <param name="Digest">HMAC-SHA256, in hexadecimal.</param>
sealed record SecretDigest(string Digest)
{
    /// <summary>The digest of a text under the key of a secret.</summary>
    public static SecretDigest Of(string text, Lazy<ReadOnlyMemory<byte>> key) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(key.Value.Span, Encoding.UTF8.GetBytes(text))));

    /// <inheritdoc/>
    public override string ToString() => $"secret {Digest[..6]}";
}
