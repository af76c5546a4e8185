namespace ConfigEngine.Planning;

/// <summary>
/// One thing that an apply does, and after which it may be cut off: a change, several changes that are one transaction, or a handler
/// at the end of a block.
/// </summary>
/// <param name="Block">The number of its block.</param>
/// <param name="Changes">The changes; none for a handler.</param>
/// <param name="Handler">The handler; null for changes.</param>
sealed record PlanStep(int Block, IReadOnlyList<PlannedChange> Changes, HandlerCall? Handler)
{
    /// <summary>Its name in messages.</summary>
    public string Name => Handler?.Handler.Name ?? Text.List([.. Changes.Select(planned => planned.Change.Address)], 3);

    /// <summary>The steps of a plan, in order. A resource that is only probed again is none.</summary>
    public static IReadOnlyList<PlanStep> Of(HostPlan plan) =>
        [
            .. plan.Blocks.SelectMany(block =>
                Together(block.Planned.Where(planned => planned.Change.Verb is not Verb.Recheck))
                    .Select(changes => new PlanStep(block.Number, changes, null))
                    .Concat(block.Handlers.Select(call => new PlanStep(block.Number, [], call)))
            ),
        ];

    /// <summary>Changes in groups: adjacent ones with the same transaction are one.</summary>
    public static IEnumerable<IReadOnlyList<PlannedChange>> Together(IEnumerable<PlannedChange> entries)
    {
        List<PlannedChange> together = [];
        foreach (var entry in entries)
        {
            if (together.Count > 0 && !Joins(together[^1], entry))
            {
                yield return [.. together];
                together.Clear();
            }

            together.Add(entry);
        }

        if (together.Count > 0)
            yield return [.. together];
    }

    /// <summary>The transaction that a change is part of; null where it is none.</summary>
    public static Batch? BatchOf(PlannedChange entry) => entry.Change.Operations is [{ Batch: { } batch }] ? batch : null;

    static bool Joins(PlannedChange first, PlannedChange second) =>
        BatchOf(first) is { } batch && batch.Joins(BatchOf(second)) && first.Resource.As == second.Resource.As;
}
