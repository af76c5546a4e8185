using System.Globalization;
using System.Net.Sockets;
using ConfigEngine.Local;

namespace ConfigEngine.Ssh.Native;

/// <summary>How a host is reached, logged in to and recognised, by ssh_config(5).</summary>
/// <param name="Given">Its name, as it was given.</param>
/// <param name="Hostname">The name or address to connect to.</param>
/// <param name="Port">The port.</param>
/// <param name="User">The user to log in as.</param>
sealed record HostSettings(string Given, string Hostname, int Port, string User)
{
    static readonly string[] DefaultKeys = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];
    static readonly string[] SystemKnownHosts = ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];

    /// <summary>The name under which its key is known; <see cref="Hostname"/> and the port when null.</summary>
    public string? HostKeyAlias { get; init; }

    /// <summary>The hosts on the way, the first to connect to first.</summary>
    public IReadOnlyList<string> Jumps { get; init; } = [];

    /// <summary>The key files to log in with.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>The certificates for them, besides those that are beside the key files.</summary>
    public IReadOnlyList<string> CertificateFiles { get; init; } = [];

    /// <summary>Whether an agent's other keys are left out.</summary>
    public bool IdentitiesOnly { get; init; }

    /// <summary>The agent's socket; null for none.</summary>
    public string? Agent { get; init; }

    /// <summary>Whether to log in with keys.</summary>
    public bool UsesKeys { get; init; } = true;

    /// <summary>Whether to log in with a password.</summary>
    public bool UsesPassword { get; init; } = true;

    /// <summary>Whether to answer the host's questions with the password.</summary>
    public bool AnswersQuestions { get; init; } = true;

    /// <summary>The ways to log in, in order; all when null.</summary>
    public IReadOnlyList<string>? Ways { get; init; }

    /// <summary>The files of known keys. A new key is written into the first.</summary>
    public IReadOnlyList<string> KnownHosts { get; init; } = [];

    /// <summary>Whether a new key is accepted; a changed one never is.</summary>
    public bool AcceptsNewKeys { get; init; }

    /// <summary>Whether names are hashed when a key is written.</summary>
    public bool HashesNames { get; init; }

    /// <summary>The addresses to use.</summary>
    public AddressFamily Family { get; init; } = AddressFamily.Unspecified;

    /// <summary>The address of this machine to connect from; any when null.</summary>
    public string? BindAddress { get; init; }

    /// <summary>The changed lists of algorithms, by directive.</summary>
    public IReadOnlyDictionary<string, string> Algorithms { get; init; } = new Dictionary<string, string>();

    /// <summary>The login, for messages.</summary>
    public string Login => $"{User}@{Hostname}";

    /// <summary>The name in known_hosts.</summary>
    public string KnownName => HostKeyAlias ?? (Port == 22 ? Hostname.ToLowerInvariant() : $"[{Hostname.ToLowerInvariant()}]:{Port}");

    /// <summary>Reads the settings of a host.</summary>
    /// <param name="address">Its name or address.</param>
    /// <param name="user">The user, where it is given; the configuration decides when null.</param>
    /// <param name="port">The port, where it is given; the configuration decides when null.</param>
    /// <param name="options">How sessions are opened.</param>
    /// <exception cref="SettingsException">The configuration cannot be used.</exception>
    public static HostSettings Of(string address, string? user, int? port, ConnectorOptions options)
    {
        var read = ConfigReader.Read(address, user, options.SshConfig);
        read.Refuse();
        user ??= read.Value("User") ?? Environment.UserName;
        port ??= PortOf(read.Line("Port"));
        Tokens named = new(address, address, port.Value, user);
        var tokens = named with { Hostname = read.Line("Hostname") is { } line ? named.Expand(line, line.First) : address };
        var keys = Files(read, "IdentityFile", tokens) is { Count: > 0 } own
            ? own
            : [.. DefaultKeys.Select(key => Path.Combine(SshPatterns.HomeSsh, key)).Where(File.Exists)];
        return new(address, tokens.Hostname, port.Value, user)
        {
            HostKeyAlias = read.Value("HostKeyAlias"),
            Jumps = Jump(read.Value("ProxyJump")),
            IdentityFiles = keys,
            CertificateFiles = Files(read, "CertificateFile", tokens),
            IdentitiesOnly = read.IsOn("IdentitiesOnly", Unsaid.Off),
            Agent = AgentOf(read, tokens),
            UsesKeys = read.IsOn("PubkeyAuthentication", Unsaid.On),
            UsesPassword = read.IsOn("PasswordAuthentication", Unsaid.On),
            AnswersQuestions = read.IsOn(
                read.Line("KbdInteractiveAuthentication") is null ? "ChallengeResponseAuthentication" : "KbdInteractiveAuthentication",
                Unsaid.On
            ),
            Ways = read.Value("PreferredAuthentications")?.Split(','),
            KnownHosts =
            [
                .. KnownFiles(read, "UserKnownHostsFile", tokens)
                    ?? [Path.Combine(SshPatterns.HomeSsh, "known_hosts"), Path.Combine(SshPatterns.HomeSsh, "known_hosts2")],
                .. KnownFiles(read, "GlobalKnownHostsFile", tokens) ?? SystemKnownHosts,
            ],
            AcceptsNewKeys = AcceptsNew(read.Line("StrictHostKeyChecking"), options),
            HashesNames = read.IsOn("HashKnownHosts", Unsaid.Off),
            Family = FamilyOf(read.Line("AddressFamily")),
            BindAddress = read.Value("BindAddress"),
            Algorithms = ((string[])["KexAlgorithms", "HostKeyAlgorithms", "Ciphers", "MACs"])
                .Where(directive => read.Line(directive) is not null)
                .ToDictionary(directive => directive, directive => read.Value(directive) ?? ""),
        };
    }

    static int PortOf(SshConfigLine? line) =>
        line is null ? 22
        : int.TryParse(line.First, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new SettingsException($"{line.At}: {line.First} is not a port");

    static AddressFamily FamilyOf(SshConfigLine? line) =>
        line?.First.ToLowerInvariant() switch
        {
            null or "any" => AddressFamily.Unspecified,
            "inet" => AddressFamily.InterNetwork,
            "inet6" => AddressFamily.InterNetworkV6,
            var other => throw new SettingsException($"{line?.At}: AddressFamily is any, inet or inet6, not {other}"),
        };

    static bool AcceptsNew(SshConfigLine? line, ConnectorOptions options) =>
        line?.First.ToLowerInvariant() switch
        {
            _ when options.AcceptNewHostKeys => true,
            null or "yes" or "true" or "ask" => false,
            "accept-new" => true,
            _ => throw new SettingsException(
                $"{line?.At}: StrictHostKeyChecking {line?.First} cannot be used here, because it trusts changed keys",
                "Use accept-new, or --transport openssh for this host."
            ),
        };

    static string[] Jump(string? value) => value is null or "none" ? [] : value.Split(',');

    static IReadOnlyList<string> Files(ConfigReader read, string directive, Tokens tokens) =>
        read.All(directive).Any(line => line.First is "none")
            ? []
            : [.. read.All(directive).Select(line => tokens.Path(line, line.First)).Distinct()];

    static IReadOnlyList<string>? KnownFiles(ConfigReader read, string directive, Tokens tokens) =>
        read.Line(directive) is { } line
            ? [.. line.Arguments.Where(file => file is not "none").Select(file => tokens.Path(line, file))]
            : null;

    static string? AgentOf(ConfigReader read, Tokens tokens) =>
        read.Line("IdentityAgent") switch
        {
            null or { First: "SSH_AUTH_SOCK" } => Environment.GetEnvironmentVariable("SSH_AUTH_SOCK") is { Length: > 0 } socket
                ? socket
                : null,
            { First: "none" } => null,
            { First: ['$', not '{', ..] variable } => Environment.GetEnvironmentVariable(variable[1..]),
            var line => tokens.Path(line, line.First),
        };
}
