namespace ConfigEngine.Resources;

/// <summary>
/// A reboot. It is complete when a new connection shows another boot id. The same run continues after it, with new facts. To reboot
/// when something changed, notify <see cref="Now"/>.
/// </summary>
/// <theme>system</theme>
/// <example><code>new Reboot { When = RebootWhen.Needed, Options = new() { Message = "new kernel; back in a minute" } }</code></example>
public sealed record Reboot : Resource<Reboot.State>
{
    /// <summary>Reboots at the end of the block if a resource that notifies it changed: <c>Notifies = [Reboot.Now]</c>.</summary>
    public static Handler Now { get; } = new("reboot", $"systemctl reboot") { Reboots = new() };

    /// <summary>The condition for a reboot; by default only if the host needs one.</summary>
    public RebootWhen When { get; init; } = RebootWhen.Needed;

    /// <summary>How the host is rebooted, and how cfg waits for it.</summary>
    public RebootOptions Options { get; init; } = new();

    /// <summary>
    /// Distinguishes several reboots of one host. A single reboot needs no name: when null, the condition is the key.
    /// </summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string Key => Name ?? (When is RebootWhen.Always ? "always" : "when needed");

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Options.Delay < TimeSpan.Zero ? (string[])["Delay is negative"] : [],
            .. Options.Timeout <= TimeSpan.Zero ? (string[])["Timeout must be more than 0"] : [],
            .. Options.Poll <= TimeSpan.Zero ? (string[])["Poll must be more than 0"] : [],
            .. Options.Stable >= Options.Timeout ? (string[])["Stable must be less than Timeout"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<string> How => Options.How;

    /// <summary>Packages install kernels and libraries, and can request a reboot.</summary>
    protected internal override IEnumerable<Aspect> Reads =>
        [new(Kind, Key), Aspect.Package("*"), Aspect.Under("/boot"), Aspect.Under("/lib/modules"), Aspect.Path("/run/reboot-required")];

    /// <summary>A reboot resets all of the live state.</summary>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Anything];

    internal override bool IsVerified => When is RebootWhen.Needed;

    internal override bool IsRepeated => When is RebootWhen.Always;

    /// <summary>What a plan compares.</summary>
    /// <param name="AsksFor">The reasons why the host needs a reboot; empty when it needs none.</param>
    /// <param name="Done">Whether it was rebooted.</param>
    public sealed record State(IReadOnlyList<string>? AsksFor, bool? Done);

    /// <inheritdoc/>
    protected override State Desired => When is RebootWhen.Always ? new(null, true) : new([], null);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        When is RebootWhen.Always
            ? new($":", _ => new(null, false))
            : new(Shell.Verbatim(RebootNeed.Script), output => new(RebootNeed.Read(output), null));

    /// <inheritdoc/>
    internal override IEnumerable<Effect> StandingEffects =>
        [
            new(EffectKind.Reboots, "host")
            {
                Detail =
                    $"reboots the host, which cuts every connection to it; the run goes on when it is up again, within "
                    + $"{Options.Timeout.TotalSeconds:0} s",
            },
        ];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Run;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        [
            .. When is RebootWhen.Always
                ? (string[])["it reboots at every apply; leave When alone to have it only when the host asks for it"]
                : [],
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            new(Options.Script)
            {
                Title = $"reboot{(Options.Delay > TimeSpan.FromSeconds(1) ? $" after {Options.Delay.TotalSeconds:0} s" : "")}",
                Reboots = Options,
            },
        ];
}

/// <summary>When a host is rebooted.</summary>
public enum RebootWhen
{
    /// <summary>
    /// When the host needs it: there is a reboot-required file, an installed kernel is newer than the running one, or libraries of
    /// the host's first process were replaced.
    /// </summary>
    Needed,

    /// <summary>At every apply.</summary>
    Always,
}
