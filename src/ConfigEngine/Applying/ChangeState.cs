namespace ConfigEngine.Applying;

/// <summary>The state of a change, or of a handler, in a run. At the end it is exactly one of the last seven.</summary>
public enum ChangeState
{
    /// <summary>It is planned and was not sent yet.</summary>
    Planned,

    /// <summary>It was sent, and its answer has not come yet.</summary>
    Sent,

    /// <summary>It was made, and verified on the host afterwards.</summary>
    Done,

    /// <summary>All of it was done without an error, but the host is not in the desired state.</summary>
    DidNotTake,

    /// <summary>It ended with an error; <see cref="ChangeReport.Reached"/> says how far it came.</summary>
    Failed,

    /// <summary>It was made, and the host has restored everything that it changed.</summary>
    Undone,

    /// <summary>
    /// It was made, and the host has restored a part: the files that it keeps copies of, because the connection depends on them.
    /// Everything else that it did stays, such as other effects of a command, or the home of a new user; and so does everything
    /// that the host could not restore.
    /// </summary>
    PartlyUndone,

    /// <summary>It was sent, and its result could not be found out.</summary>
    InDoubt,

    /// <summary>It was not begun.</summary>
    NotBegun,
}

/// <summary>How far a change came that did not succeed.</summary>
public enum Reached
{
    /// <summary>It ended before its first write; nothing was changed.</summary>
    Nothing,

    /// <summary>It ran, and it is not known how much of it was done.</summary>
    Unknown,

    /// <summary>A part of it was done.</summary>
    Part,

    /// <summary>All of it was done.</summary>
    All,
}

/// <summary>The result of one change or handler.</summary>
/// <param name="Address">The resource's address, or the handler's name.</param>
/// <param name="State">Its state.</param>
public sealed record ChangeReport(string Address, ChangeState State)
{
    /// <summary>The change, as it was made or was to be made; null for a handler.</summary>
    public Change? Change { get; init; }

    /// <summary>Whether it is a handler, not a change of a resource.</summary>
    public bool IsHandler { get; init; }

    /// <summary>How far it came, if it failed; for other states, the state itself says it.</summary>
    public Reached Reached { get; init; }

    /// <summary>Where it was declared; for a handler, where a resource notifies it.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>Whether it is certain that it changed nothing on the host.</summary>
    public bool IsUntouched =>
        State is ChangeState.Planned or ChangeState.NotBegun || (State is ChangeState.Failed && Reached is Reached.Nothing);
}
