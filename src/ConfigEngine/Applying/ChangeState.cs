namespace ConfigEngine.Applying;

/// <summary>What became of a change, or of a handler, in a run. It ends as one of the last seven, and as just one.</summary>
public enum ChangeState
{
    /// <summary>It is to be made; nothing was sent yet.</summary>
    Planned,

    /// <summary>It was sent, and its answer has not come yet.</summary>
    Sent,

    /// <summary>It was made, and was seen on the host afterwards.</summary>
    Done,

    /// <summary>All of it was done without an error, and yet the host is not as it should be.</summary>
    DidNotTake,

    /// <summary>It ended with an error; <see cref="ChangeReport.Reached"/> says how far it came.</summary>
    Failed,

    /// <summary>It was made, and the host has put back all that was there before.</summary>
    Undone,

    /// <summary>
    /// It was made, and the host has put back a part: what it keeps copies of, which is what the way to it is made of. What else it did
    /// stays, such as what a command did elsewhere, or the home of a new user; and so does what the host says it could not put back.
    /// </summary>
    PartlyUndone,

    /// <summary>It was sent, and nobody could find out what became of it.</summary>
    InDoubt,

    /// <summary>It was not begun.</summary>
    NotBegun,
}

/// <summary>How far a change came that did not succeed.</summary>
public enum Reached
{
    /// <summary>It ended before its first write: nothing of it was done.</summary>
    Nothing,

    /// <summary>It ran, and how much of it was done is not known.</summary>
    Unknown,

    /// <summary>A part of it was done.</summary>
    Part,

    /// <summary>All that it does was done.</summary>
    All,
}

/// <summary>What became of one change or handler.</summary>
/// <param name="Address">The resource's address, or the handler's name.</param>
/// <param name="State">What became of it.</param>
public sealed record ChangeReport(string Address, ChangeState State)
{
    /// <summary>The change, as it was made or was to be made; null for a handler.</summary>
    public Change? Change { get; init; }

    /// <summary>Whether it is a handler, and no change of a resource.</summary>
    public bool IsHandler { get; init; }

    /// <summary>How far it came, where it failed; what it came to in other states follows from those.</summary>
    public Reached Reached { get; init; }

    /// <summary>Where it was declared; of a handler, where a resource notifies it.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Whether it is certain that nothing on the host is different because of it.</summary>
    public bool IsUntouched =>
        State is ChangeState.Planned or ChangeState.NotBegun || (State is ChangeState.Failed && Reached is Reached.Nothing);
}
