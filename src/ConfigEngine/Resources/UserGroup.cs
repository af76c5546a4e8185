namespace ConfigEngine.Resources;

/// <summary>A group of users, as groupadd(8) makes one. Everything that is not set is left alone.</summary>
/// <theme>users</theme>
/// <example><code>new UserGroup("deployers") { Members = ["ann", "bob"] }</code></example>
/// <param name="Name">The group's name.</param>
public sealed record UserGroup(string Name) : Resource<UserGroup.State>
{
    /// <summary>The members of a group, as an aspect of a host: a user does not depend on it, but changes it.</summary>
    internal const string MembersAspect = Aspect.Members;

    /// <summary>The number; left alone when null (a new group gets the next free one).</summary>
    public long? Gid { get; init; }

    /// <summary>Users who are in the group <em>at least</em>; other members are kept. Left alone when null.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>
    /// Users who are in the group and <em>no others</em>, except those whose primary group it is. Left alone when null.
    /// </summary>
    public IReadOnlyList<string>? MembersExactly { get; init; }

    /// <summary>
    /// Whether a new group is a system group, with a low number; an ordinary group when null. It has no effect on an existing
    /// group.
    /// </summary>
    public bool? System { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    IReadOnlyList<string> Named => MembersExactly ?? Members ?? [];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Names.IsUser(Name) && !Name.All(char.IsAsciiDigit) ? (string[])[] : [$"\"{Name}\" is not a valid name for a group"],
            .. Gid is < 0 or > uint.MaxValue - 1 ? (string[])[$"{Gid} is not a valid number for a group"] : [],
            .. Members is not null && MembersExactly is not null
                ? (string[])["it has Members and MembersExactly; set only one of the two"]
                : [],
            .. Named.Where(user => !Names.IsUser(user)).Select(user => $"\"{user}\" is not a valid name for a user"),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            Claim.Group(Name),
            .. Gid is { } gid ? (Claim[])[Claim.Number("gid", gid, Name)] : [],
            .. Named.SelectMany(user => Claim.Member(user, Name).Append(Claim.User(user))),
            .. MembersExactly is null ? (Claim[])[] : [Claim.NoOtherMembers(Name, MembersExactly)],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Group(Name), new(MembersAspect, Name), .. Named.Select(Aspect.User)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Group(Name), .. Named.Select(Aspect.User), .. Named.Select(Aspect.AccessOf)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Gid">The number.</param>
    /// <param name="Members">The members, sorted.</param>
    public sealed record State(long? Gid, IReadOnlyList<string>? Members)
    {
        internal string? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => new(Gid, Members is null && MembersExactly is null ? null : Sorted(Named));

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        Members is null ? Desired : Desired with { Members = Sorted([.. actual?.Members ?? [], .. Members]) };

    static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Gid is { } gid ? $"cfg_members {Name} {Named}\ncfg_taken group {gid} {Name}" : (Shell)$"cfg_members {Name} {Named}", Parse)
        {
            // An earlier change may create the members, and may free the number.
            Expecting = state =>
                ($"cfg_members {Name}", state is null ? "missing\nabsent\n" : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = ["groupadd", "getent"],
            Needs = output =>
                [
                    .. AccountAnswer.Denials(output),
                    .. AccountAnswer
                        .Missing(output, "user")
                        .Select(user => new Need(Aspect.User(user), $"the user {user} does not exist")),
                    .. AccountAnswer
                        .Taken(output)
                        .Select(other => new Need(Aspect.Group(other), $"the number {Gid} belongs to {other}")
                        {
                            Hint = $"use another Gid, or give {other} another one before this line",
                        }),
                ],
        };

    static State? Parse(Output output) =>
        output.Lines switch
        {
            [_, "absent", ..] => null,
            [_, var group, ..] when group.Split(':') is [_, _, var gid, var members] => new(
                Number.ReadLong(gid, "the number of a group"),
                Sorted(members.Split(',', StringSplitOptions.RemoveEmptyEntries))
            )
            {
                Answer = $"missing\n{group}\n",
            },
            _ => throw new UnexpectedOutputException($"expected an entry of group(5), got \"{Text.Excerpt(output.Text)}\""),
        };

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual is { } actual && diff.Changes(s => s.Gid) ? [$"files of the group keep the number {actual.Gid}"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        (diff.Changes(s => s.Members) ? diff.Actual?.Members?.Except(diff.Desired.Members ?? []) ?? [] : []).Select(user => new Effect(
            EffectKind.Removes,
            $"{user} from the group {Name}"
        )
        {
            InAttributes = true,
        });

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        Shell options = System is true ? $" -r" : (Shell)$"";
        if (Gid is { } gid)
            options = $"{options} -g {gid}";
        if (diff.Creates)
            yield return Run($"groupadd{options} -- {Name}");
        else if (diff.Changes(s => s.Gid) && Gid is { } number)
            yield return Run($"groupmod -g {number} -- {Name}");
        if (diff.Changes(s => s.Members) && diff.Desired.Members is { } members && !(diff.Creates && members.Count == 0))
            yield return Run($"gpasswd -M {string.Join(',', members)} -- {Name}");
    }
}
