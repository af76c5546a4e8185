namespace ConfigEngine.Model;

/// <summary>
/// Which users can make a change. Without this check, a session without enough rights would fail only when it acts.
/// </summary>
/// <param name="Users">The users who can make it; null where that depends on the change, such as on the owner of a
/// directory.</param>
sealed record Authority(IReadOnlyList<string>? Users)
{
    /// <summary>How to get more rights.</summary>
    public const string Hint = "add --become, or Become = Become.Sudo on the host; or name another user with As";

    /// <summary>Only root can.</summary>
    public static Authority Root { get; } = new(["root"]);

    /// <summary>Every user who may write there; the probe of the path tells.</summary>
    public static Authority OfPath { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>Any user: it is unknown which rights a command needs.</summary>
    public static Authority Anybody { get; } = new((IReadOnlyList<string>?)null);

    /// <summary>Root, or that user.</summary>
    public static Authority Of(string user) => user is "root" ? Root : new(["root", user]);

    /// <summary>
    /// The user that a resource acts as, if that user cannot make the change; null if it can, as far as is known.
    /// </summary>
    public static (string As, IReadOnlyList<string> Needed)? Missing(Resource resource, RunningAs? session)
    {
        var who = resource.As ?? (session is null or { IsRoot: true } ? "root" : session.User ?? $"the user {session.Uid}");
        return resource.Authority?.Users is { } users && !users.Contains(who) ? (who, users) : null;
    }
}
