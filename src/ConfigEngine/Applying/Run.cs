namespace ConfigEngine.Applying;

/// <summary>Which run it is: what a host's lock and records name.</summary>
/// <param name="Id">The run's id, as <c>cfg history</c> knows it.</param>
/// <param name="By">Who runs it, and where: <c>ann@laptop</c>.</param>
public sealed record Run(string Id, string By)
{
    /// <summary>A run without a journal: of a program that uses the engine and says nothing of itself.</summary>
    public static Run Unnamed { get; } = new("unnamed", "an unnamed run");

    /// <summary>The process that it is, in words that <see cref="IsOver"/> understands; empty when nobody can tell.</summary>
    public string Process { get; init; } = "";

    /// <summary>Whether the run of such a process has certainly ended; never certain, unless said otherwise.</summary>
    public Func<string, bool> IsOver { get; init; } = _ => false;
}
