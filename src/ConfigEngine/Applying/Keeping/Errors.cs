namespace ConfigEngine.Applying;

/// <summary>Another run is changing the host; nothing was done.</summary>
sealed class HostLockedException(string host, Holder holder)
    : CfgException($"{host}: another run is changing it: {holder}.\n  Try again later, or wait for it with --wait-lock 10m.")
{
    /// <summary>The run that has the lock.</summary>
    public Holder Holder { get; } = holder;
}

/// <summary>The host cannot keep records of running and owed operations. Without records, nothing is changed.</summary>
sealed class CannotKeepException(string host, string reason)
    : CfgException(
        $"{host}: no record of what is under way can be kept there ({reason}), and nothing is changed without one.\n  cfg keeps the "
            + $"lock in /run/configengine, and pending handlers in /var/lib/configengine (for a user who is not root: in "
            + $"~/.local/state/configengine)."
    );
