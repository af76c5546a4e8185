namespace ConfigEngine.Resources;

/// <summary>
/// A rule of ufw(8), on a host that has it: what becomes of packets to a port. Rules are tried in order, and a new one comes after those
/// that are there. For a host without ufw there is <see cref="Firewall"/>. Like all of the network, it is put back where it cuts the host
/// off.
/// </summary>
/// <remarks>A rule counts once ufw is enabled; <c>Ufw</c> of recipes/lib/network.csx does that after its rules.</remarks>
/// <theme>network</theme>
/// <example><code>new FirewallRule("5432/tcp") { From = "10.0.0.0/24" }</code></example>
/// <param name="Port">
/// The port that packets go to: <c>22/tcp</c>; <c>53</c> for both protocols; <c>80,443/tcp</c>; <c>6000:6007/udp</c>; or <c>any</c>.
/// </param>
public sealed record FirewallRule(string Port) : Resource<FirewallRule.State>
{
    /// <summary>
    /// The network or address that they come from, or go to where <see cref="Direction"/> is out; any by default, IPv4 and IPv6.
    /// </summary>
    public string From { get; init; } = "any";

    /// <summary>What becomes of them: allow, deny, reject or limit; allow by default.</summary>
    public string Action { get; init; } = "allow";

    /// <summary>The interface; all of them when null.</summary>
    public string? Interface { get; init; }

    /// <summary>Whether it is for packets that come in or go out: in or out; in by default.</summary>
    public string Direction { get; init; } = "in";

    /// <summary>A comment for people; left alone when null.</summary>
    public string? Comment { get; init; }

    UfwRule Rule => new(Port, From, Interface, Direction);

    /// <inheritdoc/>
    public override string Key => Rule.Key;

    /// <summary>What a plan compares.</summary>
    /// <param name="Action">What becomes of the packets.</param>
    /// <param name="Comment">The comment; empty without one.</param>
    public sealed record State(string? Action, string? Comment)
    {
        internal bool IsEnabled { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Rule.Problems,
            .. Action is "allow" or "deny" or "reject" or "limit"
                ? (string[])[]
                : [$"its Action is allow, deny, reject or limit, and not \"{Text.Excerpt(Action)}\""],
            .. Comment is not null && Comment.Any(c => char.IsControl(c) || c is '\'')
                ? (string[])["its Comment has an apostrophe in it, which ufw refuses, or is more than one line"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("rule of ufw", Key), "there", $"ufw has a rule for {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. Written(Key), Aspect.Tool("ufw")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => Written(Key);

    internal static IEnumerable<Aspect> Written(string key) =>
        ((Aspect[])[Aspect.Live("rules"), Aspect.Path("/etc/ufw/user.rules"), Aspect.Path("/etc/ufw/user6.rules")]).Select(aspect =>
            aspect with
            {
                Part = key,
            }
        );

    /// <inheritdoc/>
    protected override State Desired => new(Action, Comment);

    /// <summary>The same question for all rules.</summary>
    protected override Probe<State> Probe => new($"cfg_ufw", Parse) { Tools = ["ufw"] };

    State? Parse(Output output)
    {
        var answer = UfwAnswer.Parse(output);
        var own = answer.Entries.Where(Rule.Is).ToList();
        var missing = Rule.FamiliesOn(answer).Where(family => !own.Exists(entry => entry.Family == family)).ToList();
        var actions = own.Select(entry => entry.Action).Distinct().Concat(missing.Select(family => $"nothing for IPv{family}"));
        return new(own.Count == 0 ? null : string.Join(", ", actions), own.Count == 0 ? null : own[0].Comment)
        {
            IsEnabled = answer.IsEnabled,
        };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Action is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual is { IsEnabled: false } ? ["ufw is not enabled: the rule counts once it is"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            new($"cfg_ufw_add {Comment ?? diff.Actual?.Comment ?? ""} {Action} {Rule.Words}")
            {
                Title = $"$ ufw {Action} {string.Join(' ', Rule.Words)}",
            },
        ];
}
