namespace ConfigEngine.Resources;

/// <summary>
/// No such package. Neighbouring ones, and those that are installed (<see cref="Package"/>), are one transaction; what goes with it is in
/// the plan. Files that were edited stay as far as the package manager keeps them: all of its configuration with apt.
/// </summary>
/// <example><code>new NoPackage("telnetd")</code></example>
/// <param name="Name">The package's name, as for <see cref="Package"/>.</param>
public sealed record NoPackage(string Name) : Resource<Package.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Names.IsPackage(Name) ? [] : [$"\"{Name}\" cannot be the name of a package"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoPackage(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Package(Name), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => PackageTool.Writes;

    /// <inheritdoc/>
    protected override Package.State Desired => new(PackageVersion.NotInstalled, null);

    /// <inheritdoc/>
    protected override Probe<Package.State> Probe =>
        PackageTool.Probe(
            Name,
            PackageVersion.NotInstalled,
            actual => PackageTool.NeedsOwn(Name, actual, provider => $"declare new NoPackage(\"{provider}\")")
        );

    /// <summary>What a package stands for that says in the old way that it should not be there.</summary>
    internal static NoPackage InPlaceOf(Package old) =>
        new(old.Name)
        {
            Notifies = old.Notifies,
            As = old.As,
            Deadline = old.Deadline,
            Retries = old.Retries,
            RetryDelay = old.RetryDelay,
            Until = old.Until,
            MayCutConnection = old.MayCutConnection,
            Source = old.Source,
            DeclaredIf = old.DeclaredIf,
        };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<Package.State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<Package.State> diff) => PackageTool.NotesOf(diff.Actual);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<Package.State> diff) =>
        [(diff.Actual?.Tool ?? PackageTool.Usual).Transaction($"{Name}-{PackageTool.First(diff.Actual)}")];
}
