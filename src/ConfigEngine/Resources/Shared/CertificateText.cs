using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using X509 = System.Security.Cryptography.X509Certificates;

namespace ConfigEngine.Resources;

/// <summary>What a certificate says, or a request for one (RFC 5280, RFC 2986).</summary>
/// <param name="Subject">Whom it is for, as a distinguished name.</param>
/// <param name="Names">The names and addresses that it is for.</param>
/// <param name="Key">The public key.</param>
sealed partial record CertificateText(string Subject, IReadOnlyList<string> Names, PublicKeyText Key)
{
    /// <summary>Who signed it, as a distinguished name.</summary>
    public string Issuer { get; private init; } = "";

    /// <summary>Whether it may sign others.</summary>
    public bool IsAuthority { get; private init; }

    /// <summary>The first moment at which it is valid.</summary>
    public DateTime From { get; private init; }

    /// <summary>The last moment at which it is valid.</summary>
    public DateTime Until { get; private init; }

    /// <summary>It as text.</summary>
    public string Pem { get; private init; } = "";

    /// <summary>Its SHA-256, as openssl(1) prints it.</summary>
    public string Fingerprint { get; private init; } = "";

    /// <summary>The subject's common name.</summary>
    public string CommonName => Subject.StartsWith("CN=", StringComparison.Ordinal) ? Subject[3..] : Subject;

    /// <summary>Reads the first certificate in a text; null where there is none.</summary>
    public static CertificateText? Parse(string? text)
    {
        try
        {
            using var read = X509.X509Certificate2.CreateFromPem(text ?? "");
            return new(read.Subject, NamesIn(read.Extensions), PublicKeyText.Of(read.PublicKey))
            {
                Issuer = read.Issuer,
                IsAuthority = read
                    .Extensions.OfType<X509.X509BasicConstraintsExtension>()
                    .Any(constraints => constraints.CertificateAuthority),
                From = read.NotBefore.ToUniversalTime(),
                Until = read.NotAfter.ToUniversalTime(),
                Pem = read.ExportCertificatePem() + "\n",
                Fingerprint = Convert.ToHexString(read.GetCertHash(HashAlgorithmName.SHA256)),
            };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Reads a request; null where there is none. Its signature is left to those who sign it.</summary>
    public static CertificateText? ParseRequest(string? text)
    {
        try
        {
            var read = X509.CertificateRequest.LoadSigningRequestPem(
                text ?? "",
                HashAlgorithmName.SHA256,
                X509.CertificateRequestLoadOptions.SkipSignatureValidation
                    | X509.CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions,
                RSASignaturePadding.Pkcs1
            );
            return new(read.SubjectName.Name, NamesIn(read.CertificateExtensions), PublicKeyText.Of(read.PublicKey)) { Pem = text ?? "" };
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    static IReadOnlyList<string> NamesIn(IEnumerable<X509.X509Extension> extensions) =>
        [
            .. extensions
                .OfType<X509.X509SubjectAlternativeNameExtension>()
                .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => $"{address}"))),
        ];

    /// <summary>The names in the order of others, if they are the same.</summary>
    public static IReadOnlyList<string> Like(IReadOnlyList<string> names, IReadOnlyList<string> others) =>
        names.Select(Plain).ToHashSet(StringComparer.Ordinal).SetEquals(others.Select(Plain)) ? others : names;

    static string Plain(string name) => IPAddress.TryParse(name, out var address) ? $"{address}" : name.ToLowerInvariant();

    /// <summary>The names as openssl takes them (x509v3_config(5)).</summary>
    public static string Alternatives(IReadOnlyList<string> names) =>
        string.Join(',', names.Select(name => IPAddress.TryParse(name, out var address) ? $"IP:{address}" : $"DNS:{name}"));

    /// <summary>What is wrong with names.</summary>
    public static IEnumerable<string> NameProblems(IReadOnlyList<string> names) =>
        names
            .Where(name => name.Length > 253 || !(HostName().IsMatch(name) || (IPAddress.TryParse(name, out _) && !name.Contains('%'))))
            .Select(name =>
                $"\"{Text.Excerpt(name)}\" is neither the name of a host nor an address: letters, digits, dashes and dots, and *. at the "
                + "beginning for every name below"
            );

    /// <summary>What is wrong with a common name.</summary>
    public static IEnumerable<string> CommonNameProblems(string? given, string? effective) =>
        effective is null || (effective.Length <= 64 && ValidCommonName().IsMatch(effective)) ? []
        : given is null ? [$"the first of its Names is longer than 64 characters: give it a CommonName"]
        : [$"\"{Text.Excerpt(given)}\" is not a CommonName: up to 64 letters, digits, spaces and . _ - * ( ) @ :"];

    [GeneratedRegex(@"^(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^[A-Za-z0-9._*(@:-]([A-Za-z0-9 ._*()@:-]*[A-Za-z0-9._*)@:-])?\z")]
    private static partial Regex ValidCommonName();
}
