namespace ConfigEngine.HostFacts;

/// <summary>A user, as passwd(5) lists it.</summary>
/// <param name="Name">The login name.</param>
/// <param name="Uid">The user's number.</param>
/// <param name="Gid">The number of the primary group.</param>
/// <param name="Gecos">The full name or comment; may be empty.</param>
/// <param name="Home">The home directory; it need not exist.</param>
/// <param name="Shell">The login shell; empty means <c>/bin/sh</c>.</param>
public sealed record UserAccount(string Name, long Uid, long Gid, string Gecos, string Home, string Shell)
{
    internal static IReadOnlyList<UserAccount> Read(FactSection section, List<string> findings) =>
        Accounts.Read(section, 7, findings, f => new UserAccount(f[0], Accounts.Id(f[2]), Accounts.Id(f[3]), f[4], f[5], f[6]));
}
