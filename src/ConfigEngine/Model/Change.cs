namespace ConfigEngine.Model;

/// <summary>What sort of change: the glyph at the beginning of its line.</summary>
public enum Verb
{
    /// <summary><c>+</c> Something comes to be.</summary>
    Create,

    /// <summary><c>~</c> Something becomes different.</summary>
    Update,

    /// <summary><c>-</c> Something goes.</summary>
    Remove,

    /// <summary><c>!</c> A command runs.</summary>
    Run,

    /// <summary><c>?</c> Nothing differs now, but an earlier change may alter that: it is looked at again.</summary>
    Recheck,
}

/// <summary>How sure a plan is of a line.</summary>
public enum Certainty
{
    /// <summary>It will be done just so, or the host is not as planned and nothing is done.</summary>
    Exact,

    /// <summary>An earlier change of this plan may alter what was observed.</summary>
    Predicted,

    /// <summary>Only the host can tell, when it has acted.</summary>
    Unknown,
}

/// <summary>A resource that is not as it should be, and what will be done about it.</summary>
public sealed record Change
{
    /// <summary>The resource's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's key.</summary>
    public required string Key { get; init; }

    /// <summary>What sort of change.</summary>
    public required Verb Verb { get; init; }

    /// <summary>How sure it is.</summary>
    public required Certainty Certainty { get; init; }

    /// <summary>Why it is not exact; null when it is.</summary>
    public string? Because { get; init; }

    /// <summary>The attributes, before and after.</summary>
    public IReadOnlyList<AttributeChange> Attributes { get; init; } = [];

    /// <summary>What will be done, in order.</summary>
    public IReadOnlyList<Operation> Operations { get; init; } = [];

    /// <summary>What it does besides.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>What else the reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Handlers that this change calls for.</summary>
    public IReadOnlyList<string> Notifies { get; init; } = [];

    /// <summary>Where the resource was declared.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Kind and key.</summary>
    public string Address => $"{Kind} {Text.Excerpt(Key)}";
}

/// <summary>A difference as the resource sees it, before the planner says how sure it is.</summary>
/// <param name="Verb">What sort of change.</param>
/// <param name="Attributes">What differs.</param>
/// <param name="Operations">What to do about it.</param>
/// <param name="Notes">What else to say.</param>
/// <param name="Effects">What it does besides.</param>
/// <param name="After">The state once it took.</param>
sealed record Draft(
    Verb Verb,
    IReadOnlyList<AttributeChange> Attributes,
    IReadOnlyList<Operation> Operations,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Effect> Effects,
    Observed After
)
{
    /// <summary>The transaction that it is part of.</summary>
    public Batch? Batch => Operations is [{ Batch: { } batch }] ? batch : null;
}
