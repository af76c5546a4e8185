namespace ConfigEngine.Resources;

/// <summary>
/// A package of the host's package manager, which is apt, dnf or apk. Adjacent packages are installed and removed in one
/// transaction; the plan shows the other packages that it would install, change or remove. Edited configuration files are kept. A
/// virtual package counts as installed when a package that provides it is installed.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new Package("nginx")</code></example>
/// <param name="Name">
/// The package's name. For another architecture, add it: <c>libc6:i386</c>, or with rpm <c>glibc.i686</c>.
/// </param>
public sealed record Package(string Name) : Resource<Package.State>, IDeclaration
{
    /// <summary>
    /// Any version (<see cref="PackageVersion.Any"/>, the default), an exact one as text, or the newest in the index (<see
    /// cref="PackageVersion.Latest"/>). To remove a package, use <see cref="NoPackage"/>.
    /// </summary>
    public PackageVersion Version { get; init; } = PackageVersion.Any;

    /// <summary>
    /// Whether the package manager keeps the package at its version: apt-mark(8), hold; dnf-versionlock(8), where dnf has that
    /// plugin; for apk, a version in /etc/apk/world. Left alone when null.
    /// </summary>
    public bool? Held { get; init; }

    /// <summary>
    /// Whether the packages that it recommends come with it when it is installed or gets another version: Recommends of apt, weak
    /// dependencies of dnf; apk has none. False by default. A package that is installed already stays as it is. Adjacent packages with
    /// and without are two transactions.
    /// </summary>
    public bool Recommends { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    /// <summary>Whether the declaration uses the old way to say that the package is not installed.</summary>
    bool IsOld => Version == PackageVersion.NotInstalled;

    IEnumerable<Resource> IDeclaration.Resources => IsOld && Held is not true ? [NoPackage.InPlaceOf(this)] : [this];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsPackage(Name) ? (string[])[] : [$"\"{Name}\" is not a valid name for a package"],
            .. VersionProblem is { } problem ? (string[])[problem] : [],
            .. IsOld && Held is true ? (string[])["a package that is not installed cannot be held"] : [],
        ];

    /// <summary>Rejects words that other tools use for a state of a package; they would be read as a version.</summary>
    string? VersionProblem =>
        Version.IsWord
            ? null
            : Version.ToString() switch
            {
                "latest" or "newest" => $"\"{Version}\" is not a version; write PackageVersion.Latest",
                "absent" or "removed" or "purged" or "uninstalled" or "none" =>
                    $"\"{Version}\" is not a version; a package that should not be there is new NoPackage(\"{Name}\")",
                "present" or "installed" or "any" => $"\"{Version}\" is not a version; leave it out to accept any version",
                _ => PackageTool.IsVersion(Version) ? null : $"\"{Version}\" is not a valid version",
            };

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Package(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Package(Name), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => PackageTool.Writes;

    /// <summary>What a plan compares.</summary>
    /// <param name="Version">The installed version.</param>
    /// <param name="Held">Whether it is kept at its version.</param>
    public sealed record State(Known<PackageVersion>? Version, bool? Held)
    {
        /// <summary>The package manager that answered.</summary>
        internal PackageTool Tool { get; init; } = PackageTool.Usual;

        /// <summary>An installed package.</summary>
        internal static State Installed(string version, bool? held) => new((PackageVersion)version, held);

        /// <summary>Whether it is installed, in whichever version.</summary>
        internal bool IsInstalled => Version is { } version && (!version.IsKnown || version.Value != PackageVersion.NotInstalled);

        internal PackageVersion? Candidate { get; init; }

        /// <summary>The version of a package that is unpacked and not configured.</summary>
        internal string? Unfinished { get; init; }

        /// <summary>Whether only triggers are unfinished, which dpkg runs and apt does not.</summary>
        internal bool HasTriggers { get; init; }

        /// <summary>Whether dpkg itself was interrupted; apt then refuses to do anything.</summary>
        internal bool Interrupted { get; init; }

        /// <summary>Whether a transaction ended, for example by a power cut, before it held the package again.</summary>
        internal bool HoldOwed { get; init; }

        /// <summary>Why the host cannot keep a package at its version; null where it can.</summary>
        internal string? CannotHold { get; init; }

        /// <summary>The installed packages that provide this virtual package; none for any other package.</summary>
        internal IReadOnlyList<string> Providers { get; init; } = [];
    }

    /// <inheritdoc/>
    protected override State Desired => new(Version, Held);

    /// <inheritdoc/>
    protected override Probe<State> Probe => PackageTool.Probe(Name, Version, Needs);

    IEnumerable<Need> Needs(State actual)
    {
        if (Version != PackageVersion.Any)
        {
            foreach (var need in PackageTool.NeedsOwn(Name, actual, provider => $"declare new Package(\"{provider}\") with that Version"))
                yield return need;
        }

        if (Held is true && actual is { CannotHold: { } problem })
            yield return new(Aspect.Package("*"), problem)
            {
                Hint = "declare the Package that has it before this line, or leave Held alone",
            };
        if (Version == PackageVersion.Latest && actual is { Candidate: null, IsInstalled: false })
            yield return new(new(PackageIndex.Aspect, "*"), $"{actual.Tool.Name}'s index has no version of {Name}")
            {
                Hint = $"{actual.Tool.WayToIndex}; for a virtual package, declare one that provides it",
            };
    }

    /// <inheritdoc/>
    protected override State Towards(State? actual)
    {
        var held = Held ?? (actual is { HoldOwed: true } ? true : null);
        if (Version == PackageVersion.Any)
            return new(
                actual?.Unfinished is { } unfinished ? (PackageVersion)unfinished
                    : actual is { IsInstalled: true } ? actual.Version
                    : Known<PackageVersion>.AfterApply,
                held
            );
        return new(
            Version == PackageVersion.Latest ? actual?.Candidate ?? Known<PackageVersion>.AfterApply
                : actual?.Version is { } there && actual.Tool.Is(Version.ToString(), there.ToString()) ? there
                : Version,
            held
        );
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual is { IsInstalled: false } ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        foreach (var note in diff.Changes(s => s.Version) ? PackageTool.NotesOf(diff.Actual) : [])
            yield return note;
        if (diff.Actual is { HoldOwed: true } && Held is null && diff.Changes(s => s.Held))
            yield return "it was held, and an earlier transaction ended before it was held again";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var tool = diff.Actual?.Tool ?? PackageTool.Usual;
        if (diff.Changes(s => s.Version))
        {
            var item = diff.Desired.Version is { IsKnown: true } exact ? $"{Name}={exact}" : Name;
            var held = diff.Desired.Held ?? diff.Actual?.Held is true;
            yield return tool.Transaction(
                item
                    + (
                        held ? "|hold"
                        : Held is false ? "|let"
                        : ""
                    )
                    + (Recommends ? $"|{PackageItem.Recommends}" : "")
                    + PackageTool.First(diff.Actual)
            );
        }
        else if (diff.Changes(s => s.Held))
        {
            IReadOnlyList<string> names = diff.Actual is { Providers: [_, ..] providers } ? providers : [Name];
            yield return diff.Desired.Held is true ? tool.Hold(names) : tool.Unhold(names);
        }
    }
}
