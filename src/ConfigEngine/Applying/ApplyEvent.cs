namespace ConfigEngine.Applying;

/// <summary>Something that happened in an apply: what progress shows and the journal keeps.</summary>
/// <param name="Host">The host's name.</param>
public abstract record ApplyEvent(string Host);

/// <summary>Changes were sent to the host and the first of them begins.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
public sealed record ChangeStarted(string Host, string Address) : ApplyEvent(Host);

/// <summary>Changes were sent to the host: until each is told to have ended, it may be made.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Addresses">The resources.</param>
public sealed record ChangesSent(string Host, IReadOnlyList<string> Addresses) : ApplyEvent(Host);

/// <summary>A change ended otherwise than done.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reached">How far it came, where it failed.</param>
public sealed record ChangeEnded(string Host, string Address, ChangeState State, Reached Reached) : ApplyEvent(Host);

/// <summary>The run was told to stop, and the host said that it begins nothing more of what was sent to it.</summary>
/// <param name="Host">The host's name.</param>
public sealed record Halted(string Host) : ApplyEvent(Host);

/// <summary>The connection was lost, and the host is connected to again.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">How it was lost.</param>
public sealed record Reconnecting(string Host, CfgException Error) : ApplyEvent(Host);

/// <summary>The host was reached again, and told how far it came; the run goes on.</summary>
/// <param name="Host">The host's name.</param>
public sealed record Reconnected(string Host) : ApplyEvent(Host);

/// <summary>A change was made, and seen to have taken.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Change">The change as it was made.</param>
/// <param name="Duration">How long it took, with the changes that were made in one operation with it.</param>
public sealed record ChangeDone(string Host, Change Change, TimeSpan Duration) : ApplyEvent(Host);

/// <summary>A resource that the plan was not sure of was looked at again, and is as it should be.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource.</param>
public sealed record AlreadyConverged(string Host, string Address) : ApplyEvent(Host);

/// <summary>The rest of the host was planned again behind a change whose effects only the host could tell.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Changes">What is left to do, now exactly.</param>
public sealed record Replanned(string Host, IReadOnlyList<Change> Changes) : ApplyEvent(Host);

/// <summary>A handler ran.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Handler">Its name.</param>
/// <param name="Duration">How long it took.</param>
public sealed record HandlerDone(string Host, string Handler, TimeSpan Duration) : ApplyEvent(Host);

/// <summary>The host was told to reboot, and is waited for.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Address">The resource or handler that wants it.</param>
public sealed record RebootStarted(string Host, string Address) : ApplyEvent(Host);

/// <summary>The host is up again, with another boot id, and stays up.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Duration">How long it took from the moment it was told.</param>
public sealed record RebootDone(string Host, TimeSpan Duration) : ApplyEvent(Host);

/// <summary>The host stops here.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">Why.</param>
public sealed record HostFailed(string Host, CfgException Error) : ApplyEvent(Host);

/// <summary>A block of the host was not started, because others failed.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Error">Which ones, and why it matters here.</param>
public sealed record HostNotStarted(string Host, CfgException Error) : ApplyEvent(Host);

/// <summary>The host was told to stop before everything was done.</summary>
/// <param name="Host">The host's name.</param>
public sealed record HostStopped(string Host) : ApplyEvent(Host);

/// <summary>Everything on the host is done.</summary>
/// <param name="Host">The host's name.</param>
public sealed record HostDone(string Host) : ApplyEvent(Host);
