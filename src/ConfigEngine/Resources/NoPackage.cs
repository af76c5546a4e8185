namespace ConfigEngine.Resources;

/// <summary>
/// A package that is not installed. Adjacent lines with <see cref="Package"/> and this are one transaction; the plan shows which
/// other packages are removed with it. The package manager decides which edited files stay: with apt, all configuration files.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new NoPackage("telnetd")</code></example>
/// <param name="Name">The package's name, as for <see cref="Package"/>.</param>
public sealed record NoPackage(string Name) : Resource<Package.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Names.IsPackage(Name) ? [] : [$"\"{Name}\" is not a valid name for a package"];

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

    /// <summary>The equivalent of a <see cref="Package"/> that uses the old way to say that it is not installed.</summary>
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
