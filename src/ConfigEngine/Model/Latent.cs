namespace ConfigEngine.Model;

/// <summary>
/// A host that does not always run: how it is started, how to tell that it is up, and how it is stopped. A run starts it when it is
/// first needed, and stops it if it started it.
/// </summary>
/// <example>
/// <code>
/// new Host("builder")
/// {
///     Latent = new($"virsh start builder", $"virsh shutdown builder")
///     {
///         IsUp = $"virsh domstate builder | grep -qx running",
///         From = "hypervisor",
///     },
/// }
/// </code>
/// </example>
/// <param name="Start">Starts it. If the command fails, the host counts as unreachable.</param>
/// <param name="Stop">Stops it.</param>
public sealed record Latent(Shell Start, Shell Stop)
{
    /// <summary>Succeeds when the host runs. When null, the host runs if it answers.</summary>
    public Shell? IsUp { get; init; }

    /// <summary>The host in the inventory where these commands run; the machine that cfg runs on when null.</summary>
    public string? From { get; init; }

    /// <summary>How long it may take from its start until it answers; 300 seconds by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long stopping it may take; one minute by default.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After this time of waiting for other hosts it is stopped, and started again when its turn comes; never when null.
    /// </summary>
    public TimeSpan? StopAfterIdle { get; init; }
}
