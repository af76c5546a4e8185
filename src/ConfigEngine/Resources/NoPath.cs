namespace ConfigEngine.Resources;

/// <summary>
/// Nothing at a path. A file there is removed, and so is a directory with everything in it, unless something is mounted there or
/// below. A file that a configuration still needs is not removed; see <see cref="File.Validate"/> for the configurations that are
/// checked. Use this also to remove what other resources write as one file: a cron job, sudo rules, a unit.
/// </summary>
/// <theme>files</theme>
/// <example><code>new NoPath("/etc/cron.d/old-job")</code></example>
/// <param name="Path">An absolute path. A symbolic link is itself removed; its target never is.</param>
public record NoPath(string Path) : Resource<NoPath.State>
{
    /// <summary>Paths that belong to the system itself and are never removed.</summary>
    internal static readonly string[] Kept =
    [
        "/",
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/home",
        "/lib",
        "/lib64",
        "/opt",
        "/proc",
        "/root",
        "/run",
        "/sbin",
        "/srv",
        "/sys",
        "/tmp",
        "/usr",
        "/var",
    ];

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [.. PathProbe.Problems(Path), .. Kept.Contains(Path) ? (string[])[$"{Path} is part of the system and is never removed"] : []];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoPath(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Under(Path), Aspect.AccessUnder(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Under(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Type">The type of the file there: <c>nothing</c>, or the name that stat(1) gives it.</param>
    public sealed record State(string? Type)
    {
        internal string? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new("nothing");

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Snippet, Parse)
        {
            // An earlier change may remove the reason why it cannot be removed.
            Expecting = state => (Snippet, state is null ? null : KnownAnswer.Answer(state, state.Answer, Parse)),
            Needs = output => PathProbe.Denials(Path, output),
        };

    Shell Snippet => $"cfg_path {Path} - 0 '' '' goes";

    static State Parse(Output output) =>
        new(PathProbe.TypeAt(output) is var type && type is "absent" ? "nothing" : type) { Answer = PathProbe.Complete(output) };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        [
            .. diff.Attributes.Select(attribute =>
                attribute.Before is "directory" ? attribute with { Before = "directory and all that is in it" } : attribute
            ),
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual?.Type is "directory" ? [new(EffectKind.Discards, $"all that is in {Path}") { InAttributes = true }] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        yield return new($"{Checks.BeforeRemoval([Path])}cfg_remove {PathProbe.Parent(Path)} {Path[(Path.LastIndexOf('/') + 1)..]}")
        {
            TellsFirstWrite = true,
            Title = $"remove {Text.Excerpt(Path)}{(diff.Actual?.Type is "directory" ? " with all that is in it" : "")}",
        };
    }
}
