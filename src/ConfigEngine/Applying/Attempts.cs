namespace ConfigEngine.Applying;

/// <summary>
/// Attempts to reach a host that is down for now. Short attempts, one after the other, find it soon. A long attempt beside them is
/// for a host that answers more slowly than the short ones wait. When a host turns out to be that slow, only long attempts follow,
/// because every login that is given up makes the host slower still.
/// </summary>
sealed class Attempts(HostLink link) : IAsyncDisposable
{
    /// <summary>
    /// A short attempt. A host that is down often drops packets, and the kernel repeats them after one, three and seven seconds
    /// (tcp(7)): a new attempt every two seconds finds it sooner than one long wait.
    /// </summary>
    public static ConnectOptions Impatient { get; } = new() { Timeout = TimeSpan.FromSeconds(2) };

    readonly CancellationTokenSource over = new();
    Task<ISession>? patient;
    bool isBusy;

    /// <summary>The session of the next attempt, or its failure.</summary>
    public async Task<ISession> Next(CancellationToken ct)
    {
        try
        {
            return await First(ct);
        }
        catch (HostUnreachableException failed)
        {
            isBusy = failed.IsBusy;
            throw;
        }
    }

    async Task<ISession> First(CancellationToken ct)
    {
        var waiting = patient ??= link.Connect(null, over.Token);
        if (isBusy)
            await Task.WhenAny(waiting).WaitAsync(ct);
        else if (await Quick(waiting, ct) is { } found)
            return found;
        patient = null;
        return await waiting;
    }

    /// <summary>The session of a short attempt; null if the long one was sooner.</summary>
    async Task<ISession?> Quick(Task patientOne, CancellationToken ct)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        var quick = link.Connect(Impatient, own.Token);
        try
        {
            await Task.WhenAny(patientOne, quick).WaitAsync(ct);
        }
        catch
        {
            await Discard(quick, own);
            throw;
        }

        if (!patientOne.IsCompleted)
            return await quick;
        await Discard(quick, own);
        return null;
    }

    static async Task Discard(Task<ISession> attempt, CancellationTokenSource own)
    {
        await own.CancelAsync();
        try
        {
            await (await attempt).DisposeAsync();
        }
        catch (Exception given) when (given is OperationCanceledException or CfgException)
        {
            // The attempt was cancelled, or failed by itself.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (patient is not null)
            await Discard(patient, over);
        over.Dispose();
    }
}
