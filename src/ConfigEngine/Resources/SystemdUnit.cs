namespace ConfigEngine.Resources;

/// <summary>A systemd unit: whether it starts at boot, whether it runs now, and whether it can be started at all.</summary>
/// <theme>services</theme>
/// <example><code>new SystemdUnit("nginx.service") { Enabled = true, Running = true }</code></example>
/// <param name="Unit">The unit's full name, with its suffix.</param>
public sealed record SystemdUnit(string Unit) : Resource<SystemdUnit.State>
{
    /// <summary>
    /// Whether it starts at boot; left alone when null. A unit without an [Install] section (static) cannot be enabled or disabled,
    /// and always counts as desired. If that section has only <c>Also=</c>, the units listed there count. A unit that is enabled
    /// until the next boot only (<c>enabled-runtime</c>) is not enabled. If its links differ from its [Install] section, it is
    /// enabled again.
    /// </summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// Whether it is active now; left alone when null. A unit that is starting or reloading counts as active; one that waits for a
    /// restart after a failure does not. A service that ends within a second after its start is a failure; the message shows its
    /// last output.
    /// </summary>
    public bool? Running { get; init; }

    /// <summary>Whether nothing can start it (systemctl(1), mask); left alone when null.</summary>
    public bool? Masked { get; init; }

    /// <summary>Stops and starts the unit: <c>Notifies = [nginx.Restart]</c>.</summary>
    public Handler Restart => new($"restart {Unit}", $"cfg_systemctl restart {Unit}") { Restarts = Unit };

    /// <summary>Makes the unit read its configuration again, or restarts it if it cannot do that.</summary>
    public Handler Reload => new($"reload {Unit}", $"cfg_systemctl reload-or-restart {Unit}");

    /// <inheritdoc/>
    public override string Key => Unit;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!Names.IsUnit(Unit))
                yield return $"\"{Unit}\" is not the full name of a unit: it needs a suffix, for example {Unit.TrimEnd('.')}.service";
            if (Unit.Contains("@.", StringComparison.Ordinal))
                yield return $"{Unit} is a template; name an instance of it, for example "
                    + $"{Unit.Replace("@.", "@1.", StringComparison.Ordinal)}";
            if (Enabled is null && Running is null && Masked is null)
                yield return "it declares nothing: set Enabled, Running or Masked";
            if (Masked is true && Running is true)
                yield return "a masked unit cannot run";
            if (Masked is true && Enabled is true)
                yield return "a masked unit cannot be enabled";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            .. Running is true ? (Claim[])[Claim.Runs(Unit, $"{Unit} runs")] : [],
            .. Running is false ? (Claim[])[Claim.IsStopped(Unit, $"{Unit} does not run")] : [],
            .. Running is null && Masked is true ? (Claim[])[Claim.IsStopped(Unit, $"{Unit} is masked")] : [],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            Aspect.Unit(Unit),
            .. Files,
            .. UnitPlaces.DropIns(Unit).Select(Aspect.Under),
            .. Running is false ? UnitAnswer.Triggers(Unit).Select(Aspect.Unit) : [],
        ];

    /// <summary>The possible paths of its own file: a resource that writes one of these adds or removes the unit.</summary>
    IReadOnlyList<Aspect> Files => [.. UnitPlaces.Files(Unit).Select(Aspect.Path)];

    /// <summary>A new [Install] section in the unit's file does not change the existing links.</summary>
    internal override Observed Foresee(Observed seen, IReadOnlyList<Aspect> written, IReadOnlyList<AttributeChange> attributes) =>
        Enabled is true
        && seen.State is State { Enabled: true } state
        && written.Intersect(Files).Any()
        && attributes.Any(attribute =>
            attribute is { Before: Content { Text: { } before }, After: Content { Text: { } after } }
            && !UnitSyntax.InstallOf(before).SequenceEqual(UnitSyntax.InstallOf(after))
        )
            ? new(state with { Enabled = false, IsEnabledOtherwise = true })
            : seen;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Unit(Unit)];

    /// <summary>What a plan compares: one line per attribute that differs.</summary>
    /// <param name="Enabled">Whether it starts at boot.</param>
    /// <param name="Running">Whether it is active now.</param>
    /// <param name="Masked">Whether nothing can start it.</param>
    public sealed record State(bool? Enabled, bool? Running, bool? Masked)
    {
        internal string? Id { get; init; }

        internal bool IsRuntime { get; init; }

        internal bool IsEnabledOtherwise { get; init; }

        /// <summary>The units that are enabled and disabled in its place.</summary>
        internal IReadOnlyList<string> Also { get; init; } = [];

        /// <summary>The units that start it when they are used.</summary>
        internal IReadOnlyList<string> TriggeredBy { get; init; } = [];
    }

    /// <inheritdoc/>
    protected override State Desired => new(Enabled, Running, Masked);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(UnitAnswer.Script(Unit, Running, Enabled), output => Read(new UnitAnswer(output.Properties)))
        {
            Tools = ["systemctl"],
            Needs = output => Needs(new UnitAnswer(output.Properties)),
        };

    State? Read(UnitAnswer unit) =>
        unit.IsFound
            ? new(unit.IsEnabledFor(Enabled) ?? Enabled, unit.IsRunning, unit.IsMasked)
            {
                Id = unit.Id,
                IsRuntime = unit.IsRuntime,
                IsEnabledOtherwise = unit.IsEnabledOtherwise,
                Also = [.. unit.Also.Select(one => one.Name)],
                TriggeredBy = unit.TriggeredBy,
            }
            : null;

    IEnumerable<Need> Needs(UnitAnswer unit) => Obstacles(unit).Select(need => need with { Or = Files });

    IEnumerable<Need> Obstacles(UnitAnswer unit)
    {
        if (!unit.IsFound && (Enabled is true || Running is true))
            yield return new(Aspect.Unit(Unit), $"there is no unit {Unit}")
            {
                Hint = "nothing before it in the recipe brings it: a Package, a UnitFile, or a File of one",
            };
        if (unit.LoadError is { } error && (Enabled is true || Running is true))
            yield return new(Aspect.Unit(Unit), $"systemd cannot read the unit: {error}") { Hint = $"see: systemd-analyze verify {Unit}" };
        if (unit.IsMasked && Masked is null && (Enabled is true || Running is true))
            yield return new(Aspect.Unit(Unit), $"{Unit} is masked")
            {
                Hint = "set Masked = false as well, where it should be possible to start it",
            };
        if (unit.IsGenerated && Enabled is false)
            yield return new(Aspect.Unit(Unit), $"{Unit} is generated from {unit.SourcePath} at every boot, so it cannot be disabled")
            {
                Always = true,
                Hint = "change that file, or set Masked = true",
            };
        if (Masked is true && !unit.IsMasked && unit.FragmentPath == $"/etc/systemd/system/{Unit}")
            yield return new(Aspect.Unit(Unit), $"{unit.FragmentPath} is the unit itself, and masking puts a link there")
            {
                Hint = "set Enabled = false and Running = false, or move that file away by hand",
            };
        if (
            Running is { } runs
            && unit is { IsFound: true, IsMasked: false, LoadError: null }
            && unit.IsRunning != runs
            && (runs ? unit.RefusesStart : unit.RefusesStop)
        )
            yield return new(
                Aspect.Unit(Unit),
                $"systemd {(runs ? "starts" : "stops")} {Unit} only for other units, and refuses to do so when asked "
                    + $"({(runs ? "RefuseManualStart" : "RefuseManualStop")}=yes)"
            )
            {
                Hint = $"{(runs ? "start" : "stop")} a unit that needs it, or leave Running = null",
            };
        if (unit.Ends && Running is true)
            yield return new(
                Aspect.Unit(Unit),
                $"{Unit} does its work and ends (Type=oneshot without RemainAfterExit), so it cannot be kept running"
            )
            {
                Always = true,
                Hint = "run its timer, set RemainAfterExit=yes in the unit, or notify its Restart",
            };
    }

    /// <inheritdoc/>
    protected override State? Towards(State? actual) =>
        actual is null && Enabled is not true && Running is not true
            ? Masked is true
                ? new(null, null, true)
                : null
            : Desired;

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        diff.Actual is { IsEnabledOtherwise: true }
            ?
            [
                .. diff.Attributes.Select(attribute =>
                    attribute is { Name: "enabled", After: true } ? attribute with { Before = "by an older [Install] section" } : attribute
                ),
            ]
            : diff.Attributes;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (diff.Changes(s => s.Enabled) && diff.Actual is { Also: [_, ..] also })
            yield return $"is enabled and disabled together with {Text.List(also)} (Also=)";
        if (diff.Changes(s => s.Running) && Running is false && diff.Actual is { TriggeredBy: [_, ..] triggers })
            yield return $"{Text.List(triggers)} start{(triggers.Count > 1 ? "" : "s")} it again when used: stop that as well";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        // systemctl refuses to enable a unit by a name that is not its own, and to disable it removes that name.
        var unit = diff.Actual?.Id ?? Unit;
        var unmasks = diff.Changes(s => s.Masked) && Masked is false;
        if (unmasks)
            yield return diff.Actual?.IsRuntime is true
                ? Run($"systemctl unmask --runtime -- {Unit}")
                : Run($"systemctl unmask -- {Unit}");

        // While a unit is masked, it is unknown whether it was enabled.
        if (diff.Changes(s => s.Enabled) || (unmasks && Enabled is false))
        {
            yield return Enabled is not true ? Run($"systemctl disable -- {unit}")
            : diff.Actual is { IsEnabledOtherwise: true } ? Run($"systemctl reenable -- {unit}")
            : Run($"systemctl enable -- {unit}");
        }

        if (diff.Changes(s => s.Running))
            yield return Running is true ? Run($"cfg_systemctl start {unit}") : Run($"cfg_systemctl stop {unit}");

        if (diff.Changes(s => s.Masked) && Masked is true)
            yield return Run($"systemctl mask -- {Unit}");
    }
}
