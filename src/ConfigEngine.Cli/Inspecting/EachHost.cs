namespace ConfigEngine.Cli.Inspecting;

/// <summary>Does one thing on several hosts, as many at once as the command line says, without a plan.</summary>
static class EachHost
{
    /// <summary>Opens a session to each host and asks.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="choice">What the command line says.</param>
    /// <param name="terminal">Where passwords are asked for.</param>
    /// <param name="ask">What is made of a host that answers.</param>
    /// <param name="failed">What is made of one that does not, or whose asking failed.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was made of them, in their order.</returns>
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
