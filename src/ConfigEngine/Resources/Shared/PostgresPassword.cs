using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>
/// How PostgreSQL stores a password: a verifier of SCRAM-SHA-256 (RFC 5803), or the MD5 that older clients need. Both are made here,
/// so that the password itself never gets to the host.
/// </summary>
/// <param name="Role">The role that it is for.</param>
/// <param name="Secret">The password.</param>
sealed record PostgresPassword(string Role, Secret Secret)
{
    const int Iterations = 4096;

    /// <summary>More than any server asks of its clients. A host must not be able to keep cfg busy.</summary>
    const int MostIterations = 2_000_000;

    /// <summary>
    /// What is stored, by the host's own words: <c>ITERATIONS:SALT|DIGEST</c> for SCRAM, <c>md5|DIGEST</c>, nothing where there is no
    /// password. The digest is the SHA-256 of the whole, because a verifier must not leave the host.
    /// </summary>
    public static string DigestOf(string stored) => stored.Length == 0 ? "" : Parts(stored).Digest;

    static (string Form, string Digest) Parts(string stored) =>
        stored.Split('|') is [var form, { Length: 64 } digest] && digest.All(char.IsAsciiHexDigitLower)
            ? (form, digest)
            : throw new UnexpectedOutputException("expected how a password is stored, and the digest of that");

    /// <summary>Whether the stored password is this one, in the form that is wanted.</summary>
    public bool IsStored(string stored, PostgresPasswordForm form)
    {
        if (stored.Length == 0)
            return false;
        var (said, digest) = Parts(stored);
        if (form is PostgresPasswordForm.Md5)
            return said is "md5" && digest == Digest(Md5);
        return said.Split(':') is [var iterations, var salt]
            && int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= MostIterations
            && Salt(salt) is { } bytes
            && digest == Digest(Scram(bytes, count));
    }

    static byte[]? Salt(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    /// <summary>What a role gets that does not have this password yet, as a secret of its own.</summary>
    public Secret New(PostgresPasswordForm form) =>
        new(Secret.Name, Secret.Origin, () => form is PostgresPasswordForm.Md5 ? Md5 : Scram(NewSalt, Iterations), Secret.Key);

    /// <summary>Nobody without the user's own key can tell it before, and it is the same in the plan and in what is applied.</summary>
    byte[] NewSalt => HMACSHA256.HashData(Secret.Key.Value.Span, Encoding.UTF8.GetBytes($"salt of {Role}\0{Clear}"))[..16];

    /// <summary>The SHA-256 of what is stored.</summary>
    public static string Digest(string stored) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored)));

    /// <summary>For other characters, server and client first apply SASLprep (RFC 4013), which the base library does not have.</summary>
    string Clear =>
        Secret.Reveal() is var clear && Ascii.IsValid(clear) && !clear.Any(char.IsControl)
            ? clear
            : throw new RecipeException(
                $"the password of {Secret.Origin} has characters other than letters, digits and signs of ASCII",
                hint: "use another password"
            );

#pragma warning disable CA5351 // It is what PostgreSQL stores where a recipe asks for MD5.
    string Md5 => $"md5{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Clear + Role)))}";
#pragma warning restore CA5351

    string Scram(byte[] salt, int iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(Clear, salt, iterations, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${iterations.ToString(CultureInfo.InvariantCulture)}:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}

/// <summary>A form in which PostgreSQL stores passwords.</summary>
enum PostgresPasswordForm
{
    Scram,
    Md5,
}
