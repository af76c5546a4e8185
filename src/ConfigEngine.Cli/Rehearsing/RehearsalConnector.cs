namespace ConfigEngine.Cli.Rehearsing;

/// <summary>Opens sessions to containers instead of the hosts that they stand in for.</summary>
/// <param name="connector">Opens sessions by a command.</param>
/// <param name="commandFor">The command that gives a shell in the container of a host.</param>
sealed class RehearsalConnector(IConnector connector, Func<string, IReadOnlyList<string>> commandFor) : IStandIns
{
    /// <inheritdoc/>
    public Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct) =>
        connector.Connect(new(host.Name) { Transport = Transport.Command(commandFor(host.Name)) }, how, ct);
}
