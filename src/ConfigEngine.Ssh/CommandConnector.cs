using System.Text;

namespace ConfigEngine.Ssh;

/// <summary>Opens sessions through any command that ends in a shell, for example on this machine or in a container.</summary>
sealed class CommandConnector(ConnectorOptions options, Guardian guardian) : IConnector
{
    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct) =>
        await ShellSession.OpenOn(
            host,
            await Start(host, ct) with
            {
                AtOnce = how?.AtOnce,
                Beside = async stop => await ShellSession.OpenBeside(await Start(host, stop), stop),
            },
            ct
        );

    async Task<SessionStart> Start(Host host, CancellationToken ct)
    {
        var records = options.Records is { } own ? new Dictionary<string, string> { ["CFG_RECORDS"] = own } : null;
        var start = ProcessStart.For(host, options, guardian, [.. host.Transport?.Arguments ?? []], records);
        if (host.Become is not { } become)
            return start;

        // This shell reads ahead, so the shell that it becomes must first report that it is ready.
        var remote = CommandLine.Remote(become, start.Password is null ? BecomePrompt.Announced : BecomePrompt.Password, start.Marker);
        await start.Pipe.Write(Encoding.UTF8.GetBytes(remote + "\n"), ct);
        return start with { Announces = true };
    }
}
