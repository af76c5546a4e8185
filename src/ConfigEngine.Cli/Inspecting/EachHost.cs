namespace ConfigEngine.Cli.Inspecting;

/// <summary>Does one thing on several hosts, without a plan, on as many at the same time as the command line allows.</summary>
static class EachHost
{
    /// <summary>Opens a session to each host and asks.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="choice">The choices on the command line.</param>
    /// <param name="terminal">The terminal that asks for passwords.</param>
    /// <param name="ask">Makes the result of a host that answers.</param>
    /// <param name="failed">Makes the result of a host that does not answer, or whose question failed.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>The results, in the order of the hosts.</returns>
    public static async Task<IReadOnlyList<T>> Ask<T>(
        IReadOnlyList<Host> hosts,
        RunChoice choice,
        Terminal terminal,
        Func<Host, ConfigEngine.Applying.ISession, Task<T>> ask,
        Func<Host, CfgException, T> failed,
        CancellationToken ct
    )
    {
        using var connector = await Connecting.Make(choice, terminal, ct);
        RedactedConnector redacted = new(connector, terminal.Redaction);
        using SemaphoreSlim slots = new(choice.Parallel);
        return await Task.WhenAll(
            hosts.Select(async host =>
            {
                await slots.WaitAsync(ct);
                try
                {
                    await using var session = await redacted.Connect(host, null, ct);
                    return await ask(host, session);
                }
                catch (CfgException error)
                {
                    return failed(host, error);
                }
                finally
                {
                    slots.Release();
                }
            })
        );
    }
}
