namespace ConfigEngine.Applying;

/// <summary>Collects the hosts that have finished a block, for blocks that wait for all of them.</summary>
sealed class Rendezvous
{
    readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int missing;

    public Rendezvous(int hosts)
    {
        missing = hosts;
        if (hosts == 0)
            done.SetResult(true);
    }

    /// <summary>True when every host has finished it; false when one can no longer finish it.</summary>
    public Task<bool> Done => done.Task;

    public void Arrive()
    {
        if (Interlocked.Decrement(ref missing) == 0)
            done.TrySetResult(true);
    }

    public void Fail() => done.TrySetResult(false);
}

/// <summary>A block waits for another one that failed or was not reached.</summary>
sealed class WaitedInVainException(string host, string block, string before)
    : NotStartedException($"{host}: {block} was not started, because {before}, which it comes after, was not done on all its hosts.");
