namespace ConfigEngine.Resources;

/// <summary>No such table of nftables: neither in the kernel nor in /etc/nftables.d. Other tables are left alone.</summary>
/// <theme>network</theme>
/// <example><code>new NoFirewall("host")</code></example>
/// <param name="Name">The table's name.</param>
public sealed record NoFirewall(string Name) : Resource<NoFirewall.State>
{
    /// <summary>Its family: inet, ip, ip6, arp, bridge or netdev; inet by default.</summary>
    public string Family { get; init; } = "inet";

    /// <inheritdoc/>
    public override string Key => Firewall.KeyOf(Family, Name);

    string File => Firewall.FileOf(Family, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="File">The type of its file: <c>nothing</c>, or the name that stat(1) gives it.</param>
    /// <param name="Loaded">Whether the kernel has the table.</param>
    public sealed record State(string? File, bool? Loaded);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => Firewall.NameProblems(Family, Name);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [Claim.NoPath(File), new(new("table of nftables", Key), "gone", $"there is no table {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => Writes;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Aspect.Live("rules") with { Part = Key }];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override State Desired => new("nothing", false);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_no_firewall {Family} {Name}", Parse)
        {
            Needs = output => PathProbe.Denials(File, AnswerHead.Until(output, "file").Remainder),
        };

    static State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var (type, isLive) = (PathProbe.TypeAt(rest), said["live"] is "yes");
        return type is "absent" && !isLive ? null : new(type is "absent" ? "nothing" : type, isLive);
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates || diff.Changes(s => s.File))
            yield return new($"{Checks.BeforeRemoval([File])}cfg_remove {PathProbe.Parent(File)} {File[(File.LastIndexOf('/') + 1)..]}")
            {
                TellsFirstWrite = true,
                Title = $"remove {File}, checked by: nft",
            };
        if (diff.Creates || diff.Changes(s => s.Loaded))
            yield return new($"cfg_firewall_gone {Family} {Name}") { Title = $"$ nft delete table {Family} {Name}" };
    }
}
