namespace ConfigEngine.Model;

/// <summary>The kind of an effect that a change has besides its resource.</summary>
public enum EffectKind
{
    /// <summary>Something else is installed.</summary>
    Installs,

    /// <summary>Something gets a newer version.</summary>
    Upgrades,

    /// <summary>Something gets an older version.</summary>
    Downgrades,

    /// <summary>Something else is removed.</summary>
    Removes,

    /// <summary>Data is lost.</summary>
    Discards,

    /// <summary>A file system is unmounted, although programs may use it.</summary>
    Unmounts,

    /// <summary>A service is restarted.</summary>
    Restarts,

    /// <summary>The host is rebooted, which cuts every connection to it and through it.</summary>
    Reboots,

    /// <summary>Connections to the host may be cut; the host undoes the change unless a new connection can be made.</summary>
    MayCutConnection,
}

/// <summary>
/// An effect that a change has besides its resource. A plan names every such effect, and an apply has no effects of this type that
/// the plan did not name.
/// </summary>
/// <param name="Kind">The kind of effect.</param>
/// <param name="What">The thing that it affects: a package, a unit, a path.</param>
public sealed record Effect(EffectKind Kind, string What)
{
    /// <summary>Details, such as versions; null where there are none.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the attributes of the change show it already, so that it needs no line of its own.</summary>
    public bool InAttributes { get; init; }

    /// <summary>
    /// Whether the user agreed to it although the plan could not show it yet and said so: for example, a line of a file that did
    /// not exist.
    /// </summary>
    internal bool MayComeUnseen { get; init; }

    /// <summary>
    /// Whether the recipe itself names the loss: it declares that the thing is not there, or that it may be replaced.
    /// </summary>
    internal bool IsNamed { get; init; }

    /// <summary>Whether something is gone afterwards.</summary>
    internal bool IsLoss => Kind is EffectKind.Removes or EffectKind.Downgrades or EffectKind.Discards or EffectKind.Unmounts;

    /// <summary>Whether it must be shown before it is done. Additional or upgraded packages need not be.</summary>
    public bool NeedsConsent => Kind is not (EffectKind.Installs or EffectKind.Upgrades);

    /// <summary>
    /// The effects that every change of a resource has, for a session that acts as a user; root when null.
    /// </summary>
    internal static IReadOnlyList<Effect> Of(Resource resource, RunningAs? session = null) =>
        [
            .. resource.StandingEffects,
            .. Risk.Of(resource, session) is { } risk
                ? (Effect[])[new(EffectKind.MayCutConnection, resource.Address) { Detail = risk }]
                : [],
        ];
}
