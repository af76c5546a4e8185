namespace ConfigEngine.Ssh;

/// <summary>
/// How many logins are under way at once. It begins without a limit, halves when a host turns one away (OpenSSH's MaxStartups
/// is 10:30:100 by default: above ten, at random) and grows again by one with every login that works.
/// </summary>
sealed class Pacer : IDisposable
{
    const int Least = 4;
    readonly SemaphoreSlim changed = new(0);
    readonly Lock gate = new();
    int limit = int.MaxValue;
    int underWay;
    int waiting;

    /// <summary>Runs a login when there is room for it.</summary>
    public async Task<T> Run<T>(Func<Task<T>> login, CancellationToken ct)
    {
        while (!Enter())
            await changed.WaitAsync(ct);
        try
        {
            var result = await login();
            lock (gate)
                limit = limit == int.MaxValue ? limit : limit + 1;
            return result;
        }
        finally
        {
            lock (gate)
            {
                underWay--;
                if (waiting > 0)
                    changed.Release(waiting);
                waiting = 0;
            }
        }
    }

    /// <summary>A login was turned away.</summary>
    public void TurnedAway()
    {
        lock (gate)
            limit = Math.Max(Least, Math.Min(limit, underWay) / 2);
    }

    bool Enter()
    {
        lock (gate)
        {
            if (underWay < limit)
            {
                underWay++;
                return true;
            }

            waiting++;
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => changed.Dispose();
}
