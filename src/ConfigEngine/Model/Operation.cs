namespace ConfigEngine.Model;

/// <summary>One thing that a change does on the host.</summary>
/// <param name="Script">What to run. A failing command in it is a failed operation: it runs under <c>set -e</c>.</param>
public sealed record Operation(Shell Script)
{
    /// <summary>What plans show; the script itself when null.</summary>
    public string? Title { get; init; }

    /// <summary>What the script reads on its standard input; it has none when null.</summary>
    public Content? Input { get; init; }

    /// <summary>Set where neighbouring operations can be one: a package transaction.</summary>
    public Batch? Batch { get; init; }

    /// <summary>How long it may take where the resource does not say; 5 minutes when null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// Must not be cut in half: it runs under supervision on the host, which finishes it also when the connection is lost, and
    /// keeps what came of it for the next run to read.
    /// </summary>
    public bool Uncut { get; init; }

    /// <summary>
    /// Whether its script says itself, with <c>cfg_touch</c>, when it is about to write for the first time: where it fails before that,
    /// it is known that nothing was changed. Of any other operation that failed, nobody knows how much it did.
    /// </summary>
    public bool TellsFirstWrite { get; init; }

    /// <summary>Set where it reboots the host: what follows waits for the next boot. Null for any other operation.</summary>
    public RebootOptions? Reboots { get; init; }

    /// <summary>What plans show.</summary>
    public string Display => Title ?? $"$ {Script.Text}";
}

/// <summary>Operations of neighbouring resources that are done together.</summary>
/// <param name="Key">Which ones: operations with one key are done as one.</param>
/// <param name="Item">This operation's part.</param>
/// <param name="Together">The operation for all the parts.</param>
public sealed record Batch(string Key, string Item, Func<IReadOnlyList<string>, Operation> Together)
{
    /// <summary>What would tell, without changing anything, what else the operation will do.</summary>
    public Func<IReadOnlyList<string>, Shell>? Simulate { get; init; }

    /// <summary>Makes the changes more exact by the answer of the simulation: versions, and what comes along.</summary>
    public Func<IReadOnlyList<Change>, Output, IReadOnlyList<Change>>? Refine { get; init; }

    /// <summary>
    /// What to do about a transaction that the simulation says cannot be made, by its words; nothing in particular when null.
    /// </summary>
    public Func<string, string?>? Hint { get; init; }

    /// <summary>Whether it is the same transaction.</summary>
    public bool Joins(Batch? other) => other?.Key == Key;
}
