namespace ConfigEngine.Planning;

/// <summary>What would change, on every host: a value, made by looking and comparing, without touching anything.</summary>
/// <param name="Hosts">The hosts, in order of the inventory.</param>
public sealed record Plan(IReadOnlyList<HostPlan> Hosts)
{
    /// <summary>The blocks that are brought to their hosts batch by batch.</summary>
    public IReadOnlyList<RolloutPlan> Rollouts { get; init; } = [];

    /// <summary>Every change of every host.</summary>
    public IEnumerable<Change> Changes => Hosts.SelectMany(host => host.Changes);

    /// <summary>Whether no host needs anything and none failed.</summary>
    public bool IsEmpty => Hosts.All(host => host.Error is null) && !HasWork;

    /// <summary>Whether there is anything to do on any host: a change, or a handler that is still owed.</summary>
    public bool HasWork => Hosts.Any(host => host.IsWork);

    /// <summary>Whether a host could not be planned, or not be left as it was found.</summary>
    public bool HasErrors => Hosts.Any(host => host.Error is not null || host.Trouble is not null);
}

/// <summary>In which order a block comes to its hosts.</summary>
/// <param name="Block">The block, as messages call it.</param>
/// <param name="Batches">The hosts of each batch, by name.</param>
/// <param name="MaxFailures">How many hosts may fail before the rest is not begun.</param>
public sealed record RolloutPlan(string Block, IReadOnlyList<IReadOnlyList<string>> Batches, int MaxFailures);

/// <summary>What would change on one host.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Blocks">Its blocks, in order.</param>
public sealed record HostPlan(string Host, IReadOnlyList<BlockPlan> Blocks)
{
    /// <summary>Why the host could not be planned; null when it could.</summary>
    public CfgException? Error { get; init; }

    /// <summary>What stands in the way of any change of the host, which could be planned all the same; null where nothing does.</summary>
    internal CfgException? Lacking { get; init; }

    /// <summary>What went wrong when the plan was made: a latent host that could not be stopped. Null when nothing did.</summary>
    public CfgException? Trouble { get; init; }

    /// <summary>What the host is: its distribution, in short.</summary>
    public string? System { get; init; }

    /// <summary>What earlier runs left there.</summary>
    internal Ledger Kept { get; init; } = Ledger.Empty;

    /// <summary>
    /// Whether there is anything that can be done: a change, or a handler that is still owed. A host with an obstacle is left
    /// alone.
    /// </summary>
    public bool IsWork => Error is null && (Changes.Any() || Handlers.Any());

    /// <summary>What stands in the way of the recipe, each with its resource.</summary>
    public IEnumerable<Entry> Obstacles => Entries.Where(entry => entry.Obstacle is not null);

    /// <summary>Its resources, in order.</summary>
    internal IEnumerable<Entry> Entries => Blocks.SelectMany(block => block.Entries);

    /// <summary>Those that are to change, or to be looked at again, in order.</summary>
    internal IEnumerable<PlannedChange> Planned => Blocks.SelectMany(block => block.Planned);

    /// <summary>The plan of a host that cannot be what the recipe says, where it, or one of its resources, cannot be as it says.</summary>
    internal HostPlan WithError =>
        Obstacles.Select(entry => entry.Obstacle).Prepend(Lacking).OfType<CfgException>().ToList() switch
        {
            [] => this,
            [var only] => this with { Error = only },
            var several => this with { Error = new ObstaclesException(several) },
        };

    /// <summary>The handlers that are owed and that the recipe knows nothing of: they stay so.</summary>
    internal IEnumerable<Owed> LeftOwing => Kept.Owed.Where(owed => !Handlers.Any(call => call.Handler.Name == owed.Handler));

    /// <summary>Its changes, in order.</summary>
    public IEnumerable<Change> Changes => Planned.Select(planned => planned.Change).Where(change => change.Verb is not Verb.Recheck);

    /// <summary>What is converged now and will be looked at again, in order.</summary>
    public IEnumerable<Change> Rechecks => Planned.Select(planned => planned.Change).Where(change => change.Verb is Verb.Recheck);

    /// <summary>The handlers that will run, in order.</summary>
    public IEnumerable<HandlerCall> Handlers => Blocks.SelectMany(block => block.Handlers);

    /// <summary>The secrets that its resources hold.</summary>
    public IEnumerable<Secret> Secrets => Entries.SelectMany(entry => entry.Resource.Secrets);
}

/// <summary>What one block would change on one host.</summary>
/// <param name="Number">The block's place in the recipe, from 1.</param>
/// <param name="Entries">Its resources, in order.</param>
/// <param name="Handlers">What will run at its end.</param>
public sealed record BlockPlan(int Number, IReadOnlyList<Entry> Entries, IReadOnlyList<HandlerCall> Handlers)
{
    /// <summary>Those of its resources that are to change, or to be looked at again, in order.</summary>
    internal IEnumerable<PlannedChange> Planned => Entries.OfType<PlannedChange>();

    /// <summary>Whether nothing is to be done in it.</summary>
    internal bool IsEmpty => Handlers.Count == 0 && !Planned.Any();
}

/// <summary>A handler that will run, and what calls for it.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Because">The addresses of the resources whose change calls for it.</param>
/// <param name="Certainty">Exact when at least one of these changes is.</param>
public sealed record HandlerCall(Handler Handler, IReadOnlyList<string> Because, Certainty Certainty)
{
    /// <summary>What an earlier run left of it; null where only this run calls for it.</summary>
    internal Owed? Owed { get; init; }
}

/// <summary>A host cannot become what the recipe says, for several reasons. Nothing was done.</summary>
sealed class ObstaclesException(IReadOnlyList<CfgException> obstacles)
    : CfgException(string.Join('\n', obstacles.Select(obstacle => obstacle.Message)));
