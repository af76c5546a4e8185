namespace ConfigEngine.Ssh;

/// <summary>Why a session could not be opened. Every transport uses the same kinds and the same words (<see cref="Failures"/>).</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Next">What to do about it; null if that is not known.</param>
sealed record Failure(FailureKind Kind, string Reason, string? Next = null)
{
    /// <summary>Whether another attempt later may help: too many logins at the same time, as far as can be seen.</summary>
    public bool IsTurnedAway => Kind is FailureKind.TurnedAway or FailureKind.Full;

    /// <summary>The error for a host.</summary>
    public HostUnreachableException For(Host host) =>
        new(host.Name, Reason, Next)
        {
            IsAnotherHost = Kind is FailureKind.KeyChanged,
            IsBusy = Kind is FailureKind.Silent or FailureKind.Full,
        };
}

/// <summary>What is wrong with a host or with the way to it.</summary>
enum FailureKind
{
    /// <summary>A name that cannot be resolved, or an address that cannot be reached.</summary>
    NotReached,

    /// <summary>It accepted the connection, and said nothing in time.</summary>
    Silent,

    /// <summary>It refused the connection before it identified itself.</summary>
    TurnedAway,

    /// <summary>It said that too many are logging in.</summary>
    Full,

    /// <summary>What answered is not sshd.</summary>
    NotSshd,

    /// <summary>The two sides have no algorithm in common.</summary>
    NoAlgorithm,

    /// <summary>The host's key is not known here.</summary>
    KeyUnknown,

    /// <summary>The host's key is not the known one.</summary>
    KeyChanged,

    /// <summary>The host's key is marked as revoked.</summary>
    KeyRevoked,

    /// <summary>A host on the way has the wrong key, or an unknown one.</summary>
    KeyOnTheWay,

    /// <summary>The login was refused.</summary>
    NotLoggedIn,

    /// <summary>The connection ended or went silent during the login or right after it.</summary>
    Ended,

    /// <summary>There is no shell at the other end.</summary>
    NoShell,

    /// <summary>The login worked, but becoming the other user failed.</summary>
    NotBecome,

    /// <summary>The configuration here is wrong.</summary>
    Settings,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>A session could not be opened.</summary>
sealed class NotOpenedException(Host host, Failure failure) : CfgException($"{host.Name}: {failure.Reason}")
{
    /// <summary>Why.</summary>
    public Failure Failure { get; } = failure;
}
