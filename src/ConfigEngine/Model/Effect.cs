namespace ConfigEngine.Model;

/// <summary>What sort of thing a change does besides making its resource so.</summary>
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

    /// <summary>Data that somebody made is lost.</summary>
    Discards,

    /// <summary>A file system is taken from whoever uses it.</summary>
    Unmounts,

    /// <summary>A service is restarted.</summary>
    Restarts,

    /// <summary>The host is rebooted, which cuts every connection to it and through it.</summary>
    Reboots,

    /// <summary>Connections to the host may be cut; it undoes the change unless a new one can be made.</summary>
    MayCutConnection,
}

/// <summary>
/// Something that a change does besides making its resource so: a plan names it, and nothing of the kind is done that it did not
/// name.
/// </summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="What">To what: a package, a unit, a path.</param>
public sealed record Effect(EffectKind Kind, string What)
{
    /// <summary>More about it, such as versions; null where there is nothing more to say.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether the attributes of its change say it already, so that it needs no line of its own there.</summary>
    public bool InAttributes { get; init; }

    /// <summary>
    /// Whether it is part of what was agreed to where the plan could show nothing of its change yet, and said so: a line of a file that
    /// was not there.
    /// </summary>
    internal bool MayComeUnseen { get; init; }

    /// <summary>Whether it is something that nobody should get who was not shown it: what comes along or is renewed is not.</summary>
    public bool NeedsConsent => Kind is not (EffectKind.Installs or EffectKind.Upgrades);

    /// <summary>
    /// What any change of a resource does besides, whatever differs, for a session that acts as somebody; root when null.
    /// </summary>
    internal static IReadOnlyList<Effect> Of(Resource resource, RunningAs? session = null) =>
        [
            .. resource.StandingEffects,
            .. Risk.Of(resource, session) is { } risk
                ? (Effect[])[new(EffectKind.MayCutConnection, resource.Address) { Detail = risk }]
                : [],
        ];
}
