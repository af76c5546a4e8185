namespace ConfigEngine.Cli.Watching;

/// <summary>How far a host is.</summary>
enum Stage
{
    /// <summary>It waits for its turn, or for other hosts.</summary>
    Waiting,

    /// <summary>It has not answered yet.</summary>
    Busy,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It stopped with an error.</summary>
    Failed,
}

/// <summary>The state of one host.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="What">What it waits for, in words that fit after "waiting for"; empty if it does not wait.</param>
/// <param name="Since">When the wait began.</param>
/// <param name="For">How long it has waited.</param>
/// <param name="Changes">How many changes were made on it.</param>
sealed record Whereabout(string Host, Stage Stage, string What, DateTimeOffset Since, TimeSpan For, int Changes);

/// <summary>The state of every host in a run. It may be told from any thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="hostDeadline">How long one host may take in total; no limit when null.</param>
sealed class Whereabouts(TimeProvider time, TimeSpan? hostDeadline) : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, Place> places = [];

    /// <summary>Planning or applying begins on hosts.</summary>
    public void Begin(IEnumerable<string> hosts)
    {
        foreach (var host in hosts)
            Of(host).Begin();
    }

    /// <summary>Takes an event of a host.</summary>
    public void Tell(ApplyEvent happened)
    {
        switch (happened)
        {
            case ChangeDone:
                Of(happened.Host).Changed();
                break;
            case RebootStarted reboot:
                Of(happened.Host).Reboots(reboot.Address);
                break;
            case RebootDone:
                Of(happened.Host).Reboots(null);
                break;
            case HostDone or HostFailed or HostStopped or HostNotStarted:
                Of(happened.Host)
                    .End(
                        happened switch
                        {
                            HostDone => Stage.Done,
                            HostFailed => Stage.Failed,
                            _ => Stage.Waiting,
                        }
                    );
                break;
            default:
                break;
        }
    }

    /// <summary>Takes a host's plan.</summary>
    public void Tell(HostPlan plan) => Of(plan.Host).End(plan.Error is null ? Stage.Done : Stage.Failed);

    /// <summary>The state of each host, in the order in which they began.</summary>
    public IReadOnlyList<Whereabout> Look()
    {
        lock (gate)
            return [.. places.Values.Select(place => place.Look())];
    }

    /// <summary>A host's place.</summary>
    public Place Of(string host)
    {
        lock (gate)
            return places.TryGetValue(host, out var place) ? place : places[host] = new(host, time, hostDeadline);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var place in places.Values)
                place.Dispose();
        }
    }
}
