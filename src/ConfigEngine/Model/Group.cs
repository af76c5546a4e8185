namespace ConfigEngine.Model;

/// <summary>Hosts with a name in common. A host may be in several groups, and a group may hold other groups.</summary>
/// <param name="Name">The group's name; <c>all</c> is taken.</param>
/// <param name="Members">Hosts, groups, or selectors of hosts that are declared elsewhere.</param>
public sealed record Group(string Name, IReadOnlyList<Target> Members) : Target
{
    /// <summary>Values for the group's hosts; a host's own win.</summary>
    public Vars Vars { get; init; } = [];

    /// <inheritdoc/>
    public override string Selector => Name;
}
