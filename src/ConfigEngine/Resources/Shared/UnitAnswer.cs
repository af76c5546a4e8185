namespace ConfigEngine.Resources;

/// <summary>The answer of <c>systemctl show</c> about a unit, and its meaning (systemctl(1), is-enabled and is-active).</summary>
/// <param name="unit">The properties.</param>
sealed class UnitAnswer(Properties unit)
{
    /// <summary>The question; it asks for the running and the enabled state only where they matter.</summary>
    public static Shell Script(string unit, bool? running, bool? enabled) =>
        $"cfg_unit {unit} {(running is null ? "" : "ActiveState,SubState,Type,RemainAfterExit,CanStart,CanStop")} "
        + $"{(enabled is null ? "" : "install")}"
        + $"{(running is false && Triggers(unit) is [_, ..] triggers ? $" || exit\ncfg_triggers {triggers}" : (Shell)$"")}";

    /// <summary>The units that start a service when they are used, by their usual names.</summary>
    public static IReadOnlyList<string> Triggers(string unit) =>
        unit.EndsWith(".service", StringComparison.Ordinal)
            ? [$"{unit[..^".service".Length]}.socket", $"{unit[..^".service".Length]}.path"]
            : [];

    /// <summary>Whether the unit exists.</summary>
    public bool IsFound => unit["LoadState"] is not "not-found";

    /// <summary>Whether nothing can start it.</summary>
    public bool IsMasked => unit["LoadState"] is "masked";

    /// <summary>The unit's own name, if the recipe uses another of its names.</summary>
    public string Id => unit["Id"];

    /// <summary>Whether it is masked or enabled only until the next boot.</summary>
    public bool IsRuntime => unit["UnitFileState"].EndsWith("-runtime", StringComparison.Ordinal);

    /// <summary>Why systemd could not read it; null where it could.</summary>
    public string? LoadError => unit["LoadState"] is "error" or "bad-setting" ? unit["LoadError"] : null;

    /// <summary>The unit's own file.</summary>
    public string FragmentPath => unit["FragmentPath"];

    /// <summary>The file that a generated unit was made from.</summary>
    public string SourcePath => unit["SourcePath"];

    /// <summary>Whether its links differ from those of its [Install] section: there are others, or some are missing.</summary>
    public bool IsEnabledOtherwise => unit.Find("Install") is "older";

    /// <summary>
    /// For a unit whose [Install] section has only <c>Also=</c>: the units that are enabled and disabled in its place, with their
    /// states.
    /// </summary>
    public IReadOnlyList<(string Name, string State)> Also { get; } =
        unit.Find("Also") is { Length: > 0 } also ? [.. also.Split(' ').Select(Pair)] : [];

    static (string Name, string State) Pair(string word) =>
        word.LastIndexOf(':') is >= 0 and var colon
            ? (word[..colon], word[(colon + 1)..])
            : throw new UnexpectedOutputException($"expected UNIT:STATE, got \"{Text.Excerpt(word)}\"");

    /// <summary>
    /// Whether it is enabled, compared with the desired state. If its links differ from its [Install] section, it is neither
    /// enabled nor disabled. If other units are enabled in its place, it is enabled when all of them are, and disabled when none
    /// is.
    /// </summary>
    public bool? IsEnabledFor(bool? wanted) =>
        IsEnabledOtherwise ? wanted is not true
        : Also.Count == 0 ? IsEnabled
        : wanted is true ? Also.All(one => Starts(one.State))
        : Also.Any(one => Starts(one.State));

    static bool Starts(string state) => state is "enabled" or "alias" or "static" or "generated";

    /// <summary>
    /// Whether it starts at boot; null where systemctl cannot decide that: without an [Install] section, or for a generated unit.
    /// </summary>
    public bool? IsEnabled =>
        unit["UnitFileState"] switch
        {
            "enabled" or "alias" => true,
            "linked" or "linked-runtime" when unit.Find("Install") is "none" => null,
            "disabled" or "masked" or "masked-runtime" or "enabled-runtime" or "linked" or "linked-runtime" or "bad" => false,
            "generated" => unit["IsEnabled"] switch
            {
                "enabled" => true,
                "disabled" => false,
                _ => null,
            },
            "static" or "indirect" or "transient" or "" => null,
            var state => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-enabled, got \"{state}\""),
        };

    /// <summary>Whether a generator made it, and not from an init script.</summary>
    public bool IsGenerated => unit["UnitFileState"] is "generated" && IsEnabled is null;

    /// <summary>
    /// Whether it runs; null where that was not asked. A service that waits for its next start attempt does not run.
    /// </summary>
    public bool? IsRunning =>
        unit.Find("ActiveState") switch
        {
            null => null,
            "active" or "reloading" or "refreshing" => true,
            "activating" => unit.Find("Restarting") is null,
            "inactive" or "failed" or "deactivating" or "maintenance" => false,
            var state => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-active, got \"{state}\""),
        };

    /// <summary>Whether systemd refuses every request to start it (<c>RefuseManualStart=</c>).</summary>
    public bool RefusesStart => unit.Find("CanStart") is "no";

    /// <summary>Whether systemd refuses every request to stop it (<c>RefuseManualStop=</c>).</summary>
    public bool RefusesStop => unit.Find("CanStop") is "no";

    /// <summary>The active ones of the units that start it when they are used.</summary>
    public IReadOnlyList<string> TriggeredBy => unit.Find("Triggers")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether it ends when its work is done, and so never runs for long.</summary>
    public bool Ends => unit.Find("Type") is "oneshot" && unit.Find("RemainAfterExit") is "no";
}
