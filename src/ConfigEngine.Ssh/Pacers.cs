using System.Collections.Concurrent;

namespace ConfigEngine.Ssh;

/// <summary>
/// Limits how many logins run at the same time, for each way apart: a jump host that refuses logins slows down the hosts that are
/// reached through it, and no others. To know the way to a host takes a process (<c>ssh -G</c>), so nobody asks for it before a host
/// has refused a login.
/// </summary>
/// <param name="firstJump">The first jump host on the way to a host; null where it is reached directly.</param>
sealed class Pacers(Func<Host, CancellationToken, Task<string?>> firstJump) : IDisposable
{
    const string Direct = "";
    readonly Pacer unasked = new();
    readonly ConcurrentDictionary<string, Pacer> ways = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> wayTo = new(StringComparer.Ordinal);
    volatile bool refused;

    /// <summary>Runs a login when the limit of its way allows it.</summary>
    public async Task<T> Run<T>(Host host, Func<Task<T>> login, CancellationToken ct) =>
        await (refused ? await For(host, ct) : unasked).Run(login, ct);

    /// <summary>A host, or a jump host on the way to it, refused a login.</summary>
    public async Task TurnedAway(Host host, CancellationToken ct)
    {
        refused = true;
        (await For(host, ct)).TurnedAway(unasked.UnderWay);
    }

    async Task<Pacer> For(Host host, CancellationToken ct)
    {
        if (!wayTo.TryGetValue(host.Name, out var way))
            wayTo[host.Name] = way = await firstJump(host, ct) ?? Direct;
        return ways.GetOrAdd(way, _ => new());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        unasked.Dispose();
        foreach (var way in ways.Values)
            way.Dispose();
    }
}
