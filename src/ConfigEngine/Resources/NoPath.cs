namespace ConfigEngine.Resources;

/// <summary>
/// Nothing at a path: what is there is removed, a directory with all that is in it, unless something is mounted there or below it. What a
/// configuration needs stays, too; see <see cref="File.Validate"/> for which are checked. What other resources keep in a file of its own
/// goes this way as well: a job of cron, rules of sudo, a unit.
/// </summary>
/// <example><code>new NoPath("/etc/cron.d/old-job")</code></example>
/// <param name="Path">An absolute path. A symbolic link is removed itself, never what it points to.</param>
public record NoPath(string Path) : Resource<NoPath.State>
{
    /// <summary>Paths that are the system itself.</summary>
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
    /// <param name="Type">What is there: <c>nothing</c>, or what stat(1) calls it.</param>
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
            // What keeps it from being removed may be taken away by an earlier change.
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
