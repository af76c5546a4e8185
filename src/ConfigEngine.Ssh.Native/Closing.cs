using Renci.SshNet;

namespace ConfigEngine.Ssh.Native;

/// <summary>Closes connections of SSH.NET, some of whose calls may never return (sshnet/SSH.NET#1552, #1506).</summary>
static class Closing
{
    static readonly TimeSpan Polite = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    static int abandoned;

    /// <summary>How many connections did not close in time and were left to themselves; their sockets are closed.</summary>
    public static int Abandoned => abandoned;

    /// <summary>Closes a connection; after a second its wire is cut, and two seconds later it is left to itself.</summary>
    public static async Task Close(SshClient client, Wire wire, TimeProvider time)
    {
        var closing = Task.Factory.StartNew(
            client.Dispose,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await Task.WhenAny(closing, Task.Delay(Polite, time));
        await wire.DisposeAsync();
        if (await Task.WhenAny(closing, Task.Delay(Patience, time)) == closing)
            await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else
            Interlocked.Increment(ref abandoned);
    }
}
