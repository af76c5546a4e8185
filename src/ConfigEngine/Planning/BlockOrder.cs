namespace ConfigEngine.Planning;

/// <summary>
/// The order of blocks: on one host in order of declaration, and across hosts by their <see cref="RecipeBlock.After"/> and <see
/// cref="RecipeBlock.Rollout"/>.
/// </summary>
static class BlockOrder
{
    /// <summary>Fails if blocks wait for each other in a circle, or have an impossible rollout.</summary>
    /// <exception cref="RecipeException">There is such a problem; a circle is named.</exception>
    public static void Check(
        IReadOnlyList<RecipeBlock> blocks,
        IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> hosts,
        Func<RecipeBlock, IReadOnlyList<RecipeBlock>> after
    )
    {
        foreach (var block in blocks)
        {
            if (block.Rollout?.Problems.FirstOrDefault() is { } problem)
                throw new RecipeException($"the rollout of {block.Name}: {problem}", block.Source);
        }

        var waits = blocks.ToDictionary(block => block, block => after(block).ToHashSet());
        foreach (var (_, own) in hosts)
        {
            for (var i = 1; i < own.Count; i++)
                waits[own[i]].Add(own[i - 1]);
        }

        HashSet<RecipeBlock> safe = [];
        foreach (var block in blocks)
            Visit(block, []);

        void Visit(RecipeBlock block, List<RecipeBlock> path)
        {
            if (safe.Contains(block))
                return;
            var seen = path.IndexOf(block);
            if (seen >= 0)
                throw new RecipeException(
                    $"these blocks wait for each other: "
                        + $"{string.Join(", which waits for ", path.Skip(seen).Append(block).Select(one => one.Name))}",
                    block.Source,
                    hint: "blocks of one host run in the order of the recipe; take away an After, move a block, or make a value that "
                        + "another host needs in a block of its own"
                );
            foreach (var before in waits[block])
                Visit(before, [.. path, block]);
            safe.Add(block);
        }
    }

    /// <summary>
    /// The blocks that have something to do and wait until another host has done something. On one host the order is the recipe's.
    /// </summary>
    public static IEnumerable<BlockWait> Waits(
        IReadOnlyList<RecipeBlock> blocks,
        IReadOnlyList<HostPlan> plans,
        Func<RecipeBlock, IReadOnlyList<RecipeBlock>> after
    )
    {
        var working = (
            from plan in plans
            where plan.IsWork
            from block in plan.Blocks
            where !block.IsEmpty
            select (block.Number, plan.Host)
        ).ToLookup(one => one.Number, one => one.Host);
        return blocks
            .Select(block => new BlockWait(
                block.Name,
                [
                    .. after(block)
                        .Where(before => working[block.Number].Any(host => working[before.Number].Any(other => other != host)))
                        .Select(before => before.Name),
                ]
            ))
            .Where(wait => wait.After.Count > 0);
    }
}
