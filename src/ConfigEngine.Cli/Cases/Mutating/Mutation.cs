namespace ConfigEngine.Cli.Cases.Mutating;

/// <summary>One change of one declaration, tried in every case that has it.</summary>
/// <param name="At">Where it is declared; null where that is not known.</param>
/// <param name="Address">The resource.</param>
/// <param name="Property">The property; empty where the resource is left out.</param>
/// <param name="What">What was changed.</param>
sealed record Mutation(SourceLine? At, string Address, string Property, string What)
{
    /// <summary>The cases whose plan is another one with it.</summary>
    public IReadOnlyList<string> Noticed { get; init; } = [];

    /// <summary>The cases whose plan is the same with it, and what they show of the resource.</summary>
    public IReadOnlyList<(string Case, Sight Sight)> Unnoticed { get; init; } = [];

    /// <summary>Whether no case noticed it.</summary>
    public bool IsMissed => Noticed.Count == 0;

    /// <summary>
    /// What the cases show of the resource: a fault if one has it, and the same if one shows that, because the others show less.
    /// </summary>
    public Sight Sight =>
        Unnoticed.Any(one => one.Sight is Sight.Same) && Unnoticed.All(one => one.Sight is not Sight.Hidden) ? Sight.Same
        : Unnoticed.Count == 0 ? Sight.Hidden
        : Unnoticed.Min(one => one.Sight);

    /// <summary>The same from all cases and recipes that tried it, in order of their places.</summary>
    public static IReadOnlyList<Mutation> Joined(IEnumerable<Mutation> mutations) =>
        [
            .. mutations
                .GroupBy(one => (one.At, one.Address, one.Property, one.What))
                .Select(same =>
                    same.First() with
                    {
                        Noticed = [.. same.SelectMany(one => one.Noticed)],
                        Unnoticed = [.. same.SelectMany(one => one.Unnoticed)],
                    }
                )
                .OrderBy(one => one.At?.File, StringComparer.Ordinal)
                .ThenBy(one => one.At?.Line)
                .ThenBy(one => one.At?.Column),
        ];
}

/// <summary>What a plan shows of a resource with a mutant that it does not show, the worst first.</summary>
enum Sight
{
    /// <summary>It shows a change, and an apply would do something else than it shows.</summary>
    Hidden,

    /// <summary>It is in its desired state, so nothing of it is shown.</summary>
    UpToDate,

    /// <summary>It shows only that the change is unknown until apply.</summary>
    Unknown,

    /// <summary>Something prevents a change of it, and that is shown instead.</summary>
    Refused,

    /// <summary>It shows a change, and an apply would do the same with it.</summary>
    Same,
}
