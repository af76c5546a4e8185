namespace ConfigEngine.Applying;

/// <summary>
/// Opens sessions whose error output has no secret of the run: secrets are removed before it is shortened, wrapped or kept.
/// </summary>
/// <param name="connector">Opens the sessions.</param>
/// <param name="redaction">Removes the secrets.</param>
sealed class RedactedConnector(IConnector connector, Redaction redaction) : IConnector
{
    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        redaction.Add(host.Secrets);
        var redacted = how?.AtOnce is { } atOnce ? how with { AtOnce = session => atOnce(new Session(session, redaction)) } : how;
        return new Session(await connector.Connect(host, redacted, ct), redaction);
    }

    sealed class Session(ISession session, Redaction redaction) : ISession
    {
        public Facts Facts => session.Facts;

        public CancellationToken Lost => session.Lost;

        public async Task<Output> Ask(Request request, CancellationToken ct) => (await session.Ask(request, ct)).Without(redaction);

        public Task<CfgException?> Halt(CancellationToken ct) => session.Halt(ct);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
