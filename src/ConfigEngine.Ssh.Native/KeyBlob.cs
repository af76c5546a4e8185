using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Ssh.Native;

/// <summary>A public key in the form of the protocol (RFC 4253, 6.6): its type, and then its numbers.</summary>
static class KeyBlob
{
    /// <summary>Its type; null if it has none.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> blob) => First(blob) is { } first ? Encoding.ASCII.GetString(first) : null;

    static byte[]? First(ReadOnlySpan<byte> blob) =>
        blob.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(blob) is var length && length <= blob.Length - 4
            ? blob.Slice(4, (int)length).ToArray()
            : null;

    /// <summary>Its fingerprint, as ssh-keygen prints it.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> blob) => $"SHA256:{Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=')}";

    /// <summary>The name of the algorithm that signs with a key, the best first.</summary>
    public static IReadOnlyList<string> SignatureNames(string type) =>
        type switch
        {
            "ssh-rsa" => ["rsa-sha2-512", "rsa-sha2-256"],
            "ssh-rsa-cert-v01@openssh.com" => ["rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com"],
            _ => [type],
        };
}
