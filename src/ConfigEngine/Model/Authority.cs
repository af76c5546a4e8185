namespace ConfigEngine.Model;

/// <summary>By whose authority a change can be made: a session that acts as somebody else would only find out when it acts.</summary>
/// <param name="Users">The users who can make it; null where that depends on what it is, such as whose a directory is.</param>
sealed record Authority(IReadOnlyList<string>? Users)
{
    /// <summary>What to do for more of it.</summary>
    public const string Hint = "add --become, or Become = Become.Sudo on the host; or name another user with As";

    /// <summary>Only root can.</summary>
    public static Authority Root { get; } = new(["root"]);

    /// <summary>Whoever may write there: the look at its path tells.</summary>
    public static Authority OfPath { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>Whoever it is: nobody can tell what a command needs.</summary>
    public static Authority Anybody { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>Root, or that user.</summary>
    public static Authority Of(string user) => user is "root" ? Root : new(["root", user]);

    /// <summary>As whom a resource acts, where that cannot change it; null where it can, as far as one can tell.</summary>
    public static (string As, IReadOnlyList<string> Needed)? Missing(Resource resource, RunningAs? session)
    {
        var who = resource.As ?? (session is null or { IsRoot: true } ? "root" : session.User ?? $"the user {session.Uid}");
        return resource.Authority?.Users is { } users && !users.Contains(who) ? (who, users) : null;
    }
}
