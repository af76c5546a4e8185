namespace ConfigEngine.Model;

/// <summary>A probe as it is sent to a host. Resources with the same probe share one answer.</summary>
/// <param name="Script">The script to run: the probe, and the checks before it.</param>
/// <param name="Prelude">The script to run before, once for all probes with the same prelude.</param>
/// <param name="As">The user to run it as.</param>
sealed record ProbeRequest(Shell Script, Shell? Prelude, string? As)
{
    /// <summary>
    /// What is probed, for errors: a resource's state, or a recipe's own command. If several resources share the probe, it is the
    /// first one; requests that differ only in this are equal.
    /// </summary>
    public string What { get; init; } = "";

    /// <summary>
    /// The resource that it is for; null where a recipe's own code asks. Requests that differ only in this are equal too.
    /// </summary>
    internal Resource? For { get; init; }

    /// <summary>The same question without its hints, as a recording asks it (<see cref="Hint"/>).</summary>
    internal ProbeRequest Plain => Script.Plain is var plain && plain == Script.Text ? this : this with { Script = Shell.Verbatim(plain) };

    /// <summary>The exit code of a probe whose command does not exist; standard output has the command's name.</summary>
    internal const int ToolMissing = 120;

    /// <summary>The exit code of a probe as a user that does not exist.</summary>
    internal const int UserMissing = 121;

    /// <summary>The probe of a resource; the cheaper one if its state is expected.</summary>
    internal static ProbeRequest Of(Resource resource, ProbeScript probe) =>
        new(Checked(probe), probe.Prelude, resource.As) { What = $"the state of {resource.Address}", For = resource };

    /// <inheritdoc/>
    public bool Equals(ProbeRequest? other) => other is not null && (Script, Prelude, As).Equals((other.Script, other.Prelude, other.As));

    /// <inheritdoc/>
    public override int GetHashCode() => (Script, Prelude, As).GetHashCode();

    static Shell Checked(ProbeScript probe)
    {
        var script = probe.Tools.Count == 0 ? probe.Script : $"cfg_needs {probe.Tools}\n{probe.Script}";
        return probe.AnyTool.Count == 0 ? script : $"cfg_needs_any {probe.AnyTool}\n{script}";
    }
}
