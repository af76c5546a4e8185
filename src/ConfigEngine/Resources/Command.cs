namespace ConfigEngine.Resources;

/// <summary>
/// A command, for anything that no other resource does. With a guard it runs only when it is needed. Without one it runs at every
/// apply, and every plan says so.
/// </summary>
/// <theme>commands</theme>
/// <example><code>new Command($"initdb -D /srv/db") { Creates = "/srv/db/PG_VERSION", As = "postgres" }</code></example>
/// <param name="Script">What to run: shell, with interpolated values quoted.</param>
public sealed record Command(Shell Script) : Resource<Command.State>
{
    /// <summary>
    /// A path that exists after the command has run. While it exists, the command does not run. No path is checked when null.
    /// </summary>
    public string? Creates { get; init; }

    /// <summary>A read-only command that succeeds when there is nothing to do; no such command is run when null.</summary>
    public Shell? Unless { get; init; }

    /// <summary>A read-only command that must succeed, or the command does not run; no such command is run when null.</summary>
    public Shell? OnlyIf { get; init; }

    /// <summary>
    /// The standard input of the command, such as a secret, which must not be in the command itself; empty when null.
    /// </summary>
    /// <example><code>Input = $"alter role app password '{password}';\n"</code></example>
    public Content? Input { get; init; }

    /// <summary>
    /// The paths that the command may write. When null it may write anything, and the plan can only predict what follows it.
    /// </summary>
    public IReadOnlyList<string>? Touches { get; init; }

    /// <summary>
    /// The command must not be interrupted; a migration is an example. The host finishes it even when the connection is lost. Any
    /// other command then has ten seconds to finish, and is then ended.
    /// </summary>
    public bool Uncut { get; init; }

    /// <inheritdoc/>
    public override string Key => Script.Text;

    bool IsGuarded => Creates is not null || Unless is not null || OnlyIf is not null;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Creates is null ? [] : PathProbe.Problems(Creates),
            .. Creates is not null && Creates.AsSpan().IndexOfAny('*', '?', '[') >= 0
                ? (string[])
                    [$"Creates = \"{Creates}\" is one path as it is, and not a pattern: use Unless = $\"ls {Creates}\" for any of several"]
                : [],
            .. (Touches ?? []).SelectMany(PathProbe.Problems),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Anybody;

    /// <inheritdoc/>
    internal override IEnumerable<string> How => Uncut ? ["finished on the host even if the connection is lost"] : [];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            new(Kind, Key),
            .. Creates is null ? (Aspect[])[] : [Aspect.Path(Creates)],
            .. Unless is null && OnlyIf is null ? (Aspect[])[] : [Aspect.Anything],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        Touches is null ? [Aspect.Anything] : [new(Kind, Key), .. Touches.Select(Aspect.Under), .. Touches.Select(Aspect.AccessUnder)];

    internal override bool IsVerified => Creates is not null || Unless is not null;

    internal override bool IsRepeated => !IsGuarded;

    /// <summary>What a plan compares.</summary>
    /// <param name="Done">Whether there is nothing to do.</param>
    public sealed record State(bool? Done);

    /// <inheritdoc/>
    protected override State Desired => new(true);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            IsGuarded ? (Shell)$"cfg_guard {Creates ?? ""} {Unless?.Text ?? ""} {OnlyIf?.Text ?? ""}" : $"echo done=false",
            output => new(output.Properties["done"] is "true")
        );

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Run;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        IsGuarded
            ? Creates is null
                ? []
                : [$"{Creates} does not exist"]
            : ["no guard: runs at every apply; add Creates, Unless or OnlyIf"];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [Run(Script) with { Uncut = Uncut, Input = Input, Title = Input is null ? null : $"$ {Script.Text}\n< {ValueText.Short(Input)}" }];
}
