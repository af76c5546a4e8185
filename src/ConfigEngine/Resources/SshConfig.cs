using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A Host section of the configuration of ssh(1) (ssh_config(5)), in a user's ~/.ssh/config or for all users. Options of the section
/// that it does not set, and everything else in the file, stay. Because ssh takes the first value that it finds, a new section for
/// single hosts is put before the sections with patterns. The section is checked by <c>ssh -G</c> before the file is replaced.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>
/// new SshConfig("db1")
/// {
///     Owner = "deploy",
///     HostName = "203.0.113.21",
///     ServerAliveInterval = TimeSpan.FromSeconds(15),
///     Options = new() { ["Compression"] = "yes" },
/// }
/// </code></example>
/// <param name="Host">The name that is given to ssh; or one or more patterns, with a space between: <c>*</c> for every host.</param>
public sealed partial record SshConfig(string Host) : Resource<KeyFile>
{
    /// <summary>
    /// The user whose ~/.ssh/config it is in; /etc/ssh/ssh_config.d/cfg.conf, which is for all users, when null. (ssh reads that
    /// directory if its own configuration includes it, as in Debian since 11.)
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The real name or address of the host; left alone when null.</summary>
    public string? HostName { get; init; }

    /// <summary>The user to log in as; left alone when null.</summary>
    public string? User { get; init; }

    /// <summary>The port of the host's sshd; left alone when null.</summary>
    public int? Port { get; init; }

    /// <summary>The private keys to log in with, in order; left alone when null.</summary>
    public IReadOnlyList<string>? IdentityFile { get; init; }

    /// <summary>Whether only these keys are used, and no others of an agent; left alone when null.</summary>
    public bool? IdentitiesOnly { get; init; }

    /// <summary>The hosts on the way, with commas between; left alone when null.</summary>
    public string? ProxyJump { get; init; }

    /// <summary>After how long a silence ssh asks the server for a sign of life, in whole seconds; left alone when null.</summary>
    public TimeSpan? ServerAliveInterval { get; init; }

    /// <summary>How many of these may stay without an answer before the connection ends; left alone when null.</summary>
    public int? ServerAliveCountMax { get; init; }

    /// <summary>How long a connection may take, in whole seconds; left alone when null.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Whether ssh ends if it cannot forward a port; left alone when null.</summary>
    public bool? ExitOnForwardFailure { get; init; }

    /// <summary>Whether the agent can be used on the host; left alone when null.</summary>
    public bool? ForwardAgent { get; init; }

    /// <summary>Ports to listen on here, as in <c>[bind:]port host:hostport</c>; left alone when null.</summary>
    public IReadOnlyList<string>? LocalForward { get; init; }

    /// <summary>Ports to listen on there, in the same form; left alone when null.</summary>
    public IReadOnlyList<string>? RemoteForward { get; init; }

    /// <summary>Any other options, by the names of ssh_config(5), with their values as they are written there. None by default.</summary>
    public Dictionary<string, string> Options { get; init; } = [];

    SshFile File => SshFile.Config(Owner);

    /// <inheritdoc/>
    public override string Key => $"{File.Prefix}{Host}";

    IReadOnlyList<(string Keyword, IReadOnlyList<string> Values)> Settings =>
        [
            .. One(nameof(HostName), HostName),
            .. One(nameof(User), User),
            .. One(nameof(Port), Port?.ToString(CultureInfo.InvariantCulture)),
            .. Many(nameof(IdentityFile), IdentityFile?.Select(Quoted)),
            .. One(nameof(IdentitiesOnly), YesNo(IdentitiesOnly)),
            .. One(nameof(ProxyJump), ProxyJump),
            .. One(nameof(ServerAliveInterval), Seconds(ServerAliveInterval)),
            .. One(nameof(ServerAliveCountMax), ServerAliveCountMax?.ToString(CultureInfo.InvariantCulture)),
            .. One(nameof(ConnectTimeout), Seconds(ConnectTimeout)),
            .. One(nameof(ExitOnForwardFailure), YesNo(ExitOnForwardFailure)),
            .. One(nameof(ForwardAgent), YesNo(ForwardAgent)),
            .. Many(nameof(LocalForward), LocalForward),
            .. Many(nameof(RemoteForward), RemoteForward),
            .. Options.OrderBy(option => option.Key, StringComparer.Ordinal).SelectMany(option => One(option.Key, option.Value)),
        ];

    static IEnumerable<(string, IReadOnlyList<string>)> One(string keyword, string? value) => value is null ? [] : [(keyword, [value])];

    static IEnumerable<(string, IReadOnlyList<string>)> Many(string keyword, IEnumerable<string>? values) =>
        values is null ? [] : [(keyword, [.. values])];

    static string? YesNo(bool? value) => value is { } yes ? (yes ? "yes" : "no") : null;

    static string? Seconds(TimeSpan? time) => time is { } span ? $"{(long)span.TotalSeconds}" : null;

    static string Quoted(string path) => path.AsSpan().IndexOfAny(" \t#") < 0 ? path : $"\"{path}\"";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in File.Problems.Concat(PatternProblems(Host)))
                yield return problem;
            if (Settings.Count == 0)
                yield return "it sets nothing: give it an option, such as ServerAliveInterval";
            foreach (var (keyword, values) in Settings.Where(setting => !Options.ContainsKey(setting.Keyword)))
            {
                foreach (var problem in values.SelectMany(value => SshOptions.ValueProblems(keyword, value)))
                    yield return problem;
            }

            foreach (var problem in SshOptions.Problems(Options, Own))
                yield return problem;
            foreach (var time in ((TimeSpan?[])[ServerAliveInterval, ConnectTimeout]).OfType<TimeSpan>())
            {
                if (time < TimeSpan.Zero || time.Ticks % TimeSpan.TicksPerSecond != 0 || time > TimeSpan.FromDays(365))
                    yield return $"ssh takes times in whole seconds, and not {time}";
            }

            if (Port is < 1 or > 65535)
                yield return $"{Port} is not a port (1-65535)";
            if (ServerAliveCountMax < 0)
                yield return "ServerAliveCountMax is 0 or more";
            foreach (var path in (IdentityFile ?? []).Where(path => path.Contains('"', StringComparison.Ordinal)))
                yield return $"ssh takes no double quote in the name of a key, as in {Text.Excerpt(path)}";
        }
    }

    /// <summary>The options that have properties.</summary>
    static readonly string[] Own =
    [
        nameof(HostName),
        nameof(User),
        nameof(Port),
        nameof(IdentityFile),
        nameof(IdentitiesOnly),
        nameof(ProxyJump),
        nameof(ServerAliveInterval),
        nameof(ServerAliveCountMax),
        nameof(ConnectTimeout),
        nameof(ExitOnForwardFailure),
        nameof(ForwardAgent),
        nameof(LocalForward),
        nameof(RemoteForward),
    ];

    /// <summary>What is wrong with the patterns of a section.</summary>
    internal static IEnumerable<string> PatternProblems(string host) =>
        Patterns().IsMatch(host) ? [] : [$"\"{Text.Excerpt(host)}\" is not a name or a list of patterns with a space between"];

    /// <inheritdoc/>
    internal override Authority Authority => File.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [.. File.Claims, new(new($"section in {File.Name}", Host), "there", $"{File.Name} has a section for {Host}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => File.Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => File.Writes;

    /// <inheritdoc/>
    protected override KeyFile Desired => SshFile.Nothing;

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => File.Probe;

    /// <inheritdoc/>
    protected override KeyFile Towards(KeyFile? actual) => File.Edit(actual, lines => new SshSections(lines).Set(Host, Settings));

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<KeyFile> diff) =>
        from setting in Settings
        where setting.Keyword is not (nameof(IdentityFile) or nameof(LocalForward) or nameof(RemoteForward))
        from line in new SshSections(File.Lines(diff.Desired)).Before(Host, setting.Keyword).Take(1)
        select $"line {line.Number} of {File.Name} is before it and counts: {Text.Excerpt(line.Text)}";

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) =>
        new SshSections(File.Lines(diff.Actual)).Find(Host) is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => File.Operations(diff, (Check, "ssh -G"));

    Shell Check
    {
        get
        {
            var options = Settings.SelectMany(setting => setting.Values, (setting, value) => $"{setting.Keyword} {value}");
            return $"cfg_check_ssh {string.Join('\n', options)}";
        }
    }

    [GeneratedRegex(@"^[!A-Za-z0-9_.:*?%-][A-Za-z0-9_.:*?%-]*( [!A-Za-z0-9_.:*?%-]+)*\z")]
    private static partial Regex Patterns();
}
