namespace ConfigEngine.Model;

/// <summary>
/// Something to do once, at the end of a block, when a resource that notifies it changed: a restart, a reload.
/// </summary>
/// <param name="Name">What it does, as plans show it; handlers with one name are one handler, and it is an error if they differ.</param>
/// <param name="Script">How.</param>
public sealed record Handler(string Name, Shell Script)
{
    /// <summary>How long it may take; 5 minutes when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The service that it restarts, so that a plan counts it among its restarts; null where it restarts none.</summary>
    public string? Restarts { get; init; }

    /// <summary>Set where it reboots the host, and how that is done: the run goes on behind it. Null for any other handler.</summary>
    public RebootOptions? Reboots { get; init; }

    /// <summary>What it does to the host besides bringing a change to bear.</summary>
    internal IReadOnlyList<Effect> Effects =>
        [
            .. Restarts is { } service ? (Effect[])[new(EffectKind.Restarts, service)] : [],
            .. Reboots is null ? [] : (Effect[])[new(EffectKind.Reboots, "host")],
        ];
}
