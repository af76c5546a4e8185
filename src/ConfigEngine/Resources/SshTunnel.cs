using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A tunnel of ssh(1) that is always there: the systemd service <c>ssh-tunnel-NAME.service</c>, which forwards ports and starts again
/// when the connection ends. It ends when a port cannot be forwarded, and when the server gives no sign of life any more. It never
/// asks: the user needs a key that the target accepts (<see cref="SshKey"/>, <see cref="AuthorizedKey"/>), and must know the target's
/// key (<see cref="KnownHost"/>). To remove it, use a <see cref="NoUnitFile"/>.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>
/// new SshTunnel("redis") { Target = "tunnel@x.example.com", User = "app", Local = ["46379:localhost:6379"] }
/// </code></example>
/// <param name="Name">A name for it: letters, digits, dots, dashes and underscores.</param>
public sealed partial record SshTunnel(string Name) : Resource<SshTunnel.State>
{
    /// <summary>The host to connect to, as ssh takes it: <c>user@host</c>, or a name of its configuration.</summary>
    public required string Target { get; init; }

    /// <summary>The user that runs ssh, with that user's keys and configuration; root by default.</summary>
    public string User { get; init; } = "root";

    /// <summary>The port of the target's sshd; as ssh's configuration says when null.</summary>
    public int? Port { get; init; }

    /// <summary>The path of the private key; as ssh's configuration says when null.</summary>
    public string? IdentityFile { get; init; }

    /// <summary>
    /// Ports to listen on here, each as <c>[bind:]port:host:hostport</c> (ssh -L). Without <c>bind</c> only this host can use the port;
    /// <c>*</c> lets everyone. None by default.
    /// </summary>
    public IReadOnlyList<string> Local { get; init; } = [];

    /// <summary>
    /// Ports to listen on there, in the same form (ssh -R). Whether another <c>bind</c> than localhost has an effect is decided by
    /// <c>GatewayPorts</c> of the target's sshd, which is <c>no</c> unless it is set. None by default.
    /// </summary>
    public IReadOnlyList<string> Remote { get; init; } = [];

    /// <summary>How long systemd waits before it starts ssh again; 5 seconds by default.</summary>
    public TimeSpan RestartSec { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a silence ssh asks the server for a sign of life, in whole seconds; 15 seconds by default.</summary>
    public TimeSpan ServerAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many of these may stay without an answer before the connection ends; 3 by default.</summary>
    public int ServerAliveCountMax { get; init; } = 3;

    /// <summary>Any other options of ssh, by the names of ssh_config(5). None by default.</summary>
    public Dictionary<string, string> Options { get; init; } = [];

    /// <summary>Whether it starts at boot; true by default, and left alone when null.</summary>
    public bool? Enabled { get; init; } = true;

    /// <summary>Whether it runs now; true by default, and left alone when null.</summary>
    public bool? Running { get; init; } = true;

    /// <summary>Connects again: <c>Notifies = [tunnel.Restart]</c>, for example when a key changed.</summary>
    public Handler Restart => new($"restart {Unit}", $"cfg_systemctl restart {Unit}") { Restarts = Unit };

    /// <inheritdoc/>
    public override string Key => Name;

    string Unit => $"ssh-tunnel-{Name}.service";

    string File => $"/etc/systemd/system/{Unit}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!ValidName().IsMatch(Name))
                yield return $"\"{Text.Excerpt(Name)}\" is not a name for a tunnel: letters, digits, dots, dashes and underscores";
            if (!ValidTarget().IsMatch(Target))
                yield return $"\"{Text.Excerpt(Target)}\" is not a target: write user@host, or a name of ssh's configuration";
            if (!Names.IsUser(User))
                yield return $"\"{Text.Excerpt(User)}\" is not a valid name for a user";
            if (Port is < 1 or > 65535)
                yield return $"{Port} is not a port (1-65535)";
            if (IdentityFile is not null && (!IdentityFile.StartsWith('/') || IdentityFile.Any(char.IsControl)))
                yield return $"its IdentityFile \"{Text.Excerpt(IdentityFile)}\" is not an absolute path";
            if (Local.Count + Remote.Count == 0)
                yield return "it forwards nothing: give it a Local or a Remote port";
            foreach (var problem in ForwardProblems(Local).Concat(ForwardProblems(Remote)).Concat(SshOptions.Problems(Options, Own)))
                yield return problem;
            if (RestartSec < TimeSpan.Zero || RestartSec > TimeSpan.FromDays(1))
                yield return "its RestartSec is between nothing and a day";
            if (ServerAliveInterval <= TimeSpan.Zero || ServerAliveInterval.Ticks % TimeSpan.TicksPerSecond != 0)
                yield return $"its ServerAliveInterval is whole seconds, and not {ServerAliveInterval}";
            if (ServerAliveCountMax < 1)
                yield return "its ServerAliveCountMax is 1 or more";
        }
    }

    /// <summary>The options of ssh that it sets by itself.</summary>
    static readonly string[] Own =
    [
        "BatchMode",
        "ExitOnForwardFailure",
        nameof(ServerAliveInterval),
        nameof(ServerAliveCountMax),
        nameof(IdentityFile),
        nameof(Port),
        "LocalForward",
        "RemoteForward",
    ];

    static IEnumerable<string> ForwardProblems(IReadOnlyList<string> ports)
    {
        foreach (var port in ports.Where(port => Forward.Parse(port) is null))
            yield return $"\"{Text.Excerpt(port)}\" is not a forwarded port: write [bind:]port:host:hostport";
        var all = ports.Select(Forward.Parse).OfType<Forward>().ToList();
        foreach (var twice in all.Where((one, i) => all.Take(i).Any(one.Overlaps)))
            yield return $"it listens on port {twice.Port} twice";
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            .. Names.IsUser(User) ? (Claim[])[Claim.User(User)] : [],
            .. Running is true ? (Claim[])[Claim.Runs(Unit, $"{Unit} runs")] : [],
            .. Running is false ? (Claim[])[Claim.IsStopped(Unit, $"{Unit} does not run")] : [],
            .. Listens(Local, "port here"),
            .. Listens(Remote, $"port of {Target}"),
        ];

    /// <summary>Two tunnels cannot listen on one port.</summary>
    IEnumerable<Claim> Listens(IReadOnlyList<string> ports, string kind) =>
        ports
            .Select(Forward.Parse)
            .OfType<Forward>()
            .DistinctBy(one => one.Port)
            .Select(one => new Claim(
                new(kind, one.Port.ToString(CultureInfo.InvariantCulture)),
                Name,
                $"the tunnel {Name} listens on {kind[.."port".Length]} {one.Port}{kind["port".Length..]}"
            ));

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File), Aspect.Unit(Unit), Aspect.User(User), Aspect.Tool("ssh")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Aspect.Unit(Unit)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The unit file.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode, which is 0644.</param>
    /// <param name="Loaded">Whether systemd has loaded the unit as it is on disk.</param>
    /// <param name="Enabled">Whether it starts at boot.</param>
    /// <param name="Running">Whether it runs now.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Loaded, bool? Enabled, bool? Running)
        : IFileState;

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "root", "root", "0644", true, Enabled, Running);

    Content Wanted =>
        UnitSyntax.Render([
            (
                "Unit",
                new UnitOptions
                {
                    Description = $"ssh tunnel {Name} to {Target}".Replace("%", "%%", StringComparison.Ordinal),
                    Wants = "network-online.target",
                    After = "network-online.target",

                    // It is tried for as long as it takes.
                    StartLimitIntervalSec = TimeSpan.Zero,
                }
            ),
            (
                "Service",
                new ServiceOptions
                {
                    ExecStart = string.Join(' ', Arguments.Select(UnitSyntax.Argument)),
                    Restart = ServiceRestart.Always,
                    RestartSec = RestartSec,
                    User = User,
                }
            ),
            ("Install", new InstallOptions { WantedBy = "multi-user.target" }),
        ]);

    /// <summary>A connection of its own (-S none): one that is shared would end with the process that made it.</summary>
    IEnumerable<string> Arguments =>
        [
            "/usr/bin/ssh",
            "-N",
            "-T",
            "-S",
            "none",
            .. Option("BatchMode", "yes"),
            .. Option("ExitOnForwardFailure", "yes"),
            .. Option("ServerAliveInterval", $"{(long)ServerAliveInterval.TotalSeconds}"),
            .. Option("ServerAliveCountMax", $"{ServerAliveCountMax}"),
            .. Options.OrderBy(option => option.Key, StringComparer.Ordinal).SelectMany(option => Option(option.Key, option.Value)),
            .. IdentityFile is null ? (string[])[] : ["-i", IdentityFile, .. Option("IdentitiesOnly", "yes")],
            .. Port is null ? (string[])[] : ["-p", $"{Port}"],
            .. Local.SelectMany(port => (string[])["-L", port]),
            .. Remote.SelectMany(port => (string[])["-R", port]),
            Target,
        ];

    static string[] Option(string name, string value) => ["-o", $"{name}={value}"];

    Probe<PathState> FileProbe => PathProbe.OfRoot(File, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_tunnel {Unit} {User} || exit\n{FileProbe.Script}", Parse)
        {
            Prelude = FileProbe.Prelude,
            Tools = ["systemctl", "ssh"],
            Needs = output =>
                [
                    .. FileProbe.Needs(Split(output).File),
                    .. Split(output).Unit.Find("user") is "nobody"
                        ? (Need[])[new(Aspect.User(User), $"the user {User} does not exist")]
                        : [],
                ],
        };

    /// <summary>The answer about the unit, and the answer about its file.</summary>
    static (Properties Unit, Output File) Split(Output output) => AnswerHead.Until(output, "file");

    State? Parse(Output output)
    {
        var (said, rest) = Split(output);
        UnitAnswer unit = new(said);
        var (file, running) = (FileProbe.Parse(rest), unit.IsRunning);
        bool? loaded = said["loaded"] switch
        {
            "yes" => true,
            "no" => false,
            var other => throw new UnexpectedOutputException($"expected whether the unit is loaded, got \"{Text.Excerpt(other)}\""),
        };
        return file is null && running is not true
            ? null
            : new(file?.Content, file?.Owner, file?.Group, file?.Mode, loaded, unit.IsEnabledFor(Enabled) ?? Enabled, running);
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Content is null ? Verb.Create : Verb.Update;

    bool Restarts(Diff<State> diff) =>
        Running is true && diff.Actual?.Running is true && (diff.Changes(s => s.Content) || diff.Changes(s => s.Loaded));

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Changes(s => s.Content)
            ? Remote
                .Select(Forward.Parse)
                .OfType<Forward>()
                .Where(one => !one.IsLoopback)
                .Select(one =>
                    $"port {one.Port} of {Target} is reachable only there unless its sshd has GatewayPorts clientspecified (or yes)"
                )
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) => Restarts(diff) ? [new(EffectKind.Restarts, Unit)] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var file = RootFile.Diff(diff.Actual, Wanted, "0644");
        foreach (var operation in file.IsEmpty ? [] : FileWrite.Operations(File, file, UnitCheck.Script(Unit, null)))
            yield return operation.Input is null
                ? operation
                : operation with
                {
                    Title = $"write {File} ({Wanted.Length} bytes), checked by: systemd-analyze verify",
                };

        if (diff.Changes(s => s.Content) || diff.Changes(s => s.Loaded))
            yield return new($"[ ! -d /run/systemd/system ] || systemctl daemon-reload") { Title = "$ systemctl daemon-reload" };
        if (diff.Changes(s => s.Enabled))
            yield return Enabled is true ? Run($"systemctl enable -- {Unit}") : Run($"systemctl disable -- {Unit}");
        if (Restarts(diff))
            yield return Run($"cfg_systemctl restart {Unit}");
        else if (diff.Changes(s => s.Running))
            yield return Running is true ? Run($"cfg_systemctl start {Unit}") : Run($"cfg_systemctl stop {Unit}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^([A-Za-z0-9_.+][A-Za-z0-9_.+-]*@)?([A-Za-z0-9_][A-Za-z0-9_.:%-]{0,254})\z")]
    private static partial Regex ValidTarget();
}
