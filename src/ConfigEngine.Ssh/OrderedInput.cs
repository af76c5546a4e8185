namespace ConfigEngine.Ssh;

/// <summary>
/// Writes in the order of the calls. After a write that was not completed, nothing more is written: the other side would take the
/// next request for the rest of that one.
/// </summary>
/// <param name="write">Writes and flushes.</param>
sealed class OrderedInput(Func<ReadOnlyMemory<byte>, CancellationToken, Task> write)
{
    readonly Lock gate = new();
    Task last = Task.CompletedTask;

    /// <summary>Writes after all earlier calls.</summary>
    /// <exception cref="IOException">An earlier write was not completed.</exception>
    public Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        lock (gate)
            return last = After(last, bytes, ct);
    }

    async Task After(Task before, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!before.IsCompletedSuccessfully)
            throw new IOException("an earlier write was not completed", before.Exception?.InnerException);
        await write(bytes, ct);
    }
}
