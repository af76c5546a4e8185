namespace ConfigEngine.Cli.Watching;

/// <summary>Opens sessions that record what they wait for.</summary>
sealed class WatchedConnector(IConnector connector, Whereabouts whereabouts) : IConnector
{
    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        var place = whereabouts.Of(host.Name);
        var watched = how?.AtOnce is { } atOnce ? how with { AtOnce = session => atOnce(new WatchedSession(session, place)) } : how;
        return new WatchedSession(await place.Wait("a connection", stop => connector.Connect(host, watched, stop), ct), place);
    }
}

/// <summary>A session that records what it waits for.</summary>
sealed class WatchedSession(ISession session, Place place) : ISession
{
    /// <inheritdoc/>
    public Facts Facts => session.Facts;

    /// <inheritdoc/>
    public CancellationToken Lost => session.Lost;

    /// <inheritdoc/>
    public Task<Output> Ask(Request request, CancellationToken ct) => place.Wait(request.What, stop => session.Ask(request, stop), ct);

    /// <inheritdoc/>
    public Task<CfgException?> Halt(CancellationToken ct) => session.Halt(ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => session.DisposeAsync();
}
