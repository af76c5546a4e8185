namespace ConfigEngine.Resources;

/// <summary>A systemd unit: whether it starts at boot, whether it runs now, and whether it can be started at all.</summary>
/// <example><code>new SystemdUnit("nginx.service") { Enabled = true, Running = true }</code></example>
/// <param name="Unit">The unit's full name, with its suffix.</param>
public sealed record SystemdUnit(string Unit) : Resource<SystemdUnit.State>
{
    /// <summary>
    /// Starts at boot; left alone when null. A unit without an [Install] section (static) cannot be enabled or disabled, and
    /// counts as what is wanted; one that has only <c>Also=</c> there stands for the units that it names. Enabled until the next boot only
    /// (<c>enabled-runtime</c>) is not enabled, and one whose links are not those that its [Install] section asks for is enabled again.
    /// </summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// Is active now; left alone when null. One that is starting or reloading counts as active, one that waits to be restarted
    /// after a failure does not. A service that is started and gone within a second is a failure, with its last words.
    /// </summary>
    public bool? Running { get; init; }

    /// <summary>Cannot be started by anything (systemctl(1), mask); left alone when null.</summary>
    public bool? Masked { get; init; }

    /// <summary>Stops and starts the unit: <c>Notifies = [nginx.Restart]</c>.</summary>
    public Handler Restart => new($"restart {Unit}", $"cfg_systemctl restart {Unit}") { Restarts = Unit };

    /// <summary>Has the unit read its configuration again, or restarts it where it cannot.</summary>
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
                yield return "it says nothing of the unit: set Enabled, Running or Masked";
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

    /// <summary>Where its own file can be: whatever writes one of these brings the unit, or takes it away.</summary>
    IReadOnlyList<Aspect> Files => [.. UnitPlaces.Files(Unit).Select(Aspect.Path)];

    /// <summary>Another [Install] section in the unit's file leaves the links as they are.</summary>
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
    /// <param name="Enabled">Starts at boot.</param>
    /// <param name="Running">Is active now.</param>
    /// <param name="Masked">Cannot be started.</param>
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
                Hint = "say Masked = false as well, where it should be possible to start it",
            };
        if (unit.IsGenerated && Enabled is false)
            yield return new(Aspect.Unit(Unit), $"{Unit} is generated from {unit.SourcePath} at every boot, so it cannot be disabled")
            {
                Always = true,
                Hint = "change that file, or say Masked = true",
            };
        if (Masked is true && !unit.IsMasked && unit.FragmentPath == $"/etc/systemd/system/{Unit}")
            yield return new(Aspect.Unit(Unit), $"{unit.FragmentPath} is the unit itself, and masking puts a link there")
            {
                Hint = "say Enabled = false and Running = false, or move that file away by hand",
            };
        if (
            Running is { } runs
            && unit is { IsFound: true, IsMasked: false, LoadError: null }
            && unit.IsRunning != runs
            && (runs ? unit.RefusesStart : unit.RefusesStop)
        )
            yield return new(
                Aspect.Unit(Unit),
                $"systemd {(runs ? "starts" : "stops")} {Unit} only for other units, and refuses it to whoever asks "
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
                Hint = "run its timer, say RemainAfterExit=yes in the unit, or notify its Restart",
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
            yield return $"it stands for {string.Join(" and ", also)} (Also=)";
        if (diff.Changes(s => s.Running) && Running is false && diff.Actual is { TriggeredBy: [_, ..] triggers })
            yield return $"{string.Join(" and ", triggers)} start{(triggers.Count > 1 ? "" : "s")} it again when used: stop that as well";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        // Enabling by another name than the unit's own is refused by systemctl, and disabling takes that name away.
        var unit = diff.Actual?.Id ?? Unit;
        var unmasks = diff.Changes(s => s.Masked) && Masked is false;
        if (unmasks)
            yield return diff.Actual?.IsRuntime is true
                ? Run($"systemctl unmask --runtime -- {Unit}")
                : Run($"systemctl unmask -- {Unit}");

        // While a unit is masked, nobody can tell whether it was enabled.
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
