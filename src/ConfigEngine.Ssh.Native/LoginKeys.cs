using System.Collections.Concurrent;
using ConfigEngine.Local;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace ConfigEngine.Ssh.Native;

/// <summary>Finds the keys to log in with: those of the agent, and those in files. Files are decrypted once in a run.</summary>
/// <param name="options">How sessions are opened.</param>
sealed class LoginKeys(ConnectorOptions options) : IDisposable
{
    const UnixFileMode Others = (UnixFileMode)0x3f;
    readonly ConcurrentDictionary<(string Path, string? Certificate), Lazy<(PrivateKeyFile? Key, string? Note)>> files = [];
    readonly ConcurrentDictionary<string, Lazy<(IReadOnlyList<byte[]> Keys, string? Note)>> agents = [];

    /// <summary>The keys for a login, in the order in which they are offered, and why others are not.</summary>
    /// <exception cref="NotUsableException">A passphrase was given, and it is wrong.</exception>
    public (IReadOnlyList<IPrivateKeySource> Keys, IReadOnlyList<string> Notes) For(HostSettings settings)
    {
        if (!settings.UsesKeys)
            return ([], []);
        var (held, note) = settings.Agent is { } socket ? HeldBy(socket) : ([], null);
        List<string> notes = note is null ? [] : [note];
        List<IPrivateKeySource> chosen = [];
        List<IPrivateKeySource> own = [];
        HashSet<string> taken = [];
        foreach (var file in settings.IdentityFiles)
        {
            if (
                settings.Agent is { } agent
                && PublicHalf(file) is { } half
                && held.FirstOrDefault(key => key.SequenceEqual(half)) is { } same
            )
            {
                if (taken.Add(Convert.ToBase64String(same)))
                    chosen.Add(new AgentKey(new(agent, options.Time), same));
                continue;
            }

            // A certificate belongs to one key, and the file of another one is not usable with it.
            var usable = CertificatesOf(file, settings)
                .Append(null)
                .Select(certificate => files.GetOrAdd((file, certificate), at => new(() => Read(at.Path, at.Certificate))).Value)
                .FirstOrDefault(read => read.Key is not null || read.Note is not null);
            if (usable.Key is { } key)
                own.Add(key);
            if (usable.Note is { } problem)
                notes.Add(problem);
        }

        if (settings is { Agent: { } other, IdentitiesOnly: false })
            chosen.AddRange(
                held.Where(key => taken.Add(Convert.ToBase64String(key))).Select(key => new AgentKey(new(other, options.Time), key))
            );
        return ([.. chosen, .. own], notes);
    }

    (IReadOnlyList<byte[]> Keys, string? Note) HeldBy(string socket) =>
        agents
            .GetOrAdd(
                socket,
                path =>
                    new(() =>
                    {
                        try
                        {
                            return (new Agent(path, options.Time).Keys(), null);
                        }
                        catch (IOException failed)
                        {
                            return ([], $"the agent at {path} was not used: {failed.Message}");
                        }
                    })
            )
            .Value;

    static IEnumerable<string?> CertificatesOf(string file, HostSettings settings) =>
        ((IEnumerable<string>)[.. settings.CertificateFiles, $"{file}-cert.pub"]).Distinct().Where(File.Exists);

    static byte[]? PublicHalf(string file)
    {
        var half = file.EndsWith(".pub", StringComparison.Ordinal) ? file : $"{file}.pub";
        if (!File.Exists(half) || File.ReadLines(half).FirstOrDefault()?.Split(' ') is not [_, var encoded, ..])
            return null;
        var blob = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, blob, out var length) ? blob[..length] : null;
    }

    (PrivateKeyFile? Key, string? Note) Read(string path, string? certificate)
    {
        if (!File.Exists(path) || path.EndsWith(".pub", StringComparison.Ordinal))
            return (
                null,
                path.EndsWith(".pub", StringComparison.Ordinal) ? $"{path} is a public key, and the agent does not have it" : null
            );
        if (Openness(path) is { } open)
            return (null, open);
        try
        {
            return (Open(path, null, certificate), null);
        }
        catch (SshPassPhraseNullOrEmptyException) when (options.Passphrase is null)
        {
            return (null, $"{path} is encrypted: use --ask-passphrase, or an agent that has it");
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            return (Decrypt(path, certificate), null);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be read");
        }
        catch (Exception odd)
            when (odd is SshException or IOException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return certificate is null ? (null, $"{path} cannot be used: {Text.Sentence(odd.Message)}") : (null, null);
        }
    }

    PrivateKeyFile Decrypt(string path, string? certificate)
    {
        try
        {
            return Open(path, options.Passphrase?.Reveal(), certificate);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            throw new NotUsableException(
                new(
                    FailureKind.Settings,
                    $"the passphrase that was given is not the one of {path}",
                    "Try again, or leave this key to an agent: ssh-add."
                )
            );
        }
    }

    static PrivateKeyFile Open(string path, string? passphrase, string? certificate)
    {
        using var key = File.OpenRead(path);
        if (certificate is null)
            return new(key, passphrase);
        using var signed = File.OpenRead(certificate);
        return new(key, passphrase, signed);
    }

    /// <summary>Why a key file is not used that others can read, as in ssh; null if it is for its owner alone.</summary>
    static string? Openness(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName is var target
        && FileStatus.Of(target ?? path) is { } status
        && status.Owner == Trust.ThisUser
        && (status.Mode & Others) != 0
            ? $"{path} was not used, because others can read it (mode {Convert.ToString((int)status.Mode, 8).PadLeft(4, '0')}): "
                + $"chmod 600 {path}"
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in files.Values.Where(file => file.IsValueCreated))
            file.Value.Key?.Dispose();
    }
}

/// <summary>A login that cannot be tried.</summary>
sealed class NotUsableException(Failure failure) : CfgException(failure.Reason)
{
    /// <summary>Why.</summary>
    public Failure Failure { get; } = failure;
}
