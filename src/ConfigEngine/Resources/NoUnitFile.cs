namespace ConfigEngine.Resources;

/// <summary>
/// No systemd unit of the administrator's with this name: it is stopped and disabled, and its file in /etc/systemd/system is removed.
/// Its drop-ins stay, and so does a unit of the same name that belongs to a package.
/// </summary>
/// <theme>services</theme>
/// <example><code>new NoUnitFile("old.service")</code></example>
/// <param name="Name">The unit's full name, with its suffix; for a template, each instance that runs must be stopped before.</param>
public sealed record NoUnitFile(string Name) : Resource<NoUnitFile.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    string File => $"/etc/systemd/system/{Name}";

    bool IsTemplate => Name.Contains("@.", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        Names.IsUnit(Name)
            ? []
            : [$"\"{Text.Excerpt(Name)}\" is not the full name of a unit: it needs a suffix, for example {Name.TrimEnd('.')}.service"];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoPath(File), Claim.IsStopped(Name, $"there is no unit file {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File), Aspect.Unit(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Aspect.Unit(IsTemplate ? "*" : Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <summary>What a plan compares.</summary>
    /// <param name="File">The type of the file: <c>nothing</c>, or the name that stat(1) gives it.</param>
    /// <param name="Enabled">Whether it starts at boot.</param>
    /// <param name="Running">Whether it runs now.</param>
    public sealed record State(string? File, bool? Enabled, bool? Running);

    /// <inheritdoc/>
    protected override State Desired => new("nothing", false, false);

    /// <summary>A unit of a package stays as it is where there is no file that hides it.</summary>
    protected override State? Towards(State? actual) =>
        actual is null or { File: "nothing", Running: not true } || IsOfPackage(actual) ? null
        : actual.Enabled is null ? Desired with { Enabled = null }
        : Desired;

    static bool IsOfPackage(State actual) => actual is { File: "nothing", Enabled: not null };

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_unit_to_remove {Name} {(IsTemplate ? "template" : "")} || exit\ncfg_path {File} - 0 '' '' goes", Parse)
        {
            Tools = ["systemctl"],
            Needs = output => PathProbe.Denials(File, AnswerHead.Split(output, 2).Remainder),
        };

    static State Parse(Output output)
    {
        var (lines, rest) = AnswerHead.Split(output, 2);
        var type = PathProbe.TypeAt(rest);
        Properties said = new(lines);
        return new(
            type is "absent" ? "nothing" : type,
            said["enabled"] switch
            {
                "enabled" or "enabled-runtime" or "linked" or "linked-runtime" or "alias" => true,
                "" or "not-found" => null,
                _ => false,
            },
            said["active"] is "active"
        );
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Running))
            yield return Run($"cfg_systemctl stop {Name}");
        if (diff.Changes(s => s.Enabled))
            yield return Run($"systemctl disable -- {Name}");
        if (diff.Changes(s => s.File))
        {
            yield return new($"cfg_remove /etc/systemd/system {Name}") { TellsFirstWrite = true, Title = $"remove {File}" };

            // A unit that has failed would stay in memory.
            yield return new($"[ ! -d /run/systemd/system ] || cfg_forget_unit {Name}") { Title = "$ systemctl daemon-reload" };
        }
    }
}
