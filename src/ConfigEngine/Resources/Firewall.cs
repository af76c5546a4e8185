using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A table of nftables with all that is in it, in the kernel now and from the next boot on. Other tables are left alone. nft checks the
/// rules before anything is replaced, and loads them in one step; and the host goes back to the old ones by itself if the new ones cut
/// it off. Use <c>HostFirewall</c> of recipes/lib/network.csx to let in what a host serves.
/// </summary>
/// <remarks>
/// The table is in a file in /etc/nftables.d, which /etc/nftables.conf must include, and <c>nftables.service</c> must be enabled; a plan
/// says so where this is not the case. When the rules change, counters begin again, and what rules have put into sets is lost.
/// </remarks>
/// <theme>network</theme>
/// <example>
/// <code>
/// new Firewall("host")
/// {
///     Rules = """
///         chain input {
///             type filter hook input priority filter; policy drop;
///             ct state established,related accept
///             iif lo accept
///             meta l4proto { 1, 58 } accept comment "ICMP"
///             tcp dport { 22, 443 } accept
///         }
///
///         """,
/// }
/// </code>
/// </example>
/// <param name="Name">The table's name: letters, digits, dashes and underscores, with a letter first.</param>
public sealed partial record Firewall(string Name) : Resource<Firewall.State>
{
    /// <summary>What packets it sees: inet (IPv4 and IPv6), ip, ip6, arp, bridge or netdev; inet by default.</summary>
    public string Family { get; init; } = "inet";

    /// <summary>What is between the braces of the table: its sets and chains, in the language of nft(8).</summary>
    public required Content Rules { get; init; }

    /// <inheritdoc/>
    public override string Key => KeyOf(Family, Name);

    internal static string KeyOf(string family, string name) => $"{family} {name}";

    internal static string FileOf(string family, string name) => $"{Directory}/{family}-{name}.nft";

    internal const string Directory = "/etc/nftables.d";

    string File => FileOf(Family, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The file with the table.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode, which is 0644.</param>
    /// <param name="Loaded">Whether the kernel has the table as the file says.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Loaded) : IFileState
    {
        internal bool IsLive { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. NameProblems(Family, Name),
            .. Rules.IsKnown ? RuleProblems(Rules.Text) : [],
            .. Rules.IsSecret
                ? (string[])["its Rules have a secret in them, which everybody on the host who may list the rules can see"]
                : [],
        ];

    /// <summary>What is wrong with the name of a table.</summary>
    internal static IEnumerable<string> NameProblems(string family, string name)
    {
        if (!ValidName().IsMatch(name))
            yield return $"\"{Text.Excerpt(name)}\" is not a name for a table: letters, digits, dashes and underscores";
        if (family is not ("inet" or "ip" or "ip6" or "arp" or "bridge" or "netdev"))
            yield return $"its Family is inet, ip, ip6, arp, bridge or netdev, and not \"{Text.Excerpt(family)}\"";
    }

    /// <summary>Rules that would end the table would belong to no table of this resource.</summary>
    static IEnumerable<string> RuleProblems(string? rules)
    {
        if (rules is null)
        {
            yield return "its Rules are not text";
            yield break;
        }

        var depth = 0;
        foreach (var brace in Brace().Matches(rules).Select(match => match.Value))
        {
            depth +=
                brace is "{" ? 1
                : brace is "}" ? -1
                : 0;
            if (depth < 0)
            {
                yield return "its Rules have a } too many: they are what is between the braces of the table, without the table itself";
                yield break;
            }
        }

        if (depth > 0)
            yield return "its Rules have a { that is not closed";
        if (rules.Trim().Length == 0)
            yield return $"its Rules are empty; to take the table away, use new NoFirewall";
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("table of nftables", Key), "there", $"there is a table {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [.. Writes, Aspect.Tool("nft"), Aspect.Path("/etc/nftables.conf"), Aspect.Unit("nftables.service")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Aspect.Live("rules") with { Part = Key }];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "root", "root", "0644", true);

    /// <summary>The table is named first, because only what is there can be deleted; all of it is one transaction (nft(8)).</summary>
    Content Wanted =>
        Rules.IsKnown
            ? "# Written by cfg: what is changed here is changed back.\n"
                + $"table {Key}\ndelete table {Key}\ntable {Key} {{\n{(Rules.Text ?? "").TrimEnd('\n')}\n}}\n"
            : Rules;

    Probe<PathState> FileProbe => PathProbe.OfRoot(File, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_firewall {Family} {Name} {new Hint(Wanted.Digest, "-")}", Parse)
        {
            Prelude = FileProbe.Prelude,
            Tools = ["nft"],
            Needs = Needs,
        };

    IEnumerable<Need> Needs(Output output)
    {
        var (said, file) = AnswerHead.Until(output, "file");
        return
        [
            .. FileProbe.Needs(file),
            .. said["included"] is "no"
                ? (Need[])
                    [
                        new(
                            Aspect.Path("/etc/nftables.conf"),
                            $"/etc/nftables.conf does not include {Directory}/*.nft, so that the table " + "would be gone after a boot"
                        )
                        {
                            Always = true,
                            Hint = $"declare new Line(\"/etc/nftables.conf\", \"include \\\"{Directory}/*.nft\\\"\") before this line",
                        },
                    ]
                : [],
            .. said["enabled"] is "no"
                ? (Need[])
                    [
                        new(
                            Aspect.Unit("nftables.service"),
                            "nftables.service is not enabled, so that the table would be gone after a boot"
                        )
                        {
                            Always = true,
                            Hint = "declare new SystemdUnit(\"nftables.service\") { Enabled = true } before this line",
                        },
                    ]
                : [],
        ];
    }

    State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var file = FileProbe.Read(rest);
        bool? loaded = said["loaded"] switch
        {
            "yes" => true,
            "no" or "absent" => false,
            var other => throw new UnexpectedOutputException($"expected whether the table is loaded, got \"{Text.Excerpt(other)}\""),
        };
        return file is null && said["loaded"] is "absent"
            ? null
            : new(file?.Content, file?.Owner, file?.Group, file?.Mode, loaded) { IsLive = said["loaded"] is not "absent" };
    }

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual is { Content: null, IsLive: true }
            ? [new(EffectKind.Discards, $"the table {Key} that the kernel has, and that is in no file of cfg's")]
            : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Content is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var file = RootFile.Diff(diff.Actual, Wanted, "0644");
        foreach (var operation in RootFile.Loaded(File, file, $"cfg_firewall_load {Family} {Name}", "checked and loaded by: nft", Check))
            yield return operation;
        // A load begins all counters again, so it is not done for a mode.
        if (!RootFile.IsWritten(file) && diff.Changes(s => s.Loaded))
            yield return new($"cfg_firewall_load {Family} {Name}") { Title = $"$ nft -f {File}" };
    }

    /// <summary>First by itself, then as a part of all that is loaded at boot.</summary>
    Shell Check => $"nft -c -f \"$cfg_new\" && {Checks.OfFile(File) ?? $"true"}";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,63}\z")]
    private static partial Regex ValidName();

    /// <summary>Braces, and what may have some in it that do not count: texts and comments.</summary>
    [GeneratedRegex("""[{}]|"[^"\n]*"|\#[^\n]*""")]
    private static partial Regex Brace();
}
