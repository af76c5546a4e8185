namespace ConfigEngine.Applying;

/// <summary>
/// The states of a run's resources, host by host, for resources that use a value of theirs (<see cref="Known{T}"/>).
/// </summary>
/// <param name="hosts">The hosts of the run.</param>
sealed class KnownValues(IReadOnlyList<string> hosts)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Plans> planned = hosts.ToDictionary(host => host, _ => new Plans());
    readonly Dictionary<(string Host, string Address), object> now = [];
    readonly Dictionary<string, HashSet<string>> waits = [];
    readonly HashSet<string> used = [];

    /// <summary>Takes a host's first plan; resources that need another resource's value wait in it.</summary>
    public void Begin(HostPlan plan) => planned[plan.Host].First.TrySetResult(plan);

    /// <summary>Takes a host's final plan, or the error of a host that could not be planned.</summary>
    public void End(HostPlan plan)
    {
        Begin(plan);
        planned[plan.Host].Last.TrySetResult(plan);
    }

    /// <summary>Takes the new state of a resource after a change.</summary>
    public void Set(string host, string address, Observed observed)
    {
        if (observed.State is not { } state)
            return;
        lock (gate)
            now[(host, address)] = state;
    }

    /// <summary>Whether another resource uses a value of a resource with this address.</summary>
    public bool AreUsed(string address)
    {
        lock (gate)
            return used.Contains(address);
    }

    /// <summary>The value, if its host has it already; null if the host produces it when it is applied.</summary>
    /// <param name="reader">The host whose resource uses it.</param>
    /// <param name="resource">That resource.</param>
    /// <param name="origin">The origin of the value.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="PlanException">There is no such value.</exception>
    public async Task<object?> Find(string reader, Resource resource, Origin origin, CancellationToken ct)
    {
        lock (gate)
            used.Add(origin.Resource);
        var (host, plan) = await PlanWith(reader, resource, origin, ct);
        var entry = EntryOf(plan, origin);
        if (entry is PlannedChange { Waits: true } && host != reader)
        {
            Wait(reader, host, resource);
            plan = await planned[host].Last.Task.WaitAsync(ct);
            entry = EntryOf(plan, origin);
        }

        if (entry is null)
            throw new PlanException(reader, resource, $"the {origin} cannot be had: {host} could not be planned");
        if (entry.Obstacle is not null)
            throw new PlanException(reader, resource, $"the {origin} cannot be had: {host} has an obstacle there");
        if (entry.Now?.State is { } state)
            return origin.Read(state);
        return
            host == reader && plan.Entries.First(one => one.Resource.Address == resource.Address || ReferenceEquals(one, entry)) != entry
            ? throw new PlanException(
                reader,
                resource,
                $"the {origin} is made only after it",
                $"declare {origin.Resource} before this line"
            )
            : null;
    }

    /// <summary>The current value, after everything that was applied so far; null where there is none yet.</summary>
    public object? Get(string reader, Origin origin)
    {
        if (HostOf(reader, origin) is not { } host)
            return null;
        lock (gate)
        {
            if (now.TryGetValue((host, origin.Resource), out var made))
                return origin.Read(made);
        }

        return
            planned[host].Last.Task is { IsCompletedSuccessfully: true, Result: var plan }
            && EntryOf(plan, origin)?.Now?.State is { } state
            ? origin.Read(state)
            : null;
    }

    /// <summary>The host that a value comes from, after all hosts are planned; null if that is not a host of the run.</summary>
    public string? HostOf(string reader, Origin origin) =>
        origin.Host ?? (Has(reader, origin) ? reader : hosts.FirstOrDefault(host => Has(host, origin)));

    bool Has(string host, Origin origin) =>
        planned[host].First.Task is { IsCompletedSuccessfully: true, Result: var plan } && EntryOf(plan, origin) is not null;

    async Task<(string Host, HostPlan Plan)> PlanWith(string reader, Resource resource, Origin origin, CancellationToken ct)
    {
        if (origin.Host is { } named)
        {
            return planned.TryGetValue(named, out var plans)
                ? (named, await plans.First.Task.WaitAsync(ct))
                : throw new PlanException(
                    reader,
                    resource,
                    $"the {origin} cannot be had: {named} is not a host of this run",
                    "run both hosts together: --on names all of them"
                );
        }

        var own = await planned[reader].First.Task;
        if (EntryOf(own, origin) is not null)
            return (reader, own);
        var all = await Task.WhenAll(planned.Values.Select(plans => plans.First.Task)).WaitAsync(ct);
        return all.Where(plan => EntryOf(plan, origin) is not null).ToList() switch
        {
            [var only] => (only.Host, only),
            [] => throw new PlanException(
                reader,
                resource,
                $"the {origin} cannot be had: no host of this run has that resource{Failed(all)}",
                "declare it in a block of the host that makes it, and run both hosts together"
            ),
            var several => throw new PlanException(
                reader,
                resource,
                $"{several.Count} hosts have the {origin}: {string.Join(", ", several.Take(5).Select(plan => plan.Host))}",
                $"name the host: .On(\"{several[0].Host}\")"
            ),
        };
    }

    static string Failed(IReadOnlyList<HostPlan> plans) =>
        plans.Where(plan => plan.Error is not null && plan.Blocks.Count == 0).Select(plan => plan.Host).ToList() is { Count: > 0 } failed
            ? $" ({string.Join(", ", failed)} could not be planned)"
            : "";

    static Entry? EntryOf(HostPlan plan, Origin origin) => plan.Entries.FirstOrDefault(entry => entry.Resource.Address == origin.Resource);

    /// <summary>Notes that a host waits for the final plan of another one, and fails if that one waits for it too.</summary>
    void Wait(string reader, string host, Resource resource)
    {
        lock (gate)
        {
            if (!waits.TryGetValue(reader, out var own))
                waits[reader] = own = [];
            own.Add(host);
            HashSet<string> seen = [];
            Stack<string> ahead = new([host]);
            while (ahead.TryPop(out var next))
            {
                if (next == reader)
                    throw new PlanException(
                        reader,
                        resource,
                        $"{reader} and {host} wait for values of each other",
                        "let one of them know its value without the other"
                    );
                if (seen.Add(next) && waits.TryGetValue(next, out var further))
                {
                    foreach (var one in further)
                        ahead.Push(one);
                }
            }
        }
    }

    sealed class Plans
    {
        public TaskCompletionSource<HostPlan> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<HostPlan> Last { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
