namespace ConfigEngine.Model;

/// <summary>Hosts with a common name. A host may be in several groups, and a group may contain other groups.</summary>
/// <param name="Name">The group's name; <c>all</c> is reserved.</param>
/// <param name="Members">Hosts, groups, or selectors of hosts that are declared elsewhere.</param>
public sealed record Group(string Name, IReadOnlyList<Target> Members) : Target
{
    /// <summary>Values for the group's hosts. A host's own values take precedence.</summary>
    public Vars Vars { get; init; } = [];

    /// <inheritdoc/>
    public override string Selector => Name;
}
