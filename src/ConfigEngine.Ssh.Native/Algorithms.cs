using ConfigEngine.Local;
using Renci.SshNet;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// The algorithms that are offered: those of SSH.NET that OpenSSH offers by default too, as ssh_config(5) changes them.
/// </summary>
static class Algorithms
{
    /// <summary>Broken or weak ones (RFC 9142, RFC 8758): they are offered only if the configuration names them.</summary>
    static readonly string[] Old =
    [
        "diffie-hellman-group-exchange-sha1",
        "diffie-hellman-group14-sha1",
        "diffie-hellman-group1-sha1",
        "ssh-rsa",
        "ssh-rsa-cert-v01@openssh.com",
        "ssh-dss",
        "ssh-dss-cert-v01@openssh.com",
        "3des-cbc",
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "hmac-md5",
        "hmac-md5-96",
        "hmac-sha1-96",
    ];

    /// <summary>Sets what is offered.</summary>
    /// <param name="info">The connection.</param>
    /// <param name="settings">The host.</param>
    /// <param name="known">Its known keys: their types come first, so that the host shows a known one.</param>
    public static void Set(ConnectionInfo info, HostSettings settings, KnownHosts known)
    {
        Set(info.KeyExchangeAlgorithms, settings.Algorithms.GetValueOrDefault("KexAlgorithms"));
        Set(info.Encryptions, settings.Algorithms.GetValueOrDefault("Ciphers"));
        Set(info.HmacAlgorithms, settings.Algorithms.GetValueOrDefault("MACs"));
        Set(info.HostKeyAlgorithms, settings.Algorithms.GetValueOrDefault("HostKeyAlgorithms"));
        if (!known.HasAuthority)
        {
            foreach (var name in info.HostKeyAlgorithms.Keys.Where(name => name.Contains("-cert-", StringComparison.Ordinal)).ToList())
                info.HostKeyAlgorithms.Remove(name);
        }

        if (settings.Algorithms.GetValueOrDefault("HostKeyAlgorithms") is null or ['+' or '-', ..])
            First(info.HostKeyAlgorithms, known.Types.SelectMany(KeyBlob.SignatureNames), known.HasAuthority ? Certificates(info) : []);
    }

    static IEnumerable<string> Certificates(ConnectionInfo info) =>
        info.HostKeyAlgorithms.Keys.Where(name => name.Contains("-cert-", StringComparison.Ordinal));

    static void First<T>(IOrderedDictionary<string, T> offered, IEnumerable<string> names, IEnumerable<string> before)
    {
        var at = 0;
        foreach (var name in before.Concat(names).Distinct().ToList())
        {
            if (offered.ContainsKey(name))
                offered.SetPosition(name, at++);
        }
    }

    /// <summary>Applies a list of ssh_config(5): + adds, - takes away, ^ puts first, and without a sign it replaces all.</summary>
    static void Set<T>(IOrderedDictionary<string, T> offered, string? list)
    {
        var names = list?.TrimStart('+', '-', '^').Split(',') ?? [];
        IReadOnlyList<string> usual = [.. offered.Keys.Where(name => !Old.Contains(name))];
        IReadOnlyList<string> wanted = list switch
        {
            null or "" => usual,
            ['+', ..] => [.. usual, .. offered.Keys.Where(name => SshPatterns.Match(names, name))],
            ['-', ..] => [.. usual.Where(name => !SshPatterns.Match(names, name))],
            ['^', ..] => [.. names.Where(offered.ContainsKey), .. usual],
            _ => [.. names.SelectMany(pattern => offered.Keys.Where(name => SshPatterns.One(pattern, name)))],
        };
        wanted = [.. wanted.Distinct()];
        foreach (var name in offered.Keys.Where(name => !wanted.Contains(name)).ToList())
            offered.Remove(name);
        First(offered, wanted, []);
    }
}
