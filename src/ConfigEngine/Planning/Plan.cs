namespace ConfigEngine.Planning;

/// <summary>The changes on every host: a value, made by probing and comparing, without changing anything.</summary>
/// <param name="Hosts">The hosts, in order of the inventory.</param>
public sealed record Plan(IReadOnlyList<HostPlan> Hosts)
{
    /// <summary>The blocks that are rolled out batch by batch.</summary>
    internal IReadOnlyList<RolloutPlan> Rollouts { get; init; } = [];

    /// <summary>The blocks with changes that wait for changes of other hosts.</summary>
    internal IReadOnlyList<BlockWait> Waits { get; init; } = [];

    /// <summary>Every change of every host.</summary>
    public IEnumerable<Change> Changes => Hosts.SelectMany(host => host.Changes);

    /// <summary>Whether no host needs a change and none failed.</summary>
    public bool IsEmpty => Hosts.All(host => host.Error is null) && !HasWork;

    /// <summary>Whether any host has something to do: a change, or a handler that is still owed.</summary>
    public bool HasWork => Hosts.Any(host => host.IsWork);

    /// <summary>Whether a host could not be planned, or could not be left as it was found.</summary>
    public bool HasErrors => Hosts.Any(host => host.Error is not null || host.Trouble is not null);
}

/// <summary>The order in which a block is rolled out to its hosts.</summary>
/// <param name="Block">The block, as messages call it.</param>
/// <param name="Batches">The hosts of each batch, by name.</param>
/// <param name="MaxFailures">How many hosts may fail before the remaining hosts are left alone.</param>
sealed record RolloutPlan(string Block, IReadOnlyList<IReadOnlyList<string>> Batches, int MaxFailures);

/// <summary>A block that begins when other blocks are finished on all their hosts.</summary>
/// <param name="Block">The block, as messages call it.</param>
/// <param name="After">The blocks that it waits for, as messages call them.</param>
sealed record BlockWait(string Block, IReadOnlyList<string> After);

/// <summary>The changes on one host.</summary>
public sealed record HostPlan
{
    /// <summary>Makes a plan.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="blocks">Its blocks, in order.</param>
    internal HostPlan(string host, IReadOnlyList<BlockPlan> blocks) => (Host, Blocks) = (host, blocks);

    /// <summary>The host's name.</summary>
    public string Host { get; }

    /// <summary>Its blocks, in order.</summary>
    internal IReadOnlyList<BlockPlan> Blocks { get; init; }

    /// <summary>Why the host could not be planned; null when it could.</summary>
    public CfgException? Error { get; init; }

    /// <summary>What prevents every change of the host although it could be planned; null where nothing does.</summary>
    internal CfgException? Lacking { get; init; }

    /// <summary>
    /// What failed while the plan was made, without preventing it: a latent host that could not be stopped. Null when nothing did.
    /// </summary>
    public CfgException? Trouble { get; init; }

    /// <summary>The host's distribution, in short.</summary>
    public string? System { get; init; }

    /// <summary>The state that it was planned from, where that was predicted; null where the host was observed.</summary>
    internal PredictedHost? From { get; init; }

    /// <summary>What earlier runs left there.</summary>
    internal Ledger Kept { get; init; } = Ledger.Empty;

    /// <summary>
    /// Whether there is anything that can be done: a change, or a handler that is still owed. A host with an obstacle is left
    /// alone.
    /// </summary>
    public bool IsWork => Error is null && (Changes.Any() || Handlers.Any());

    /// <summary>The obstacles to the recipe, each with its resource.</summary>
    internal IEnumerable<Entry> Obstacles => Entries.Where(entry => entry.Obstacle is not null);

    /// <summary>Its resources, in order.</summary>
    internal IEnumerable<Entry> Entries => Blocks.SelectMany(block => block.Entries);

    /// <summary>The resources that are to be changed, or to be probed again, in order.</summary>
    internal IEnumerable<PlannedChange> Planned => Blocks.SelectMany(block => block.Planned);

    /// <summary>This plan, with an error if the host, or one of its resources, cannot reach the desired state.</summary>
    internal HostPlan WithError =>
        Obstacles.Select(entry => entry.Obstacle).Prepend(Lacking).OfType<CfgException>().ToList() switch
        {
            [] => this,
            [var only] => this with { Error = only },
            var several => this with { Error = new ObstaclesException(several) },
        };

    /// <summary>The owed handlers that the recipe does not have; they stay owed.</summary>
    internal IEnumerable<Owed> LeftOwing => Kept.Owed.Where(owed => !Handlers.Any(call => call.Handler.Name == owed.Handler));

    /// <summary>Its changes, in order.</summary>
    public IEnumerable<Change> Changes => Planned.Select(planned => planned.Change).Where(change => change.Verb is not Verb.Recheck);

    /// <summary>The resources that are converged now and will be probed again, in order.</summary>
    public IEnumerable<Change> Rechecks => Planned.Select(planned => planned.Change).Where(change => change.Verb is Verb.Recheck);

    /// <summary>The handlers that will run, in order.</summary>
    public IEnumerable<HandlerCall> Handlers => Blocks.SelectMany(block => block.Handlers);

    /// <summary>The resources of which a predicted state does not tell how they are.</summary>
    internal IEnumerable<PlannedChange> Untold => Planned.Where(planned => planned.IsUntold);

    /// <summary>The secrets of its resources.</summary>
    public IEnumerable<Secret> Secrets => Entries.SelectMany(entry => entry.Resource.Secrets);
}

/// <summary>The changes of one block on one host.</summary>
/// <param name="Number">The block's place in the recipe, from 1.</param>
/// <param name="Entries">Its resources, in order.</param>
/// <param name="Handlers">The handlers that will run at its end.</param>
sealed record BlockPlan(int Number, IReadOnlyList<Entry> Entries, IReadOnlyList<HandlerCall> Handlers)
{
    /// <summary>The resources that are to be changed, or to be probed again, in order.</summary>
    public IEnumerable<PlannedChange> Planned => Entries.OfType<PlannedChange>();

    /// <summary>What it declares, for planning it again.</summary>
    public (int Number, IReadOnlyList<Resource> Resources) Declared => (Number, [.. Entries.Select(entry => entry.Resource)]);

    /// <summary>The first resource that notifies a handler; null where none of this block does.</summary>
    public Resource? NotifierOf(HandlerCall call) =>
        Entries.FirstOrDefault(entry => entry.Resource.Notifies.Any(handler => handler.Name == call.Handler.Name))?.Resource;

    /// <summary>Whether there is nothing to do in it.</summary>
    public bool IsEmpty => Handlers.Count == 0 && !Planned.Any();
}

/// <summary>A handler that will run, and the reasons.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Because">The addresses of the resources whose change notifies it.</param>
/// <param name="Certainty">Exact when at least one of these changes is exact.</param>
public sealed record HandlerCall(Handler Handler, IReadOnlyList<string> Because, Certainty Certainty)
{
    /// <summary>The record of an earlier run that owes it; null where only this run notifies it.</summary>
    internal Owed? Owed { get; init; }
}

/// <summary>A host cannot reach the recipe's state, for several reasons. Nothing was done.</summary>
sealed class ObstaclesException(IReadOnlyList<CfgException> obstacles)
    : CfgException(string.Join('\n', obstacles.Select(obstacle => obstacle.Message)));
