namespace ConfigEngine.Applying;

/// <summary>
/// A host's resources with the values of other resources that are known, and the reasons why other values are not known.
/// </summary>
/// <param name="Blocks">The resources.</param>
/// <param name="IsMore">Whether any value was filled in.</param>
/// <param name="Reasons">By the address of a resource that still waits: where its value comes from, with the host, or why there is
/// no value.</param>
sealed record Filled(
    IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> Blocks,
    bool IsMore,
    IReadOnlyDictionary<string, (string? Because, PlanException? Obstacle)> Reasons
)
{
    /// <summary>Waits for the plans of other hosts, and fills in the values that those hosts have already.</summary>
    /// <param name="host">The host.</param>
    /// <param name="blocks">Its resources.</param>
    /// <param name="values">The states of the other hosts' resources.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<Filled> Of(
        string host,
        IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)> blocks,
        KnownValues values,
        CancellationToken ct
    )
    {
        Dictionary<Origin, object> found = [];
        Dictionary<string, (string? Because, PlanException? Obstacle)> reasons = [];
        foreach (var resource in blocks.SelectMany(block => block.Resources))
        {
            foreach (var origin in Unknowns.Of(resource))
            {
                try
                {
                    if (await values.Find(host, resource, origin, ct) is { } value)
                        found[origin] = value;
                    else
                        reasons.TryAdd(
                            resource.Address,
                            ($"from the {origin}{(origin.Host is null ? $" on {values.HostOf(host, origin)}" : "")}", null)
                        );
                }
                catch (PlanException obstacle)
                {
                    reasons[resource.Address] = (null, obstacle);
                }
            }
        }

        return new(
            [
                .. blocks.Select(block =>
                    (
                        block.Number,
                        (IReadOnlyList<Resource>)[.. block.Resources.Select(resource => Fill(resource, found.GetValueOrDefault))]
                    )
                ),
            ],
            found.Count > 0,
            reasons
        );
    }

    /// <summary>A resource with the values that are known now, checked as if the recipe had them.</summary>
    /// <exception cref="RecipeException">The resource cannot take a value.</exception>
    public static Resource Fill(Resource resource, Func<Origin, object?> find)
    {
        var filled = Unknowns.Fill(resource, find);
        if (!ReferenceEquals(filled, resource))
            Catalog.Check(filled);
        return filled;
    }

    /// <summary>The plan, with the reasons for resources that still wait.</summary>
    public HostPlan Explain(HostPlan plan) =>
        Reasons.Count == 0
            ? plan
            : (
                plan with
                {
                    Blocks = [.. plan.Blocks.Select(block => block with { Entries = [.. block.Entries.Select(Explain)] })],
                }
            ).WithError;

    Entry Explain(Entry entry) =>
        entry is PlannedChange { Waits: true } planned && Reasons.TryGetValue(entry.Resource.Address, out var reason)
            ? reason.Obstacle is { } obstacle
                ? new Entry(entry.Resource) { Obstacle = obstacle }
                : planned with
                {
                    Change = planned.Change with { Because = reason.Because },
                }
            : entry;
}
