namespace ConfigEngine.Applying;

/// <summary>The options of a run.</summary>
public sealed record EngineOptions
{
    /// <summary>How many hosts are worked on at the same time.</summary>
    public int Parallel { get; init; } = 20;

    /// <summary>Only the hosts of this selector; all hosts of the blocks when null.</summary>
    public string? On { get; init; }

    /// <summary>One host on which every block runs, whatever the block's target.</summary>
    public Host? Everywhere { get; init; }

    /// <summary>
    /// Only the resources with these addresses or keys, in which <c>*</c> and <c>?</c> are wildcards; all resources when empty.
    /// </summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Without the resources with these addresses or keys.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Keeps sessions open after planning, for an apply that follows.</summary>
    public bool KeepSessions { get; init; }

    /// <summary>Whether the plan is to be applied. It is then made only while no other run changes the hosts.</summary>
    public bool Changes { get; init; }

    /// <summary>The run's identity, for the locks and records of the hosts.</summary>
    public Run Run { get; init; } = Run.Unnamed;

    /// <summary>How long to wait for a host that another run is changing; not at all when null.</summary>
    public TimeSpan? WaitForLock { get; init; }

    /// <summary>How long to try to reach a host again after the connection was lost.</summary>
    public TimeSpan Reconnect { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After this time a host undoes a change that cut the connection to it.</summary>
    public TimeSpan Lifeline { get; init; } = Risk.Patience;

    /// <summary>Called with a host's name and what takes time there, besides changes; from any thread.</summary>
    public Action<string, string> Say { get; init; } = (_, _) => { };

    /// <summary>
    /// The boot id of the machine that the engine runs on, which must not be rebooted during the run; not checked when null.
    /// </summary>
    public string? OwnBootId { get; init; }

    /// <summary>
    /// Makes the state in which a host is planned, from the plan of what was observed of it. The host is planned as it was observed
    /// where it makes none, and always when null.
    /// </summary>
    internal Func<HostPlan, PredictedHost?>? Predict { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
