namespace ConfigEngine.Applying;

/// <summary>Lets the hosts of a block begin batch by batch, unless too many of them failed.</summary>
sealed class RolloutGate
{
    readonly Lock gate = new();
    readonly IReadOnlyList<IReadOnlyList<string>> batches;
    readonly Dictionary<string, TaskCompletionSource<bool>> turns = [];
    readonly HashSet<string> open = [];
    readonly HashSet<string> over = [];
    readonly List<string> failed = [];
    readonly int allowed;
    int begun = -1;

    /// <summary>Opens for the first batch.</summary>
    public RolloutGate(Rollout? rollout, IReadOnlyList<string> hosts)
    {
        batches = (rollout ?? new()).BatchesOf(hosts);
        allowed = rollout?.MaxFailures.OfAtMost(hosts.Count) ?? int.MaxValue;
        foreach (var host in hosts)
            turns.Add(host, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
            Advance();
    }

    /// <summary>Waits for a host's turn.</summary>
    /// <exception cref="RolloutStoppedException">Too many hosts failed before it.</exception>
    public async Task Turn(string host, string block, CancellationToken ct)
    {
        if (await turns[host].Task.WaitAsync(ct))
            return;
        lock (gate)
            throw new RolloutStoppedException(host, block, failed, turns.Count);
    }

    /// <summary>A host has finished the block.</summary>
    public void Succeed(string host)
    {
        lock (gate)
            End(host);
    }

    /// <summary>A host will never finish the block. A host that was not allowed to begin does not count as failed.</summary>
    public void Fail(string host)
    {
        lock (gate)
        {
            if (
                !over.Contains(host)
                && turns.TryGetValue(host, out var turn)
                && turn.Task is not { IsCompletedSuccessfully: true, Result: false }
            )
                failed.Add(host);
            End(host);
        }
    }

    void End(string host)
    {
        if (!turns.ContainsKey(host) || !over.Add(host))
            return;
        open.Remove(host);
        Advance();
    }

    void Advance()
    {
        while (open.Count == 0 && begun + 1 < batches.Count)
        {
            var goesOn = failed.Count <= allowed;
            begun++;
            foreach (var host in batches[begun])
            {
                turns[host].TrySetResult(goesOn);
                if (goesOn && !over.Contains(host))
                    open.Add(host);
            }
        }
    }
}

/// <summary>Too many hosts of a block failed, so the remaining hosts did not begin.</summary>
sealed class RolloutStoppedException(string host, string block, IReadOnlyList<string> failed, int all)
    : NotStartedException(
        $"{host}: {block} was not started, because its rollout stopped: {Text.Count(failed.Count, "host")} of {all} failed "
            + $"({string.Join(", ", failed)})."
    );
