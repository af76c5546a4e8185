namespace ConfigEngine.Model;

/// <summary>
/// A host that does not run all the time: how it is started, how one knows that it is up, and how it is stopped. A run starts it
/// when it is first needed, and stops what it started.
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
/// <param name="Start">Starts it; a command that fails is a host that cannot be reached.</param>
/// <param name="Stop">Stops it.</param>
public sealed record Latent(Shell Start, Shell Stop)
{
    /// <summary>Succeeds when it runs; whether it answers is what counts when null.</summary>
    public Shell? IsUp { get; init; }

    /// <summary>The host of the inventory where these commands are run; the machine that cfg runs on when null.</summary>
    public string? From { get; init; }

    /// <summary>How long it may take from its start until it answers; 300 seconds when left alone.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How long stopping it may take; a minute when left alone.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After how long of waiting for other hosts it is stopped in between, and started again when its turn comes; not at all when
    /// null.
    /// </summary>
    public TimeSpan? StopAfterIdle { get; init; }
}
