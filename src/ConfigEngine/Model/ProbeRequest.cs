namespace ConfigEngine.Model;

/// <summary>A probe as a host is asked it: resources with the same probe share one answer.</summary>
/// <param name="Script">What to run: the probe, and the checks before it.</param>
/// <param name="Prelude">What to run before, once for all probes with the same one.</param>
/// <param name="As">As whom.</param>
sealed record ProbeRequest(Shell Script, Shell? Prelude, string? As)
{
    /// <summary>
    /// What is asked, for errors: the state of a resource (of the first one where several share the probe, which are equal all the
    /// same), or a recipe's own command.
    /// </summary>
    public string What { get; init; } = "";

    /// <summary>The exit code of a probe that needs a command that is not there; the command's name is on standard output.</summary>
    internal const int ToolMissing = 120;

    /// <summary>The exit code of a probe as a user that is not there.</summary>
    internal const int UserMissing = 121;

    /// <summary>The probe of a resource, or, where its state is expected, the cheaper one.</summary>
    internal static ProbeRequest Of(Resource resource, ProbeScript probe) =>
        new(Checked(probe), probe.Prelude, resource.As) { What = $"the state of {resource.Address}" };

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
