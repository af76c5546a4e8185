namespace ConfigEngine.Model;

/// <summary>The kind of change. Its glyph begins the line in a plan.</summary>
public enum Verb
{
    /// <summary><c>+</c> Something is created.</summary>
    Create,

    /// <summary><c>~</c> Something is changed.</summary>
    Update,

    /// <summary><c>-</c> Something is removed.</summary>
    Remove,

    /// <summary><c>!</c> A command runs.</summary>
    Run,

    /// <summary><c>?</c> Nothing differs now, but an earlier change may alter that; it is probed again.</summary>
    Recheck,
}

/// <summary>How sure a plan is of a line.</summary>
public enum Certainty
{
    /// <summary>It will be done exactly as shown. If the host has changed since the plan, nothing is done.</summary>
    Exact,

    /// <summary>An earlier change of this plan may alter what was observed.</summary>
    Predicted,

    /// <summary>Only the host can tell, after it has acted.</summary>
    Unknown,
}

/// <summary>A resource that is not in its desired state, and what will be done about it.</summary>
public sealed record Change
{
    /// <summary>The resource's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's key.</summary>
    public required string Key { get; init; }

    /// <summary>The kind of change.</summary>
    public required Verb Verb { get; init; }

    /// <summary>How sure the plan is of it.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Why it is not exact; null when it is.</summary>
    public string? Because { get; init; }

    /// <summary>The attributes, before and after.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>What will be done, in order.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>How its operations are run, for people: as whom, how often, until what. Nothing where they are run as always.</summary>
    internal IReadOnlyList<string> How { get; init; } = [];

    /// <summary>Its other effects.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>Notes for the reader.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>
    /// What is so at the moment and may pass, such as who uses a mount: for people, and no part of what a saved plan fixes.
    /// </summary>
    internal IReadOnlyList<string> Current { get; init; } = [];

    /// <summary>Handlers that this change notifies.</summary>
    public IReadOnlyList<string> Notifies { get; init; } = [];

    /// <summary>Where the resource was declared.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Kind and key.</summary>
    public string Address => $"{Kind} {Text.Excerpt(Key)}";
}

/// <summary>A difference as the resource sees it, before the planner says how sure it is.</summary>
/// <param name="Verb">The kind of change.</param>
/// <param name="Attributes">The attributes that differ.</param>
/// <param name="Operations">The operations that make the change.</param>
/// <param name="Notes">Notes for the reader.</param>
/// <param name="Effects">The other effects of the change.</param>
/// <param name="After">The state after the change.</param>
sealed record Draft(
    Verb Verb,
    IReadOnlyList<AttributeChange> Attributes,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Effect> Effects,
    Observed After
)
{
    /// <summary>What is so at the moment and may pass.</summary>
    public IReadOnlyList<string> Current { get; init; } = [];

    /// <summary>The transaction that it is part of.</summary>
    public Batch? Batch => Operations is [{ Batch: { } batch }] ? batch : null;
}
