namespace ConfigEngine.Ssh;

/// <summary>
/// Limits how many logins run at the same time on one way: through one jump host, or to the hosts that are reached directly. There is
/// no limit at first. The limit is halved when a host refuses a login (OpenSSH's MaxStartups is 10:30:100 by default: above ten, at
/// random), and grows by one with every login that works.
/// </summary>
sealed class Pacer : IDisposable
{
    const int Least = 4;
    readonly SemaphoreSlim changed = new(0);
    readonly Lock gate = new();
    int limit = int.MaxValue;
    int underWay;
    int waiting;

    /// <summary>How many logins run now.</summary>
    public int UnderWay
    {
        get
        {
            lock (gate)
                return underWay;
        }
    }

    /// <summary>Runs a login when the limit allows it.</summary>
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

    /// <summary>A host refused a login.</summary>
    /// <param name="beside">How many logins run besides, whose way nobody has asked for; each may be on this one.</param>
    public void TurnedAway(int beside)
    {
        lock (gate)
            limit = Math.Max(Least, Math.Min(limit, underWay + beside) / 2);
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
