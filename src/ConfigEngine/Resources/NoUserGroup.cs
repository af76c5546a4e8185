namespace ConfigEngine.Resources;

/// <summary>A group that does not exist (groupdel(8)). A group that is a user's primary group is not removed.</summary>
/// <theme>users</theme>
/// <example><code>new NoUserGroup("contractors")</code></example>
/// <param name="Name">The group's name.</param>
public sealed record NoUserGroup(string Name) : Resource<NoUserGroup.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsUser(Name) ? (string[])[] : [$"\"{Name}\" is not a valid name for a group"],
            .. Name is "root" ? (string[])["root is part of the system and is never removed"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoGroup(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Group(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Group(Name)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether the group exists.</param>
    public sealed record State(bool? Exists);

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_no_group {Name}", output => new(output.Properties["exists"] is "yes"))
        {
            Tools = ["groupdel", "getent"],
            Needs = output =>
                output.Properties.Find("primary") is { } user
                    ?
                    [
                        new(Aspect.User(user), $"it is the primary group of {user}")
                        {
                            Hint = $"give {user} another Group, or remove that user, before this line",
                        },
                    ]
                    : [],
        };

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) => [Run($"groupdel -- {Name}")];
}
