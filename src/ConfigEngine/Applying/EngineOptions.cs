namespace ConfigEngine.Applying;

/// <summary>How a run goes about it.</summary>
public sealed record EngineOptions
{
    /// <summary>How many hosts are worked on at once.</summary>
    public int Parallel { get; init; } = 20;

    /// <summary>Only the hosts of this selector; all that the blocks name when null.</summary>
    public string? On { get; init; }

    /// <summary>One host that every block is run on, whatever its target.</summary>
    public Host? Everywhere { get; init; }

    /// <summary>
    /// Only the resources with these addresses or keys, in which <c>*</c> and <c>?</c> stand for others; all of them when empty.
    /// </summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Not the resources with these addresses or keys.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Keeps sessions open after planning, for an apply that follows.</summary>
    public bool KeepSessions { get; init; }

    /// <summary>Whether the plan is to be applied: then it is made on hosts that nobody else is changing, or not at all.</summary>
    public bool Changes { get; init; }

    /// <summary>Which run it is, for the locks and records of the hosts.</summary>
    public Run Run { get; init; } = Run.Unnamed;

    /// <summary>How long to wait for a host that somebody else is changing; not at all when null.</summary>
    public TimeSpan? WaitForLock { get; init; }

    /// <summary>How long a host whose connection was lost in the middle is tried to be reached again.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long a host undoes a change that cut the way to it.</summary>
    public TimeSpan Lifeline { get; init; } = Risk.Patience;

    /// <summary>Told, with a host's name, what takes its time there besides changes; from any thread.</summary>
    public Action<string, string> Say { get; init; } = (_, _) => { };

    /// <summary>
    /// The boot id of the machine that the engine runs on, which must not be rebooted in the middle; not looked at when null.
    /// </summary>
    public string? OwnBootId { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
