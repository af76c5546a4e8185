using System.Security.Cryptography;
using System.Text;

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
    public Ledger Kept { get; init; } = Ledger.Empty;

    /// <summary>
    /// Whether there is anything that can be done: a change, or a handler that is still owed. A host with an obstacle is left
    /// alone.
    /// </summary>
    public bool IsWork => Error is null && (Changes.Any() || Handlers.Any());

    /// <summary>What stands in the way of the recipe, each with its resource.</summary>
    public IEnumerable<Entry> Obstacles => Blocks.SelectMany(block => block.Entries).Where(entry => entry.Obstacle is not null);

    /// <summary>The plan of a host that cannot be what the recipe says, where it, or one of its resources, cannot be as it says.</summary>
    internal HostPlan WithError =>
        Obstacles.Select(entry => entry.Obstacle).Prepend(Lacking).OfType<CfgException>().ToList() switch
        {
            [] => this,
            [var only] => this with { Error = only },
            var several => this with { Error = new ObstaclesException(several) },
        };

    /// <summary>The handlers that are owed and that the recipe knows nothing of: they stay so.</summary>
    public IEnumerable<Owed> LeftOwing => Kept.Owed.Where(owed => !Handlers.Any(call => call.Handler.Name == owed.Handler));

    /// <summary>Its changes, in order.</summary>
    public IEnumerable<Change> Changes =>
        Blocks
            .SelectMany(block => block.Entries)
            .Select(entry => entry.Change)
            .OfType<Change>()
            .Where(change => change.Verb is not Verb.Recheck);

    /// <summary>What is converged now and will be looked at again, in order.</summary>
    public IEnumerable<Change> Rechecks =>
        Blocks
            .SelectMany(block => block.Entries)
            .Select(entry => entry.Change)
            .OfType<Change>()
            .Where(change => change.Verb is Verb.Recheck);

    /// <summary>The handlers that will run, in order.</summary>
    public IEnumerable<HandlerCall> Handlers => Blocks.SelectMany(block => block.Handlers);

    /// <summary>The secrets that its resources hold.</summary>
    public IEnumerable<Secret> Secrets => Blocks.SelectMany(block => block.Entries).SelectMany(entry => entry.Resource.Secrets);
}

/// <summary>What one block would change on one host.</summary>
/// <param name="Number">The block's place in the recipe, from 1.</param>
/// <param name="Entries">Its resources, in order.</param>
/// <param name="Handlers">What will run at its end.</param>
public sealed record BlockPlan(int Number, IReadOnlyList<Entry> Entries, IReadOnlyList<HandlerCall> Handlers);

/// <summary>A handler that will run, and what calls for it.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Because">The addresses of the resources whose change calls for it.</param>
/// <param name="Certainty">Exact when at least one of these changes is.</param>
public sealed record HandlerCall(Handler Handler, IReadOnlyList<string> Because, Certainty Certainty)
{
    /// <summary>What an earlier run left of it; null where only this run calls for it.</summary>
    public Owed? Owed { get; init; }
}

/// <summary>One resource in a plan.</summary>
/// <param name="Resource">What should be so.</param>
/// <param name="Change">What would change; null when nothing would.</param>
public sealed record Entry(Resource Resource, Change? Change)
{
    /// <summary>Why it cannot become so; null where nothing is in the way.</summary>
    public CfgException? Obstacle { get; init; }

    /// <summary>What must still be so on the host for the change to be made; null where it has to be looked at again anyway.</summary>
    public Guard? Guard { get; init; }

    /// <summary>The state once the change took.</summary>
    internal Observed? After { get; init; }

    /// <summary>What the host is like already, where nothing has to change; null where that is not sure.</summary>
    internal Observed? Now { get; init; }

    /// <summary>Whether it needs a value that is not known yet.</summary>
    internal bool Waits { get; init; }

    /// <summary>
    /// A digest of all that the change runs, so that a plan that was reviewed is not applied with other scripts. Secret input is left out:
    /// a digest of it would let anybody try values.
    /// </summary>
    internal string Runs =>
        Digest([
            Resource.As,
            Resource.Until?.Text,
            $"{Resource.Retries} {Resource.RetryDelay} {Resource.Deadline}",
            .. Change?.Operations.SelectMany(operation =>
                (string?[])
                    [
                        operation.Script.Text,
                        operation.Input is { IsSecret: false } input ? input.Digest : null,
                        operation.Batch is { } batch ? $"{batch.Key} {batch.Item} {batch.Together([batch.Item]).Script.Text}" : null,
                        $"{operation.Deadline} {operation.Uncut} {operation.Reboots}",
                    ]
            )
                ?? [],
        ]);

    static string Digest(IEnumerable<string?> parts) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part?.Length ?? -1} {part}\n"))))
        );
}

/// <summary>What an observation was, in a form that the host itself can compare.</summary>
/// <param name="Script">What to run.</param>
/// <param name="Digest">The SHA-256 of what it must print.</param>
public sealed record Guard(Shell Script, string Digest);

/// <summary>A host cannot become what the recipe says, for several reasons. Nothing was done.</summary>
public sealed class ObstaclesException(IReadOnlyList<CfgException> obstacles)
    : CfgException(string.Join('\n', obstacles.Select(obstacle => obstacle.Message)));
