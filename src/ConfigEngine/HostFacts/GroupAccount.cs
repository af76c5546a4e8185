namespace ConfigEngine.HostFacts;

/// <summary>A group, as group(5) lists it.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Gid">The group's number.</param>
/// <param name="Members">The listed members, without users whose primary group it is.</param>
public sealed record GroupAccount(string Name, long Gid, IReadOnlyList<string> Members)
{
    internal static IReadOnlyList<GroupAccount> Read(FactSection section, List<string> findings) =>
        Accounts.Read(
            section,
            4,
            findings,
            f => new GroupAccount(
                f[0],
                Accounts.Id(f[2]),
                f[3].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
        );
}
