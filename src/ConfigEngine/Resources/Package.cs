namespace ConfigEngine.Resources;

/// <summary>
/// A package of the host's package manager. Neighbouring ones are installed and removed in one transaction; what else that would
/// install, change or remove is in the plan. Recommended packages are not installed, edited configuration files are kept.
/// </summary>
/// <example><code>new Package("nginx")</code></example>
/// <param name="Name">The package's name; one of another architecture with that behind it, as in <c>libc6:i386</c>.</param>
public sealed record Package(string Name) : Resource<Package.State>
{
    /// <summary>
    /// Any version (<see cref="PackageVersion.Any"/>, the default), an exact one as text, the newest in the index
    /// (<see cref="PackageVersion.Latest"/>) or none (<see cref="PackageVersion.None"/>: removed, its configuration kept).
    /// </summary>
    public PackageVersion Version { get; init; } = PackageVersion.Any;

    /// <summary>Kept at its version by the package manager (apt-mark(8), hold); left alone when null.</summary>
    public bool? Held { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
    [
        .. Names.IsPackage(Name) ? (string[])[] : [$"\"{Name}\" cannot be the name of a package"],
        .. Apt.IsVersion(Version) ? (string[])[] : [$"\"{Version}\" cannot be a version"],
        .. Version == PackageVersion.None && Held is true ? (string[])["a package that is not installed cannot be held"] : [],
    ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [new(Kind, Name), new(PackageIndex.Aspect, "*")];

    /// <summary>What its files and scripts may alter: by Debian Policy and the FHS not /srv, /home, /root and /usr/local.</summary>
    protected internal override IEnumerable<Aspect> Writes =>
    [
        new(Kind, "*"), Aspect.Unit("*"), Aspect.User("*"), Aspect.Group("*"), Aspect.Tool("*"),
        .. ((string[])["/etc", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/usr/include", "/var", "/lib", "/bin", "/sbin", "/boot", "/opt"]).Select(Aspect.Under),
    ];

    /// <summary>What a plan compares.</summary>
    /// <param name="Version">The installed version.</param>
    /// <param name="Held">Kept at its version.</param>
    public sealed record State(PackageVersion? Version, bool? Held)
    {
        internal PackageVersion? Candidate { get; init; }

        /// <summary>The version of one that is unpacked and not configured.</summary>
        internal string? Unfinished { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(Version, Held);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new(Apt.Probe(Name, withCandidate: Version == PackageVersion.Latest), output => Apt.Parse(Name, output)) { Prelude = Apt.Native, Tools = ["dpkg-query"] };

    /// <inheritdoc/>
    protected override State Towards(State? actual)
    {
        var installed = actual?.Version;
        if (Version == PackageVersion.Any && actual?.Unfinished is { } unfinished)
            return new(unfinished, Held);
        if (Version == PackageVersion.Any)
            return new(installed is null || installed == PackageVersion.None ? PackageVersion.Unknown : installed, Held);
        if (Version == PackageVersion.Latest)
            return new(actual?.Candidate ?? PackageVersion.Unknown, Held);
        return Desired;
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) =>
        Version == PackageVersion.None ? Verb.Remove : diff.Actual?.Version == PackageVersion.None ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Version))
        {
            var item = Version == PackageVersion.None ? $"{Name}-" : diff.Desired.Version is { IsKnown: true } exact ? $"{Name}={exact}" : Name;
            var held = Version != PackageVersion.None && (Held ?? diff.Actual?.Held is true);
            yield return Apt.Transaction(held ? $"{item}|hold" : item);
        }
        else if (diff.Changes(s => s.Held))
        {
            yield return Apt.Hold(Name, Held is true);
        }
    }
}
