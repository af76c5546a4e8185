namespace ConfigEngine.Applying;

/// <summary>A time limit for a wait, by the engine's clock, in addition to another cancellation.</summary>
sealed class TimeLimit : IDisposable
{
    readonly CancellationTokenSource expired;
    readonly CancellationTokenSource either;

    /// <param name="limit">The time from now on. If it is over already, the token is cancelled at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Stops the wait sooner.</param>
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
