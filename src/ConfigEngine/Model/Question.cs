namespace ConfigEngine.Model;

/// <summary>A probe as a host is asked it: resources with the same question share one answer.</summary>
/// <param name="Script">What to run: the probe, and the checks before it.</param>
/// <param name="Prelude">What to run before, once for all questions with the same one.</param>
/// <param name="As">As whom.</param>
public sealed record Question(Shell Script, Shell? Prelude, string? As)
{
    /// <summary>
    /// What is asked, for errors: the state of a resource (of the first one where several share the question, which are equal all the
    /// same), or a recipe's own command.
    /// </summary>
    public string What { get; init; } = "";

    /// <summary>The exit code of a probe that needs a command that is not there; the command's name is on standard output.</summary>
    internal const int ToolMissing = 120;

    /// <summary>The exit code of a probe as a user that is not there.</summary>
    internal const int UserMissing = 121;

    /// <summary>The question of a resource, or, where its state is expected, the cheaper one.</summary>
    internal static Question Of(Resource resource, Look look) =>
        new(Checked(look), look.Prelude, resource.As) { What = $"the state of {resource.Address}" };

    /// <inheritdoc/>
    public bool Equals(Question? other) => other is not null && (Script, Prelude, As).Equals((other.Script, other.Prelude, other.As));

    /// <inheritdoc/>
    public override int GetHashCode() => (Script, Prelude, As).GetHashCode();

    static Shell Checked(Look look)
    {
        return look.Tools.Count == 0 ? look.Script : $"cfg_needs {look.Tools}\n{look.Script}";
    }
}
