namespace ConfigEngine.Applying;

/// <summary>
/// Decides when a host may begin a block: when the blocks before it are finished on all their hosts, and it is its batch's turn.
/// </summary>
sealed class Gates
{
    readonly Func<RecipeBlock, IReadOnlyList<RecipeBlock>> after;
    readonly Dictionary<int, (Rendezvous Done, RolloutGate Turn)> gates;

    public Gates(
        IEnumerable<RecipeBlock> blocks,
        IReadOnlyList<(Host Host, IReadOnlyList<RecipeBlock> Blocks)> hosts,
        Func<RecipeBlock, IReadOnlyList<RecipeBlock>> after
    )
    {
        this.after = after;
        gates = blocks.ToDictionary(
            block => block.Number,
            block =>
            {
                IReadOnlyList<string> own =
                [
                    .. hosts.Where(assigned => assigned.Blocks.Contains(block)).Select(assigned => assigned.Host.Name),
                ];
                return (new Rendezvous(own.Count), new RolloutGate(block.Rollout, own));
            }
        );
    }

    /// <summary>Waits until a host may begin a block.</summary>
    /// <exception cref="WaitedInVainException">A block before it was not finished.</exception>
    /// <exception cref="RolloutStoppedException">Too many hosts failed before this one.</exception>
    public async Task Enter(RecipeBlock block, string host, CancellationToken ct)
    {
        foreach (var before in after(block))
        {
            if (!await gates[before.Number].Done.Done.WaitAsync(ct))
                throw new WaitedInVainException(host, block.Name, before.Name);
        }

        await gates[block.Number].Turn.Turn(host, block.Name, ct);
    }

    /// <summary>A host has finished a block.</summary>
    public void Leave(RecipeBlock block, string host)
    {
        gates[block.Number].Done.Arrive();
        gates[block.Number].Turn.Succeed(host);
    }

    /// <summary>A host will not finish a block.</summary>
    public void Fail(RecipeBlock block, string host)
    {
        gates[block.Number].Done.Fail();
        gates[block.Number].Turn.Fail(host);
    }
}
