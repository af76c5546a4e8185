using System.Security.Cryptography;
using ConfigEngine.Local;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace ConfigEngine.Ssh.Native;

/// <summary>Decides whether a host's key is the right one.</summary>
/// <param name="settings">The host.</param>
/// <param name="known">Its known keys.</param>
/// <param name="whose">Whose key it is, for messages; null for the host that a session is for.</param>
/// <param name="time">The clock.</param>
sealed class HostKeyCheck(HostSettings settings, KnownHosts known, string? whose, TimeProvider time)
{
    static readonly Lock Writing = new();

    /// <summary>Whether the key was accepted.</summary>
    public bool IsAccepted { get; private set; }

    /// <summary>Why it was not; null if it was, or was not seen yet.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Judges the key. It is called again when keys are exchanged again.</summary>
    public void Judge(HostKeyEventArgs shown)
    {
        Failure = shown.Certificate is { } certificate ? OfCertificate(certificate) : OfKey(shown.HostKey);
        IsAccepted = Failure is null;
        shown.CanTrust = IsAccepted;
    }

    Failure? OfCertificate(Certificate certificate)
    {
        if (IsRevoked(certificate.CertificateAuthorityKey))
            return Failures.KeyRevoked(whose);
        var now = time.GetUtcNow();
        var isTrusted =
            certificate.Type is Certificate.CertificateType.Host
            && known.Keys.Any(key => key.Mark is KeyMark.Authority && Same(key.Blob, certificate.CertificateAuthorityKey))
            && (
                certificate.ValidPrincipals.Count == 0
                || certificate.ValidPrincipals.Any(name => SshPatterns.One(name, settings.HostKeyAlias ?? settings.Hostname))
            )
            && certificate.CriticalOptions.Count == 0
            && certificate.ValidAfter <= now
            && now < certificate.ValidBefore;
        return isTrusted
            ? null
            : Failures.KeyUnknown(
                whose,
                settings.Login,
                $"\n  Its certificate \"{certificate.KeyId}\" is not one for this host, or not from a known authority."
            );
    }

    /// <summary>Why a plain key is not accepted; null if it is.</summary>
    public Failure? OfKey(byte[] blob)
    {
        if (IsRevoked(blob))
            return Failures.KeyRevoked(whose);
        if (known.Keys.Any(key => key.Mark is KeyMark.None && Same(key.Blob, blob)))
            return null;
        if (known.Keys.Any(key => key is { Mark: KeyMark.None, IsElsewhere: false }))
            return Failures.KeyChanged(whose);
        if (!settings.AcceptsNewKeys)
            return Failures.KeyUnknown(whose, settings.Login, Lines(blob));
        Write(Line(settings.KnownName, blob));
        return null;
    }

    bool IsRevoked(byte[] blob) => known.Keys.Any(key => key.Mark is KeyMark.Revoked && Same(key.Blob, blob));

    static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    string Lines(byte[] blob) =>
        $"\n  It is {KeyBlob.TypeOf(blob)} {KeyBlob.Fingerprint(blob)}. If that is right, this line in known_hosts makes it known:\n  "
        + $"{Line(settings.KnownName, blob)}"
        + (known.Broken.Count > 0 ? $"\n  Lines that cannot be read: {string.Join(", ", known.Broken.Take(5))}" : "");

    static string Line(string name, byte[] blob) => $"{name} {KeyBlob.TypeOf(blob)} {Convert.ToBase64String(blob)}";

    void Write(string line)
    {
        if (settings.KnownHosts is not [var file, ..])
            return;
        if (settings.HashesNames)
            line =
                KnownKey.Hashed(settings.KnownName, Convert.ToBase64String(RandomNumberGenerator.GetBytes(20)))
                + line[settings.KnownName.Length..];
        lock (Writing)
        {
            if (Path.GetDirectoryName(file) is { Length: > 0 } directory)
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using FileStream stream = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            var endsLine = stream.Length == 0 || File.ReadLines(file).Any() && EndsLine(file);
            stream.Write(System.Text.Encoding.UTF8.GetBytes($"{(endsLine ? "" : "\n")}{line}\n"));
        }
    }

    static bool EndsLine(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() is '\n';
    }
}
