namespace ConfigEngine.Resources;

/// <summary>A repository that a package manager does not have: its files are removed.</summary>
/// <param name="Name">The name of the files, without their suffix.</param>
public abstract record AbsentRepository(string Name) : Resource<AbsentRepository.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    /// <summary>All files that such a repository can have.</summary>
    private protected abstract IReadOnlyList<string> Paths { get; }

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
