namespace ConfigEngine.Ssh;

/// <summary>How sessions are opened.</summary>
public sealed record ConnectorOptions
{
    /// <summary>
    /// How hosts are reached that do not set it themselves: <see cref="Transport.Ssh"/> or <see cref="Transport.Native"/>. When null:
    /// OpenSSH where there is an <c>ssh</c>, and <see cref="Native"/> otherwise.
    /// </summary>
    public Transport? Transport { get; init; }

    /// <summary>Makes what opens sessions for <see cref="Transport.Native"/>; there is none when null.</summary>
    public Func<ConnectorOptions, IConnector>? Native { get; init; }

    /// <summary>The ssh configuration to use instead of the user's own.</summary>
    public string? SshConfig { get; init; }

    /// <summary>Becoming another user, for hosts that do not set it themselves.</summary>
    public Become? Become { get; init; }

    /// <summary>The password for sudo, for hosts without one of their own.</summary>
    public Secret? BecomePassword { get; init; }

    /// <summary>The password for ssh, for hosts without one of their own.</summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// The passphrase of encrypted key files. It is for <see cref="Transport.Native"/>: OpenSSH's client uses its agent. When null,
    /// encrypted keys are used only if an agent has them.
    /// </summary>
    public Secret? Passphrase { get; init; }

    /// <summary>
    /// The environment variables of this process that contain secrets; processes that it starts do not get them. None by default.
    /// </summary>
    public Func<IEnumerable<string>> Withheld { get; init; } = () => [];

    /// <summary>Whether to accept the keys of hosts that were never seen before; changed keys are never accepted.</summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>
    /// The directory for the lock and the records of hosts without ssh (<c>CFG_RECORDS</c>); the usual one when null.
    /// </summary>
    public string? Records { get; init; }

    /// <summary>The clock for all waiting.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long the network may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long opening a session may take, with the facts.</summary>
    public TimeSpan OpenDeadline { get; init; } = TimeSpan.FromSeconds(45);
}
