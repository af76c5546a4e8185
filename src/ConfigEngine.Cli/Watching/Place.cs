namespace ConfigEngine.Cli.Watching;

/// <summary>The open requests to one host, oldest first, and how long they may still take.</summary>
sealed class Place : IDisposable
{
    readonly Lock gate = new();
    readonly LinkedList<(string What, long Asked)> waits = [];

    // Never disposed: the timer may still be about to cancel it, and it holds no resources.
    readonly CancellationTokenSource over = new();
    readonly string host;
    readonly TimeProvider time;
    readonly TimeSpan? deadline;
    readonly ITimer timer;
    HostDeadlineException? passed;
    Stage stage = Stage.Waiting;
    (string What, long Since)? reboot;
    TimeSpan used;
    long busySince,
        firstSince;
    int changes;

    public Place(string host, TimeProvider time, TimeSpan? deadline)
    {
        (this.host, this.time, this.deadline) = (host, time, deadline);
        timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Begin()
    {
        lock (gate)
            stage = Stage.Waiting;
    }

    public void Changed() => Interlocked.Increment(ref changes);

    /// <summary>
    /// The host reboots from now on; with null, it no longer does. Each attempt to reach it is part of the reboot.
    /// </summary>
    public void Reboots(string? address)
    {
        lock (gate)
            reboot = address is null ? null : ($"it to be up again ({address})", time.GetTimestamp());
    }

    public void End(Stage end)
    {
        lock (gate)
            (stage, reboot) = (end, null);
    }

    public Whereabout Look()
    {
        lock (gate)
        {
            if ((reboot ?? (waits.First is { } first ? (first.Value.What, firstSince) : null)) is not { } wait)
                return new(host, stage, "", default, default, changes);
            var waited = time.GetElapsedTime(wait.Since);
            return new(host, Stage.Busy, wait.What, time.GetUtcNow() - waited, waited, changes);
        }
    }

    /// <summary>Waits for an answer of the host, for no longer than the host's deadline allows.</summary>
    /// <param name="what">The thing that is waited for.</param>
    /// <param name="ask">Sends the request; it is called at once, so that requests keep their order.</param>
    /// <param name="ct">Stops.</param>
    public async Task<T> Wait<T>(string what, Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        var wait = Enter(what);
        try
        {
            if (deadline is null)
                return await ask(ct);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
            try
            {
                return await ask(either.Token);
            }
            catch (Exception) when (passed is not null && !ct.IsCancellationRequested)
            {
                // The requests of a host are told to stop one after the other. The first may take the shell with it, and then
                // another one fails for want of a shell before it is told.
                throw passed;
            }
        }
        finally
        {
            Leave(wait);
        }
    }

    LinkedListNode<(string What, long Asked)> Enter(string what)
    {
        lock (gate)
        {
            if (passed is not null)
                throw passed;
            var now = time.GetTimestamp();
            if (waits.Count == 0)
            {
                (busySince, firstSince) = (now, now);
                if (deadline is { } limit)
                    timer.Change(used < limit ? limit - used : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            return waits.AddLast((what, now));
        }
    }

    void Leave(LinkedListNode<(string What, long Asked)> wait)
    {
        lock (gate)
        {
            if (wait == waits.First)
                firstSince = time.GetTimestamp();
            waits.Remove(wait);
            if (waits.Count > 0)
                return;
            used += time.GetElapsedTime(busySince);
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    void Expire()
    {
        lock (gate)
        {
            if (waits.First is not { } first || deadline is not { } limit)
                return;
            passed ??= new(
                host,
                limit,
                reboot?.What ?? first.Value.What,
                time.GetElapsedTime(firstSince),
                time.GetLocalNow() - time.GetElapsedTime(firstSince)
            );
        }

        over.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}

/// <summary>A host took longer than the command line allows.</summary>
sealed class HostDeadlineException(string host, TimeSpan deadline, string what, TimeSpan waited, DateTimeOffset since)
    : CfgException(
        $"{host}: stopped after --host-deadline {Durations.Text(deadline)}, while it waited for {what}, since {since:HH:mm:ss} "
            + $"({Counts.Of(waited)}). {Doubt.Sentence}"
    );
