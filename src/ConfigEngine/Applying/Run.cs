namespace ConfigEngine.Applying;

/// <summary>The identity of a run, for a host's lock and records.</summary>
/// <param name="Id">The run's id, as in <c>cfg history</c>.</param>
/// <param name="By">The user and the machine: <c>ann@laptop</c>.</param>
public sealed record Run(string Id, string By)
{
    /// <summary>A run without a journal: of a program that uses the engine and gives no identity.</summary>
    public static Run Unnamed { get; } = new("unnamed", "an unnamed run");

    /// <summary>The run's process, in a form that <see cref="IsOver"/> understands; empty when it is unknown.</summary>
    public string Process { get; init; } = "";

    /// <summary>Whether the run of such a process has certainly ended; never certain by default.</summary>
    public Func<string, bool> IsOver { get; init; } = _ => false;
}
