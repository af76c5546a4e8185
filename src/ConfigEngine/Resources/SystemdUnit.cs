namespace ConfigEngine.Resources;

/// <summary>A systemd unit: whether it starts at boot, whether it runs now, and whether it can be started at all.</summary>
/// <example><code>new SystemdUnit("nginx.service") { Enabled = true, Running = true }</code></example>
/// <param name="Unit">The unit's full name, with its suffix.</param>
public sealed record SystemdUnit(string Unit) : Resource<SystemdUnit.State>
{
    /// <summary>Starts at boot; left alone when null. A unit without an [Install] section (static) counts as what is wanted.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Is active now; left alone when null. One that is starting or reloading counts as active.</summary>
    public bool? Running { get; init; }

    /// <summary>Cannot be started by anything (systemctl(1), mask); left alone when null.</summary>
    public bool? Masked { get; init; }

    /// <summary>Stops and starts the unit: <c>Notifies = [nginx.Restart]</c>.</summary>
    public Handler Restart => new($"restart {Unit}", $"systemctl restart {Unit}");

    /// <summary>Has the unit read its configuration again, or restarts it where it cannot.</summary>
    public Handler Reload => new($"reload {Unit}", $"systemctl reload-or-restart {Unit}");

    /// <inheritdoc/>
    public override string Key => Unit;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => Names.IsUnit(Unit)
        ? Masked is true && Running is true ? ["a masked unit cannot run"] : []
        : [$"\"{Unit}\" is not the full name of a unit: it needs a suffix, for example {Unit.TrimEnd('.')}.service"];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Unit(Unit)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Unit(Unit)];

    /// <summary>What a plan compares: one line per attribute that differs.</summary>
    /// <param name="Enabled">Starts at boot.</param>
    /// <param name="Running">Is active now.</param>
    /// <param name="Masked">Cannot be started.</param>
    public sealed record State(bool? Enabled, bool? Running, bool? Masked);

    /// <inheritdoc/>
    protected override State Desired => new(Enabled, Running, Masked);

    /// <inheritdoc/>
    protected override Probe<State> Probe => new(
        $"systemctl show --property=LoadState,UnitFileState,ActiveState -- {Unit}",
        output => output.Properties switch
        {
            var unit when unit["LoadState"] is "not-found" => null,
            var unit => new(IsEnabled(unit["UnitFileState"]), IsRunning(unit["ActiveState"]), unit["LoadState"] is "masked"),
        })
    {
        Tools = ["systemctl"],
        Needs = output => output.Properties["LoadState"] is "not-found" && (Enabled is true || Running is true)
            ? [new(Aspect.Unit(Unit), $"there is no unit {Unit}") { Hint = "nothing before it in the recipe brings it: a Package, or a UnitFile" }]
            : [],
    };

    bool? IsEnabled(string state) => state switch
    {
        "enabled" or "enabled-runtime" or "alias" => true,
        "disabled" or "masked" or "masked-runtime" or "linked" or "linked-runtime" => false,
        "static" or "indirect" or "generated" or "transient" or "" => Enabled,
        _ => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-enabled, got \"{state}\""),
    };

    static bool IsRunning(string state) => state switch
    {
        "active" or "activating" or "reloading" or "refreshing" => true,
        "inactive" or "failed" or "deactivating" or "maintenance" => false,
        _ => throw new UnexpectedOutputException($"expected a state that systemctl(1) lists for is-active, got \"{state}\""),
    };

    /// <inheritdoc/>
    protected override State Towards(State? actual) => actual is null && Enabled is not true && Running is not true
        ? new(null, null, Masked is true ? true : null)
        : Desired;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Masked) && Masked is false)
            yield return Run($"systemctl unmask -- {Unit}");

        if (diff.Changes(s => s.Enabled))
            yield return Enabled is true ? Run($"systemctl enable -- {Unit}") : Run($"systemctl disable -- {Unit}");

        if (diff.Changes(s => s.Running))
            yield return Running is true ? Run($"systemctl start -- {Unit} && systemctl is-active -- {Unit}") : Run($"systemctl stop -- {Unit}");

        if (diff.Changes(s => s.Masked) && Masked is true)
            yield return Run($"systemctl mask -- {Unit}");
    }
}
