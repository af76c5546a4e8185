namespace ConfigEngine.Resources;

/// <summary>What <c>systemctl show</c> says of a unit, and what that means (systemctl(1), is-enabled and is-active).</summary>
/// <param name="unit">The properties.</param>
sealed class UnitAnswer(Properties unit)
{
    /// <summary>What to ask; whether it runs only where that matters, because it may change by itself.</summary>
    public static Shell Script(string unit, bool running) => $"cfg_unit {unit}{Shell.Verbatim(running ? " ActiveState,SubState,Type,RemainAfterExit" : "")}";

    /// <summary>Whether there is such a unit.</summary>
    public bool IsFound => unit["LoadState"] is not "not-found";

    /// <summary>Whether nothing can start it.</summary>
    public bool IsMasked => unit["LoadState"] is "masked";

    /// <summary>The unit's own name, where it was asked for by another one.</summary>
    public string Id => unit["Id"];

    /// <summary>Whether it was masked, or enabled, only until the next boot.</summary>
    public bool IsRuntime => unit["UnitFileState"].EndsWith("-runtime", StringComparison.Ordinal);

    /// <summary>Why systemd could not read it; null where it could.</summary>
    public string? LoadError => unit["LoadState"] is "error" or "bad-setting" ? unit["LoadError"] : null;

    /// <summary>The unit's own file.</summary>
    public string FragmentPath => unit["FragmentPath"];

    /// <summary>What a generated unit was made from.</summary>
    public string SourcePath => unit["SourcePath"];

    /// <summary>Whether it starts at boot; null where that is not for systemctl to say: without [Install] section, or generated.</summary>
    public bool? IsEnabled => unit["UnitFileState"] switch
    {
        "enabled" or "alias" => true,
        "disabled" or "masked" or "masked-runtime" or "enabled-runtime" or "linked" or "linked-runtime" or "bad" => false,
        "generated" => unit["IsEnabled"] switch { "enabled" => true, "disabled" => false, _ => null },
        "static" or "indirect" or "transient" or "" => null,
        var state => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-enabled, got \"{state}\""),
    };

    /// <summary>Whether it was made by a generator and not from an init script.</summary>
    public bool IsGenerated => unit["UnitFileState"] is "generated" && IsEnabled is null;

    /// <summary>Whether it runs; null where that was not asked. A service that waits for its next attempt to start does not.</summary>
    public bool? IsRunning => unit.Find("ActiveState") switch
    {
        null => null,
        "active" or "reloading" or "refreshing" => true,
        "activating" => unit.Find("Restarting") is null,
        "inactive" or "failed" or "deactivating" or "maintenance" => false,
        var state => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-active, got \"{state}\""),
    };

    /// <summary>Whether it ends when its work is done, so that it never is running for long.</summary>
    public bool Ends => unit.Find("Type") is "oneshot" && unit.Find("RemainAfterExit") is "no";
}
