namespace ConfigEngine.Model;

/// <summary>
/// An action that runs once at the end of a block if a resource that notifies it changed: a restart, a reload.
/// </summary>
/// <param name="Name">What it does, as plans show it. Handlers with the same name are one handler; they must be equal.</param>
/// <param name="Script">The command that it runs.</param>
public sealed record Handler(string Name, Shell Script)
{
    /// <summary>How long it may take; 5 minutes when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The service that it restarts, so that a plan counts it among the restarts; null where it restarts none.</summary>
    public string? Restarts { get; init; }

    /// <summary>
    /// Set if it reboots the host, with the details of the reboot. The run continues after the reboot. Null for any other handler.
    /// </summary>
    public RebootOptions? Reboots { get; init; }

    /// <summary>Its effects on the host, besides making a change take effect.</summary>
    internal IReadOnlyList<Effect> Effects =>
        [
            .. Restarts is { } service ? (Effect[])[new(EffectKind.Restarts, service)] : [],
            .. Reboots is null ? [] : (Effect[])[new(EffectKind.Reboots, "host")],
        ];
}
