namespace ConfigEngine.Applying;

/// <summary>
/// Attempts to reach a host that is down for now: impatient ones, one after the other, that find it soon; and beside them a
/// patient one, for a host whose answer takes longer than those wait. Where one is seen to be that slow, the patient ones go on
/// alone: each login that it begins for nobody makes it slower still.
/// </summary>
sealed class Attempts(HostLink link) : IAsyncDisposable
{
    /// <summary>
    /// How an impatient attempt is made. A host that is down often drops packets, and the kernel asks again after one, three and
    /// seven seconds (tcp(7)): a new attempt every two finds it sooner than waiting does.
    /// </summary>
    public static ConnectOptions Impatient { get; } = new() { Timeout = TimeSpan.FromSeconds(2) };

    readonly CancellationTokenSource over = new();
    Task<ISession>? patient;
    bool isBusy;

    /// <summary>What the next attempt comes to.</summary>
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

    /// <summary>What an impatient attempt comes to; null where the patient one was sooner.</summary>
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
            // It was given up, or failed by itself.
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
