namespace ConfigEngine.Resources;

/// <summary>
/// A section of a unit file. Properties that are null are left out. A setting without a property is written with an index, after
/// the others: <c>new() { User = "app", ["CPUQuota"] = "50%" }</c>.
/// </summary>
public abstract record UnitSection
{
    readonly List<(string Key, UnitLines Lines)> others = [];

    /// <summary>Any other setting, by systemd's name for it; one line for each value.</summary>
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

/// <summary>
/// The <c>[Unit]</c> section: a description of the unit and its relations to others (systemd.unit(5)). Properties that are null are
/// left out.
/// </summary>
/// <example>
/// <code>
/// new UnitFile("app.service") { DropIn = "order", Unit = new() { After = ["network-online.target"], Wants = ["network-online.target"] } }
/// </code>
/// </example>
public sealed record UnitOptions : UnitSection
{
    /// <summary>A short description for people.</summary>
    public string? Description { get; init; }

    /// <summary>Links to its documentation: <c>https:</c>, <c>man:</c> or <c>file:</c>.</summary>
    public UnitWords? Documentation { get; init; }

    /// <summary>Units that are started too; it does not matter if they fail.</summary>
    public UnitWords? Wants { get; init; }

    /// <summary>Units that are started too; it fails if they fail.</summary>
    public UnitWords? Requires { get; init; }

    /// <summary>Units that must already be active; otherwise it fails at once.</summary>
    public UnitWords? Requisite { get; init; }

    /// <summary>As <see cref="Requires"/>; it also stops when they stop.</summary>
    public UnitWords? BindsTo { get; init; }

    /// <summary>Units; when they are stopped or restarted, it is too.</summary>
    public UnitWords? PartOf { get; init; }

    /// <summary>Units that cannot run at the same time.</summary>
    public UnitWords? Conflicts { get; init; }

    /// <summary>Units that are started after this one.</summary>
    public UnitWords? Before { get; init; }

    /// <summary>Units that are started before this one.</summary>
    public UnitWords? After { get; init; }

    /// <summary>Units that are started when it fails.</summary>
    public UnitWords? OnFailure { get; init; }

    /// <summary>Paths whose mounts it needs.</summary>
    public UnitWords? RequiresMountsFor { get; init; }

    /// <summary>
    /// Paths that must exist; otherwise it is skipped without a failure. <c>!</c> before a path means that it must not exist.
    /// </summary>
    public UnitLines? ConditionPathExists { get; init; }

    /// <summary>Paths that must exist; otherwise it fails.</summary>
    public UnitLines? AssertPathExists { get; init; }

    /// <summary>Whether it gets the usual dependencies: an order with the basic targets, and a stop at shutdown.</summary>
    public bool? DefaultDependencies { get; init; }

    /// <summary>The time in which <see cref="StartLimitBurst"/> counts.</summary>
    public TimeSpan? StartLimitIntervalSec { get; init; }

    /// <summary>How often it may be started in <see cref="StartLimitIntervalSec"/> before systemd gives up.</summary>
    public int? StartLimitBurst { get; init; }
}

/// <summary>
/// The <c>[Install]</c> section: the effect of enabling the unit (systemd.unit(5)). Properties that are null are left out.
/// </summary>
/// <example>
/// <code>
/// new UnitFile("app.service") { Service = new() { ExecStart = "/usr/bin/app" }, Install = new() { WantedBy = "multi-user.target" } }
/// </code>
/// </example>
public sealed record InstallOptions : UnitSection
{
    /// <summary>The units that start it when it is enabled; usually <c>multi-user.target</c> or <c>timers.target</c>.</summary>
    public UnitWords? WantedBy { get; init; }

    /// <summary>As <see cref="WantedBy"/>; they also fail if it fails.</summary>
    public UnitWords? RequiredBy { get; init; }

    /// <summary>Units that are enabled and disabled with it.</summary>
    public UnitWords? Also { get; init; }

    /// <summary>Other names that it has while it is enabled.</summary>
    public UnitWords? Alias { get; init; }

    /// <summary>The instance that is enabled when the template is enabled without an instance.</summary>
    public string? DefaultInstance { get; init; }
}
