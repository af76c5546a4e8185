namespace ConfigEngine.Resources;

/// <summary>
/// A section of a unit file. Settings that are null are left out. What has no property of its own is written with an index, after
/// the others: <c>new() { User = "app", ["CPUQuota"] = "50%" }</c>.
/// </summary>
public abstract record UnitSection
{
    readonly List<(string Key, UnitLines Lines)> others = [];

    /// <summary>Any other setting, by the name that systemd knows it by; one line for each value.</summary>
    public UnitLines this[string setting]
    {
        init => others.Add((setting, value));
    }

    /// <summary>The lines of the section.</summary>
    internal IEnumerable<(string Key, string Value)> Settings =>
        UnitSyntax.SettingsOf(this).Concat(others.SelectMany(other => other.Lines, (other, line) => (other.Key, line)));

    /// <summary>What is wrong with its lists.</summary>
    internal IEnumerable<string> WordProblems =>
        UnitSyntax
            .PropertiesOf(this)
            .SelectMany(property => property.GetValue(this) is UnitWords words ? UnitSyntax.WordProblems(property.Name, words) : []);
}

/// <summary>The <c>[Unit]</c> section: what the unit is and how it stands to others (systemd.unit(5)). What is null is left out.</summary>
/// <example>
/// <code>
/// new UnitFile("app.service") { DropIn = "order", Unit = new() { After = ["network-online.target"], Wants = ["network-online.target"] } }
/// </code>
/// </example>
public sealed record UnitOptions : UnitSection
{
    /// <summary>A short name for people.</summary>
    public string? Description { get; init; }

    /// <summary>Where it is described: <c>https:</c>, <c>man:</c> or <c>file:</c>.</summary>
    public UnitWords? Documentation { get; init; }

    /// <summary>Starts these too; it does not matter if they fail.</summary>
    public UnitWords? Wants { get; init; }

    /// <summary>Starts these too, and fails if they fail.</summary>
    public UnitWords? Requires { get; init; }

    /// <summary>Fails at once unless these are active already.</summary>
    public UnitWords? Requisite { get; init; }

    /// <summary>As <see cref="Requires"/>, and stops when they stop.</summary>
    public UnitWords? BindsTo { get; init; }

    /// <summary>Is stopped and restarted with these.</summary>
    public UnitWords? PartOf { get; init; }

    /// <summary>Cannot run beside these.</summary>
    public UnitWords? Conflicts { get; init; }

    /// <summary>Is started before these.</summary>
    public UnitWords? Before { get; init; }

    /// <summary>Is started after these.</summary>
    public UnitWords? After { get; init; }

    /// <summary>Are started when it fails.</summary>
    public UnitWords? OnFailure { get; init; }

    /// <summary>Needs the mounts that these paths are on.</summary>
    public UnitWords? RequiresMountsFor { get; init; }

    /// <summary>Is skipped without a failure unless these exist; <c>!</c> before a path turns that around.</summary>
    public UnitLines? ConditionPathExists { get; init; }

    /// <summary>Fails unless these exist.</summary>
    public UnitLines? AssertPathExists { get; init; }

    /// <summary>Whether it gets what most units need: an order with the basic targets, and a stop at shutdown.</summary>
    public bool? DefaultDependencies { get; init; }

    /// <summary>The time in which <see cref="StartLimitBurst"/> counts.</summary>
    public TimeSpan? StartLimitIntervalSec { get; init; }

    /// <summary>How often it may be started in <see cref="StartLimitIntervalSec"/> before systemd gives up.</summary>
    public int? StartLimitBurst { get; init; }
}

/// <summary>The <c>[Install]</c> section: what enabling the unit means (systemd.unit(5)). What is null is left out.</summary>
/// <example>
/// <code>
/// new UnitFile("app.service") { Service = new() { ExecStart = "/usr/bin/app" }, Install = new() { WantedBy = "multi-user.target" } }
/// </code>
/// </example>
public sealed record InstallOptions : UnitSection
{
    /// <summary>The units that start it when it is enabled; mostly <c>multi-user.target</c> or <c>timers.target</c>.</summary>
    public UnitWords? WantedBy { get; init; }

    /// <summary>As <see cref="WantedBy"/>, and they fail if it fails.</summary>
    public UnitWords? RequiredBy { get; init; }

    /// <summary>Units that are enabled and disabled with it.</summary>
    public UnitWords? Also { get; init; }

    /// <summary>Other names that it has while it is enabled.</summary>
    public UnitWords? Alias { get; init; }

    /// <summary>The instance that enabling a template by itself means.</summary>
    public string? DefaultInstance { get; init; }
}
