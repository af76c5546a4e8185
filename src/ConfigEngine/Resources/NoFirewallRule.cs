namespace ConfigEngine.Resources;

/// <summary>No rule of ufw(8) about these packets, whatever becomes of them. On a host without ufw there is none.</summary>
/// <theme>network</theme>
/// <example><code>new NoFirewallRule("23/tcp")</code></example>
/// <param name="Port">The port, as in <see cref="FirewallRule"/>.</param>
public sealed record NoFirewallRule(string Port) : Resource<NoFirewallRule.State>
{
    /// <summary>The network or address, as the rule has it; any by default.</summary>
    public string From { get; init; } = "any";

    /// <summary>The interface, as the rule has it; all of them when null.</summary>
    public string? Interface { get; init; }

    /// <summary>in or out; in by default.</summary>
    public string Direction { get; init; } = "in";

    UfwRule Rule => new(Port, From, Interface, Direction);

    /// <inheritdoc/>
    public override string Key => Rule.Key;

    /// <summary>What a plan compares.</summary>
    /// <param name="Action">What becomes of the packets; <c>none</c> without a rule.</param>
    public sealed record State(string? Action)
    {
        internal IReadOnlyList<string> Actions { get; init; } = [];
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => Rule.Problems;

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new("rule of ufw", Key), "gone", $"ufw has no rule for {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => Writes;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => FirewallRule.Written(Key);

    /// <inheritdoc/>
    protected override State Desired => new("none");

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe => new($"cfg_no_ufw", Parse);

    State? Parse(Output output)
    {
        var actions = UfwAnswer
            .Parse(output)
            .Entries.Where(Rule.Is)
            .Select(entry => entry.Action.Replace("_log", "", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        return actions.Count == 0 ? null : new(string.Join(", ", actions)) { Actions = actions };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        (diff.Actual?.Actions ?? []).Select(action => new Operation($"cfg_ufw_delete {action} {Rule.Words}")
        {
            Title = $"$ ufw delete {action} {string.Join(' ', Rule.Words)}",
        });
}
