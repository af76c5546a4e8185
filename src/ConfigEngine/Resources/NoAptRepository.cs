namespace ConfigEngine.Resources;

/// <summary>
/// A repository that apt does not have: its .sources or .list in /etc/apt/sources.list.d and its keys in /etc/apt/keyrings are
/// removed. Installed packages from it stay.
/// </summary>
/// <example><code>new NoAptRepository("example")</code></example>
/// <param name="Name">The name of the files, without their suffix.</param>
public sealed record NoAptRepository(string Name) : Resource<NoAptRepository.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    IReadOnlyList<string> Paths =>
        [
            $"/etc/apt/sources.list.d/{Name}.sources",
            $"/etc/apt/sources.list.d/{Name}.list",
            $"/etc/apt/keyrings/{Name}.asc",
            $"/etc/apt/keyrings/{Name}.gpg",
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Name.Contains('/', StringComparison.Ordinal) ? [$"\"{Name}\" is a path; give the name of the file alone"] : [];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => Paths.Select(Aspect.Path);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [.. Paths.Select(Aspect.Path), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => Paths.Select(Aspect.Path);

    /// <summary>What a plan compares.</summary>
    /// <param name="Files">The files that exist.</param>
    public sealed record State(IReadOnlyList<string>? Files);

    /// <inheritdoc/>
    protected override State Desired => new((IReadOnlyList<string>)[]);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new($"cfg_there {Paths}", output => new(output.Lines));

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"rm -f -- {diff.Actual?.Files ?? []}")];
}
