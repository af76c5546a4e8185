namespace ConfigEngine.Applying;

/// <summary>A limit in time, by the engine's clock, beside whatever else may stop a wait.</summary>
sealed class TimeLimit : IDisposable
{
    readonly CancellationTokenSource expired;
    readonly CancellationTokenSource either;

    /// <param name="limit">From now on; one that is over already stops at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Stops sooner.</param>
    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken ct)
    {
        expired = new(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(ct, expired.Token);
    }

    /// <summary>Cancelled when the time is over, or the wait was stopped.</summary>
    public CancellationToken Token => either.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        either.Dispose();
        expired.Dispose();
    }
}
