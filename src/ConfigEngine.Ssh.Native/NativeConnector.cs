using ConfigEngine.Local;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// Opens sessions over ssh within this process, on SSH.NET. It reads the user's ssh_config, known_hosts, keys and agent as OpenSSH's
/// client does; what it cannot do as ssh would, it refuses.
/// </summary>
/// <example><code>
/// using Connector connector = new(new() { Transport = Transport.Native, Native = options => new NativeConnector(options) });
/// </code></example>
/// <param name="options">How sessions are opened.</param>
public sealed class NativeConnector(ConnectorOptions options) : INativeConnector, IDisposable
{
    readonly LoginKeys keys = new(options);

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        try
        {
            var settings = Read(host);
            var link = await Link.Open(settings, host.Password, new(options, keys, how?.Timeout ?? options.ConnectTimeout), ct);
            SessionStart start;
            try
            {
                start = await Start(host, link, Ends.Connection, ct);
            }
            catch
            {
                await link.DisposeAsync();
                throw;
            }

            return await ShellSession.OpenOn(
                host,
                start with
                {
                    AtOnce = how?.AtOnce,
                    Beside = async stop => await ShellSession.OpenBeside(await Start(host, link, Ends.Channel, stop), stop),
                },
                ct
            );
        }
        catch (NotUsableException failed)
        {
            throw new NotOpenedException(host, failed.Failure);
        }
        catch (SettingsException wrong)
        {
            throw new NotOpenedException(host, new(FailureKind.Settings, wrong.Problem, wrong.Next));
        }
    }

    SshSettings INativeConnector.Settings(Host host)
    {
        try
        {
            var read = Read(host);
            return new(read.Hostname, read.User, read.Port)
            {
                HostKeyAlias = read.HostKeyAlias,
                ProxyJump = read.Jumps.Count == 0 ? null : string.Join(',', read.Jumps),
                IdentityFiles = [.. read.IdentityFiles.Where(File.Exists)],
            };
        }
        catch (SettingsException wrong)
        {
            throw new HostUnreachableException(host.Name, wrong.Problem, wrong.Next);
        }
    }

    HostSettings Read(Host host) => HostSettings.Of(host.Address ?? host.Name, host.User, host.Port, options);

    async Task<SessionStart> Start(Host host, Link link, Ends ends, CancellationToken ct)
    {
        var marker = SessionStart.NewMarker();
        var remote = CommandLine.Remote(host.Become, SessionStart.PromptOf(host, options), marker);
        try
        {
            var pipe = await ChannelPipe.Open(link, remote, ends, options.Time, ct);
            return SessionStart.For(host, options, pipe) with { Marker = marker };
        }
        catch (Exception refused)
            when (refused is Renci.SshNet.Common.SshException or ObjectDisposedException or InvalidOperationException)
        {
            throw new NotUsableException(
                new(
                    FailureKind.Ended,
                    $"the connection to {host.Address ?? host.Name} was lost right after the login: "
                        + Text.Sentence(link.Wire.Cause ?? refused.Message)
                )
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose() => keys.Dispose();
}
