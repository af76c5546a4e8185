namespace ConfigEngine.Model;

/// <summary>One step of a change on the host.</summary>
/// <param name="Script">The script. It runs under <c>set -e</c>, so a command that fails makes the operation fail.</param>
public sealed record Operation(Shell Script)
{
    /// <summary>The text in plans; the script itself when null.</summary>
    public string? Title { get; init; }

    /// <summary>The script's standard input; none when null.</summary>
    public Content? Input { get; init; }

    /// <summary>Set if adjacent operations can be done as one: a package transaction.</summary>
    public Batch? Batch { get; init; }

    /// <summary>How long it may take if the resource does not set a deadline; 5 minutes when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// It must not be interrupted: it runs under supervision on the host, which finishes it even when the connection is lost, and
    /// keeps the result for the next run.
    /// </summary>
    public bool Uncut { get; init; }

    /// <summary>
    /// Whether its script reports with <c>cfg_touch</c> that it is about to write for the first time. If it fails before that, it
    /// is known that nothing was changed. For any other failed operation, it is unknown how much it did.
    /// </summary>
    public bool TellsFirstWrite { get; init; }

    /// <summary>
    /// Whether it takes only a moment, whatever it finds. What adjacent brief operations need, and what came of them, is probed as a set.
    /// </summary>
    internal bool IsBrief { get; init; }

    /// <summary>
    /// The file that it writes as a whole from its input, if it does nothing else. Such files can be prepared together. Null for any
    /// other operation.
    /// </summary>
    internal WholeFile? Writes { get; init; }

    /// <summary>Set if it reboots the host: later operations wait for the next boot. Null for any other operation.</summary>
    public RebootOptions? Reboots { get; init; }

    /// <summary>The text in plans.</summary>
    public string Display => Title ?? $"$ {Script.Text}";
}

/// <summary>A file that is written as a whole.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Owner">Its owner; empty where it is kept.</param>
/// <param name="Group">Its group; empty where it is kept.</param>
/// <param name="Mode">Its mode; empty where it is kept.</param>
sealed record WholeFile(string Path, string Owner = "", string Group = "", string Mode = "");

/// <summary>Operations of adjacent resources that are done together.</summary>
/// <param name="Key">Operations with the same key are done as one.</param>
/// <param name="Item">This operation's part.</param>
/// <param name="Together">The operation for all the parts.</param>
public sealed record Batch(string Key, string Item, Func<IReadOnlyList<string>, Operation> Together)
{
    /// <summary>A script that tells, without changing anything, what else the operation will do.</summary>
    public Func<IReadOnlyList<string>, Shell>? Simulate { get; init; }

    /// <summary>Makes the changes more exact from the answer of the simulation: versions, and additional packages.</summary>
    public Func<IReadOnlyList<Change>, Output, IReadOnlyList<Change>>? Refine { get; init; }

    /// <summary>
    /// What to do if the simulation says that the transaction is not possible, from its message; null where there is no advice.
    /// </summary>
    public Func<string, string?>? Hint { get; init; }

    /// <summary>Whether it is the same transaction.</summary>
    public bool Joins(Batch? other) => other?.Key == Key;
}
