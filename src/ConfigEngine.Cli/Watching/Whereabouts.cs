namespace ConfigEngine.Cli.Watching;

/// <summary>How far a host is.</summary>
enum Stage
{
    /// <summary>It waits for its turn, or for other hosts.</summary>
    Waiting,

    /// <summary>An answer of it is waited for.</summary>
    Busy,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>It stopped with an error.</summary>
    Failed,
}

/// <summary>Where one host is.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="What">What is waited for, in words that fit behind "waiting for"; empty where nothing is.</param>
/// <param name="Since">Since when.</param>
/// <param name="For">For how long.</param>
/// <param name="Changes">How many changes were made on it.</param>
sealed record Whereabout(string Host, Stage Stage, string What, DateTimeOffset Since, TimeSpan For, int Changes);

/// <summary>Where every host of a run is. Told from any thread.</summary>
/// <param name="time">The clock.</param>
/// <param name="hostDeadline">How long one host may be waited for in all; null for as long as it needs.</param>
sealed class Whereabouts(TimeProvider time, TimeSpan? hostDeadline) : IDisposable
{
    readonly Lock gate = new();
    readonly Dictionary<string, Place> places = [];

    /// <summary>Hosts are about to be planned, or to be applied to.</summary>
    public void Begin(IEnumerable<string> hosts)
    {
        foreach (var host in hosts)
            Of(host).Begin();
    }

    /// <summary>What happened on a host.</summary>
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

    /// <summary>A host was planned.</summary>
    public void Tell(HostPlan plan) => Of(plan.Host).End(plan.Error is null ? Stage.Done : Stage.Failed);

    /// <summary>Where each is, in the order in which they were begun.</summary>
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
