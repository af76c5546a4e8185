namespace ConfigEngine.Applying;

/// <summary>An event of an apply; progress shows it and the journal keeps it.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource or handler that it is about; null where it is about the whole host or several resources.</param>
/// <param name="Error">The error; null where there is none.</param>
public abstract record ApplyEvent(string Host, string? Address = null, CfgException? Error = null)
{
    /// <summary>What happened, as <c>cfg apply --json</c> calls it: <c>change-done</c>, <c>host-failed</c>.</summary>
    public string Name => Text.Kebab(GetType().Name);
}

/// <summary>Changes were sent to the host, and the first of them begins.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
sealed record ChangeStarted(string Host, string Address) : ApplyEvent(Host, Address);

/// <summary>Changes were sent to the host. Each of them may be made until its end is reported.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Addresses">The resources.</param>
sealed record ChangesSent(string Host, IReadOnlyList<string> Addresses) : ApplyEvent(Host);

/// <summary>A change ended without success.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
/// <param name="State">Its final state.</param>
/// <param name="Reached">How far it came, if it failed.</param>
sealed record ChangeEnded(string Host, string Address, ChangeState State, Reached Reached) : ApplyEvent(Host, Address);

/// <summary>
/// The run was told to stop, and the host confirmed that it begins none of the remaining changes that were sent to it.
/// </summary>
/// <param name="Host">The host's name.</param>
sealed record Halted(string Host) : ApplyEvent(Host);

/// <summary>The connection was lost, and cfg connects to the host again.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">How it was lost.</param>
sealed record Reconnecting(string Host, CfgException Error) : ApplyEvent(Host, Error: Error);

/// <summary>The host was reached again and reported how far it came; the run continues.</summary>
/// <param name="Host">The host's name.</param>
sealed record Reconnected(string Host) : ApplyEvent(Host);

/// <summary>A change was made and verified.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Change">The change as it was made.</param>
/// <param name="Duration">How long it took, together with the other changes in the same operation.</param>
sealed record ChangeDone(string Host, Change Change, TimeSpan Duration) : ApplyEvent(Host, Change.Address);

/// <summary>A resource that the plan was not sure of was probed again, and is in its desired state.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
sealed record AlreadyConverged(string Host, string Address) : ApplyEvent(Host, Address);

/// <summary>The rest of the host was planned again, after a change whose effects only the host could tell.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Changes">The remaining changes, now exact.</param>
sealed record Replanned(string Host, IReadOnlyList<Change> Changes) : ApplyEvent(Host);

/// <summary>A handler ran.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Handler">Its name.</param>
/// <param name="Duration">How long it took.</param>
sealed record HandlerDone(string Host, string Handler, TimeSpan Duration) : ApplyEvent(Host, Handler);

/// <summary>The host was told to reboot, and cfg waits for it.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource or handler that reboots it.</param>
sealed record RebootStarted(string Host, string Address) : ApplyEvent(Host, Address);

/// <summary>The host is up again, with another boot id, and stays up.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Duration">How long it took from the command to reboot.</param>
sealed record RebootDone(string Host, TimeSpan Duration) : ApplyEvent(Host);

/// <summary>The host failed; nothing more is done on it.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">The error.</param>
sealed record HostFailed(string Host, CfgException Error) : ApplyEvent(Host, Error: Error);

/// <summary>A block of the host was not started, because others failed.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">Which hosts, and why that matters here.</param>
sealed record HostNotStarted(string Host, CfgException Error) : ApplyEvent(Host, Error: Error);

/// <summary>The host was stopped before everything was done.</summary>
/// <param name="Host">The host's name.</param>
sealed record HostStopped(string Host) : ApplyEvent(Host);

/// <summary>Everything on the host is done.</summary>
/// <param name="Host">The host's name.</param>
sealed record HostDone(string Host) : ApplyEvent(Host);
