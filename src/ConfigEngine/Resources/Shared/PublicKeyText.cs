using System.Security.Cryptography;
using X509 = System.Security.Cryptography.X509Certificates;

namespace ConfigEngine.Resources;

/// <summary>The public half of a key as certificates have it (SubjectPublicKeyInfo).</summary>
/// <param name="Type">ecdsa, rsa or ed25519; its number for any other type.</param>
/// <param name="Bits">The length; null where all keys of the type have one length.</param>
/// <param name="Text">The key, in base64.</param>
sealed record PublicKeyText(string Type, int? Bits, string Text)
{
    /// <summary>Reads it; null where it is not a key.</summary>
    public static PublicKeyText? Parse(string text)
    {
        var bytes = new byte[text.Length];
        if (text.Length == 0 || !Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        try
        {
            return Of(X509.PublicKey.CreateFromSubjectPublicKeyInfo(bytes.AsSpan(0, length), out _));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static PublicKeyText Of(X509.PublicKey key)
    {
        var text = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        switch (key.Oid.Value)
        {
            case "1.2.840.113549.1.1.1":
                using (var rsa = key.GetRSAPublicKey())
                    return new("rsa", rsa?.KeySize, text);
            case "1.2.840.10045.2.1":
                using (var curve = key.GetECDsaPublicKey())
                    return new("ecdsa", curve?.KeySize, text);
            case "1.3.101.112":
                return new("ed25519", null, text);
            default:
                return new(key.Oid.Value ?? "unknown", null, text);
        }
    }
}
