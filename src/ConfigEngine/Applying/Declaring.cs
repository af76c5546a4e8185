namespace ConfigEngine.Applying;

/// <summary>
/// A recipe's resources for one host: those of its blocks, made from the host's facts and from its answers to their code.
/// </summary>
/// <param name="catalog">The recipe.</param>
/// <param name="blocks">The host's blocks, in order.</param>
/// <param name="view">The host as the recipe's code sees it, with the given facts; without facts when null.</param>
/// <param name="choosing">The chosen resources.</param>
sealed class Declaring(Catalog catalog, IReadOnlyList<RecipeBlock> blocks, Func<Facts?, Asked, HostView> view, Choosing choosing)
{
    // Each round answers at least one more question. Code that never stops asking would ask something new each time.
    const int MostRounds = 10;

    /// <summary>The resources that do not depend on the host's answers.</summary>
    readonly Dictionary<RecipeBlock, IReadOnlyList<Resource>> free = [];

    /// <summary>The probes that can be sent before the host's facts are known.</summary>
    public IReadOnlyList<ProbeRequest> Early(Asked asked, CancellationToken ct)
    {
        var host = view(null, asked);
        foreach (var block in blocks.Where(block => block.Fixed is not null || catalog.Asks))
        {
            if (Declare(block, host, ct) is { } resources)
                free[block] = resources;
        }

        return [.. Planner.Probes(free.Values.SelectMany(resources => resources)), .. asked.Open];
    }

    /// <summary>All blocks with their resources. Open questions of their code are sent to the host.</summary>
    /// <param name="session">The session with the host.</param>
    /// <param name="asked">The questions so far, with their answers.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task<IReadOnlyList<(int Number, IReadOnlyList<Resource> Resources)>> Declare(
        ISession session,
        Asked asked,
        CancellationToken ct
    )
    {
        var host = view(session.Facts, asked);
        Dictionary<RecipeBlock, IReadOnlyList<Resource>> made = new(free);
        for (var round = 1; ; round++)
        {
            foreach (var block in blocks.Where(block => !made.ContainsKey(block)))
            {
                if (Declare(block, host, ct) is { } resources)
                    made[block] = resources;
            }

            if (made.Count == blocks.Count)
                return [.. blocks.Select(block => (block.Number, made[block]))];
            if (round == MostRounds || asked.Open.Count == 0)
                throw new RecipeException(
                    $"the code of a block still asked the host something new when it ran for the {round}th time",
                    blocks.First(block => !made.ContainsKey(block)).Source,
                    "ask first, and read the answers after that"
                );
            asked.Take(await Probing.Ask(session, asked.Open, ct));
        }
    }

    /// <summary>The host's plan, with an obstacle for each resource that a policy of the recipe forbids.</summary>
    public HostPlan Held(HostPlan plan, Facts facts, CancellationToken ct) =>
        PolicyCheck.Of(plan, view(facts, new(plan.Host)), catalog, ct);

    IReadOnlyList<Resource>? Declare(RecipeBlock block, HostView host, CancellationToken ct)
    {
        try
        {
            return catalog.ResourcesOf(block, host, ct) is { } resources ? Chosen(resources) : null;
        }
        catch (Exception thrown) when (!ct.IsCancellationRequested && thrown is not CfgException or RecipeException)
        {
            throw RecipeTrace.Explain(thrown, block.Source, host.Name);
        }
    }

    IReadOnlyList<Resource> Chosen(IEnumerable<Resource> resources) => [.. resources.Where(choosing.Has)];
}
