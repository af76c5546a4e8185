namespace ConfigEngine.Applying;

/// <summary>
/// What the recipe says for one host: its blocks' resources, made from the host's facts and from what their code asks it.
/// </summary>
/// <param name="catalog">The recipe.</param>
/// <param name="blocks">The host's blocks, in order.</param>
/// <param name="view">The host as the recipe's code sees it, with these facts; with none before there are any.</param>
/// <param name="choosing">Which of its resources.</param>
sealed class Declaring(Catalog catalog, IReadOnlyList<RecipeBlock> blocks, Func<Facts?, Asked, HostView> view, Choosing choosing)
{
    // Each round answers at least one question more, and code that asks without an end asks something new each time.
    const int MostRounds = 10;

    /// <summary>The resources that do not depend on what the host says.</summary>
    readonly Dictionary<RecipeBlock, IReadOnlyList<Resource>> free = [];

    /// <summary>What can be asked of the host before its facts are known.</summary>
    public IReadOnlyList<ProbeRequest> Early(Asked asked, CancellationToken ct)
    {
        var host = view(null, asked);
        foreach (var block in blocks.Where(block => block.Fixed is not null || catalog.Asks))
        {
            if (catalog.ResourcesOf(block, host, ct) is { } resources)
                free[block] = Chosen(resources);
        }

        return [.. Planner.Probes(free.Values.SelectMany(resources => resources)), .. asked.Open];
    }

    /// <summary>All blocks with their resources. What their code asks that is not answered yet is asked.</summary>
    /// <param name="session">The way to the host.</param>
    /// <param name="asked">What was asked and answered already.</param>
    /// <param name="ct">Gives up.</param>
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

    IReadOnlyList<Resource>? Declare(RecipeBlock block, HostView host, CancellationToken ct)
    {
        try
        {
            return catalog.ResourcesOf(block, host, ct) is { } resources ? Chosen(resources) : null;
        }
        catch (Exception thrown) when (!ct.IsCancellationRequested && thrown is not CfgException or RecipeException { At: null })
        {
            throw RecipeTrace.Explain(thrown, block.Source);
        }
    }

    IReadOnlyList<Resource> Chosen(IEnumerable<Resource> resources) => [.. resources.Where(choosing.Has)];
}
