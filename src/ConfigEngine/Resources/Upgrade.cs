namespace ConfigEngine.Resources;

/// <summary>
/// All packages in their newest versions, or all with a fix of security: what <c>apt-get dist-upgrade</c>, <c>dnf upgrade</c> or <c>apk
/// upgrade</c> does, by the index as it is (see <see cref="PackageIndex"/>). The plan lists each package with its versions. A package is
/// removed only if <see cref="Removes"/> names it, and held packages stay. A <see cref="Reboot"/> after it is made if the host needs one
/// then.
/// </summary>
/// <theme>packages</theme>
/// <example><code>new Upgrade { Which = UpgradeKind.Security }</code></example>
public sealed record Upgrade : Resource<Upgrade.State>
{
    /// <summary>Which packages; all of them by default.</summary>
    public UpgradeKind Which { get; init; } = UpgradeKind.All;

    /// <summary>The packages that may be removed by it. None by default: an upgrade that removes another one is an error.</summary>
    public IReadOnlyList<string> Removes { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => IsForSecurity ? "security" : "all packages";

    bool IsForSecurity => Which is UpgradeKind.Security;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Removes.Where(name => !Names.IsPackage(name)).Select(name => $"\"{Text.Excerpt(name)}\" is not a valid name for a package");

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Package("*"), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => PackageTool.Writes;

    /// <summary>What a plan compares.</summary>
    /// <param name="UpToDate">Whether nothing is to be upgraded.</param>
    public sealed record State(bool? UpToDate)
    {
        internal PackageTool Tool { get; init; } = PackageTool.Usual;

        internal Simulated Does { get; init; } = new() { Unpacked = [], Removed = [] };

        /// <summary>The packages with their new versions, where the package manager is told each.</summary>
        internal IReadOnlyList<string> Items { get; init; } = [];
    }

    /// <inheritdoc/>
    protected override State Desired => new(true);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_upgrade {(IsForSecurity ? "security" : "")}", Parse)
        {
            Prelude = PackageTool.Prelude,
            AnyTool = PackageTool.Commands,
            Needs = Needs,
        };

    static State Parse(Output output)
    {
        var tool = PackageTool.Of(output);
        var does = tool.Upgraded(output);
        return new(does.Unpacked.Count + does.Removed.Count == 0)
        {
            Tool = tool,
            Does = does,
            Items = [.. output.Lines.Where(line => line.StartsWith("item|", StringComparison.Ordinal)).Select(line => line[5..])],
        };
    }

    IEnumerable<Need> Needs(Output output)
    {
        var state = Parse(output);
        if (state.Does.CannotSecurity is { } problem)
            yield return new(new("nothing", Key), problem) { Always = true, Hint = "leave Which out, to upgrade all packages" };
        string[] more = [.. state.Does.Removed.Where(name => !Removes.Contains(PackageItem.Bare(name)) && !Removes.Contains(name))];
        if (more.Length > 0)
            yield return new(new("nothing", Key), $"it would remove {Text.List(more)}")
            {
                Hint =
                    $"name what may go: Removes = [{string.Join(", ", more.Select(name => $"\"{name}\""))}]; or hold what asks for that",
            };
    }

    /// <summary>A line for each package.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        diff.Actual is { } actual
            ?
            [
                .. Upgraded(actual)
                    .OrderBy(one => one.Name, StringComparer.Ordinal)
                    .Select(one => new AttributeChange(one.Name, one.Old, one.New)),
            ]
            : diff.Attributes;

    static IEnumerable<PackageNow> Upgraded(State actual) => actual.Does.Unpacked.Where(one => one.Old.Length > 0);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual is not { Does: { } does }
            ? []
            :
            [
                .. does.Removed.Select(name => new Effect(EffectKind.Removes, name) { IsNamed = true }),
                .. does
                    .Unpacked.Where(one => one.Old.Length == 0)
                    .Select(one => new Effect(EffectKind.Installs, one.Name) { Detail = one.New }),
                .. does
                    .Removed.Where(name => Risk.Packages.Contains(PackageItem.Bare(name)))
                    .Select(name => new Effect(EffectKind.MayCutConnection, Address)
                    {
                        Detail = $"removes {name}, which people may log in by: a removed package is not put back",
                    }),
            ];

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (diff.Actual is not { } actual)
            yield break;
        if (actual.Does.IsInterrupted)
            yield return "dpkg was interrupted here: all that it left half done is configured first";
        if (actual.Does.KeptBack is [_, ..] kept)
            yield return $"kept back, because they are held or need what cannot be had: {Text.List(kept, 10)}";
        if (actual.Does.Unpacked.Any(one => IsKernel(one.Name)))
            yield return "a new kernel runs after a reboot: declare a Reboot after this line";
    }

    static bool IsKernel(string name) =>
        name.StartsWith("linux-image-", StringComparison.Ordinal) || name is "kernel" or "kernel-core" or "linux-lts" or "linux-virt";

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        diff.Actual is { } actual
            ? [actual.Tool.Upgrade(actual.Does, IsForSecurity ? actual.Items : null)]
            : [PackageTool.Usual.Upgrade(new() { Unpacked = [], Removed = [] }, IsForSecurity ? [] : null)];
}

/// <summary>Which packages are upgraded.</summary>
public enum UpgradeKind
{
    /// <summary>All packages with a newer version.</summary>
    All,

    /// <summary>
    /// Those with a newer version from an archive for security (apt), or with an advisory about security (dnf). apk does not tell these
    /// apart.
    /// </summary>
    Security,
}
