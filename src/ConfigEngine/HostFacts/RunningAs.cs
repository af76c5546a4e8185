namespace ConfigEngine.HostFacts;

/// <summary>The user that the session acts as.</summary>
/// <param name="Uid">The effective user's number.</param>
/// <param name="User">The user's name in <see cref="Facts.Users"/>; null if no user has the number.</param>
public sealed record RunningAs(long Uid, string? User)
{
    /// <summary>Whether it is root, who may do anything.</summary>
    public bool IsRoot => Uid is 0;

    /// <summary>Whether it can have a script run at the host's next boot: only root can, and only with systemd.</summary>
    internal bool ActsAtBoot { get; init; } = Uid is 0;
}
