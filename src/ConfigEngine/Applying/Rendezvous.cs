namespace ConfigEngine.Applying;

/// <summary>Where the hosts of a block arrive when they are done with it, for those that wait for all of them.</summary>
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

    /// <summary>True once every host arrived, false once one cannot any more.</summary>
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
