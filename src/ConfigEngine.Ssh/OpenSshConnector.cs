namespace ConfigEngine.Ssh;

/// <summary>Opens sessions over OpenSSH's client: a process for each host.</summary>
sealed class OpenSshConnector : IConnector, IDisposable
{
    readonly ConnectorOptions options;
    readonly Guardian guardian;
    readonly Lazy<RunDirectory> directory;

    /// <summary>Makes a connector.</summary>
    /// <param name="options">How sessions are opened.</param>
    /// <param name="guardian">Ends the processes if this process is killed.</param>
    public OpenSshConnector(ConnectorOptions options, Guardian guardian)
    {
        (this.options, this.guardian) = (options, guardian);
        directory = new(() =>
        {
            var made = RunDirectory.Make();
            guardian.Watch(made.Path);
            return made;
        });
    }

    /// <inheritdoc/>
    public async Task<ISession> Connect(Host host, ConnectOptions? how, CancellationToken ct)
    {
        var control = directory.Value.NewSocket();
        var log = $"{control}.log";
        using var askpass = host.Password is null
            ? null
            : await Askpass.Prepare(host.Password, await SshSettings.Of(host, options, ct), directory.Value.Path, ct);
        var start = Remotely(
            remote => CommandLine.Ssh(host, options, how?.Timeout ?? options.ConnectTimeout, control, log, remote),
            askpass?.Environment,
            log
        );
        return await ShellSession.OpenOn(
            host,
            start with
            {
                AtOnce = how?.AtOnce,
                Beside = stop => ShellSession.OpenBeside(Remotely(remote => CommandLine.Beside(host, control, remote), null, null), stop),
                Closed = () =>
                {
                    Remove(control);
                    Remove(log);
                },
            },
            ct
        );

        SessionStart Remotely(
            Func<string, IReadOnlyList<string>> commandLine,
            IReadOnlyDictionary<string, string>? environment,
            string? ownLog
        )
        {
            var marker = SessionStart.NewMarker();
            var remote = CommandLine.Remote(host.Become, SessionStart.PromptOf(host, options), marker);
            return ProcessStart.For(host, options, guardian, commandLine(remote), environment, ownLog) with { Marker = marker };
        }
    }

    /// <summary>Removes a socket; if this run's directory is removed first, the socket is gone with it.</summary>
    static void Remove(string socket)
    {
        try
        {
            File.Delete(socket);
        }
        catch (DirectoryNotFoundException)
        {
            // The connector was closed before its session.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (directory.IsValueCreated)
            directory.Value.Dispose();
    }
}
