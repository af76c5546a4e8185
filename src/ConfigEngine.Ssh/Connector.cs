using ConfigEngine.Local;

namespace ConfigEngine.Ssh;

/// <summary>
/// Opens sessions: over OpenSSH's client, in this process, on this machine, or through any command that ends in a shell. It limits
/// how many logins run at the same time, and tries again if a host refuses one because of that.
/// </summary>
public sealed class Connector : IConnector, IDisposable
{
    const int Attempts = 8;
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    readonly Pacers pacers;
    readonly Guardian guardian = new();
    readonly ConnectorOptions options;
    readonly OpenSshConnector openSsh;
    readonly CommandConnector command;
    readonly Lazy<IConnector?> native;

    /// <summary>Makes a connector.</summary>
    /// <param name="options">How sessions are opened.</param>
    public Connector(ConnectorOptions options)
    {
        this.options = options;
        openSsh = new(options, guardian);
        command = new(options, guardian);
        native = new(() => options.Native?.Invoke(options));
        pacers = new(FirstJump);
    }

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        if (options.Become is { } become && host.Become is null)
            host = host with { Become = become };
        if (options.Password is not null && host.Password is null)
            host = host with { Password = options.Password };
        var way = WayTo(host);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await pacers.Run(host, () => way.Connect(host, how, ct), ct);
            }
            catch (NotOpenedException none) when (how?.Timeout is null && none.Failure.IsTurnedAway && attempt < Attempts)
            {
                await pacers.TurnedAway(host, ct);
                await Task.Delay(FirstPause * Math.Pow(1.7, attempt - 1) * (0.5 + Random.Shared.NextDouble()), options.Time, ct);
            }
            catch (NotOpenedException none)
            {
                throw none.Failure.For(host);
            }
        }
    }

    /// <summary>The command line of an interactive shell on a host, with the same settings.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How sessions are opened.</param>
    public static IReadOnlyList<string> ShellOn(Host host, ConnectorOptions options) => InteractiveLine.Of(host, options);

    /// <summary>Whether a host is reached in this process, and not by another program.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How sessions are opened.</param>
    public static bool IsNative(Host host, ConnectorOptions options) =>
        (host.Transport ?? options.Transport) is { } chosen
            ? chosen == Transport.Native
            : options.Native is not null && !Programs.Has("ssh");

    IConnector WayTo(Host host) =>
        host.Transport is { IsCommand: true } ? command
        : !IsNative(host, options) ? openSsh
        : native.Value
            ?? throw new HostUnreachableException(
                host.Name,
                "its transport is native, and this connector has none",
                "Set ConnectorOptions.Native, or use Transport.Ssh."
            );

    async Task<string?> FirstJump(Host host, CancellationToken ct)
    {
        if (host.Transport is { IsCommand: true })
            return null;
        try
        {
            var settings = await Settings(host, ct);
            return settings.ProxyJump?.Split(',')[0] ?? settings.ProxyCommand;
        }
        catch (HostUnreachableException)
        {
            // The login itself says what is wrong with the settings.
            return null;
        }
    }

    /// <summary>How a host is reached, by ssh_config(5).</summary>
    /// <param name="host">The host.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="HostUnreachableException">There is no ssh here, or its configuration is wrong.</exception>
    public Task<SshSettings> Settings(Host host, CancellationToken ct) =>
        WayTo(host) is INativeConnector inHere ? Task.FromResult(inHere.Settings(host)) : SshSettings.Of(host, options, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        pacers.Dispose();
        guardian.Dispose();
        openSsh.Dispose();
        if (native.IsValueCreated)
            (native.Value as IDisposable)?.Dispose();
    }
}
