namespace ConfigEngine.HostFacts;

/// <summary>Whom the session acts as.</summary>
/// <param name="Uid">The effective user's number.</param>
/// <param name="User">The name by <see cref="Facts.Users"/>; null where none has the number.</param>
public sealed record RunningAs(long Uid, string? User)
{
    /// <summary>May do anything.</summary>
    public bool IsRoot => Uid is 0;

    /// <summary>Whether it can have something done at the host's next boot: root can, where systemd is.</summary>
    internal bool ActsAtBoot { get; init; } = Uid is 0;
}
