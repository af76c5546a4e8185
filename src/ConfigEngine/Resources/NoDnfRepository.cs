namespace ConfigEngine.Resources;

/// <summary>
/// A repository that dnf does not have: its .repo in /etc/yum.repos.d and its key in /etc/pki/rpm-gpg are removed. Installed
/// packages from it stay, and rpm keeps the keys that it has imported.
/// </summary>
/// <example><code>new NoDnfRepository("example")</code></example>
/// <param name="Name">The name of the files, as <see cref="DnfRepository"/> has them.</param>
public sealed record NoDnfRepository(string Name) : Resource<NoDnfRepository.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    IReadOnlyList<string> Paths => [$"/etc/yum.repos.d/{Name}.repo", $"/etc/pki/rpm-gpg/RPM-GPG-KEY-{Name}"];

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
