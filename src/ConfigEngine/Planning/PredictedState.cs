using System.Globalization;

namespace ConfigEngine.Planning;

/// <summary>The name of a state in which a host can be planned although nobody recorded it.</summary>
sealed record PredictedState
{
    const string CutPrefix = "cut:";

    PredictedState(string name, int? steps) => (Name, Steps) = (name, steps);

    /// <summary>As it is written: <c>converged</c>, <c>cut:3</c>.</summary>
    public string Name { get; }

    /// <summary>After how many steps an apply was cut off; null for the other states.</summary>
    public int? Steps { get; }

    /// <summary>After all of a plan.</summary>
    public static PredictedState Converged { get; } = new("converged", null);

    /// <summary>After all of a plan, with something changed by hand since.</summary>
    public static PredictedState Drifted { get; } = new("drifted", null);

    /// <summary>After all changes of a plan, with its handlers owed.</summary>
    public static PredictedState Owed { get; } = new("owed", null);

    /// <summary>The names, for people.</summary>
    public const string Names = "converged, drifted, owed, cut:STEP";

    /// <summary>The state with a name; null where there is none.</summary>
    public static PredictedState? Find(string? name) =>
        name switch
        {
            null => null,
            "converged" => Converged,
            "drifted" => Drifted,
            "owed" => Owed,
            _ when name.StartsWith(CutPrefix, StringComparison.Ordinal)
                    && int.TryParse(name.AsSpan(CutPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var steps) => new(
                name,
                steps
            ),
            _ => null,
        };

    /// <summary>The host that a plan of it leads to.</summary>
    /// <param name="plan">The plan, from observations.</param>
    /// <param name="now">The time.</param>
    public PredictedHost Of(HostPlan plan, DateTimeOffset now) =>
        this == Drifted ? PredictedHost.Drifted(plan, now)
        : this == Owed ? PredictedHost.Owing(plan, now)
        : PredictedHost.After(plan, Steps ?? PlanStep.Of(plan).Count, now);
}
