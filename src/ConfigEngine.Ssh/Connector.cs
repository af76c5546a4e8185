using System.ComponentModel;

namespace ConfigEngine.Ssh;

/// <summary>Opens sessions: over OpenSSH's client, on this machine, or through any command that ends in a shell.</summary>
public sealed class Connector : IConnector, IDisposable
{
    const int Attempts = 8;
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(300);
    readonly Pacer pacer = new();
    readonly Guardian guardian = new();
    readonly ConnectorOptions options;
    readonly Lazy<RunDirectory> directory;

    /// <summary>Makes one.</summary>
    /// <param name="options">How sessions are opened.</param>
    public Connector(ConnectorOptions options)
    {
        this.options = options;
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
        if (options.Become is { } become && host.Become is null)
            host = host with { Become = become };
        if (options.Password is not null && host.Password is null)
            host = host with { Password = options.Password };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await pacer.Run(() => Open(host, how ?? new(), ct), ct);
            }
            catch (ConnectionLostException lost) when (how?.Timeout is null && SshFailure.IsThrottled(lost.Reason) && attempt < Attempts)
            {
                pacer.TurnedAway();
                await Task.Delay(FirstPause * Math.Pow(1.7, attempt - 1) * (0.5 + Random.Shared.NextDouble()), ct);
            }
            catch (ConnectionLostException lost)
            {
                throw SshFailure.Explain(host, lost.Reason);
            }
            catch (BecomeRefusedException refused)
            {
                throw SshFailure.Explain(host, refused.Message);
            }
        }
    }

    async Task<ISession> Open(Host host, ConnectOptions how, CancellationToken ct)
    {
        var transport = host.Transport ?? Transport.Ssh;
        var marker = Opening.NewMarker();
        var password = host.Become is null ? null : host.Become.Password ?? options.BecomePassword;
        var remote = CommandLine.Remote(host.Become, password is not null, marker);
        if (transport != Transport.Ssh)
        {
            var local = Start(host, [.. transport.Arguments], options.Records is { } records ? new Dictionary<string, string> { ["CFG_RECORDS"] = records } : null);
            if (host.Become is null)
                return await ShellSession.Open(new(host.Name, local, marker, HaltBeside) { Deadline = options.OpenDeadline, AtOnce = how.AtOnce }, ct);

            // This shell reads ahead, so the one that it becomes must say when it is there before it is told anything.
            await local.Write(System.Text.Encoding.UTF8.GetBytes(CommandLine.Remote(host.Become, asks: password is not null, marker, announces: true) + "\n"), ct);
            return await ShellSession.Open(new(host.Name, local, marker, HaltBeside) { Deadline = options.OpenDeadline, AtOnce = how.AtOnce, Password = password, Announces = true }, ct);

            Task HaltBeside(ShellSession session, CancellationToken stop) => Beside(host, [.. transport.Arguments], session, stop);
        }

        var control = directory.Value.NewSocket();
        using var askpass = host.Password is null ? null : await Askpass.Prepare(host.Password, directory.Value.Path, ct);
        var child = Start(host, CommandLine.Ssh(host, options, how.Timeout ?? options.ConnectTimeout, control, remote), askpass?.Environment);
        return await ShellSession.Open(
            new(host.Name, child, marker, (session, stop) => Beside(host, CommandLine.Beside(host, control, CommandLine.Remote(host.Become, asks: false, marker)), session, stop))
            {
                Deadline = options.OpenDeadline,
                AtOnce = how.AtOnce,
                Password = password,
                Closed = () => Remove(control),
            },
            ct);
    }

    ChildProcess Start(Host host, IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string>? environment)
    {
        try
        {
            return ChildProcess.Start(commandLine, environment, guardian, options.Withheld());
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(host.Name, $"{commandLine[0]} cannot be started here ({missing.Message})", commandLine[0] is "ssh" ? "Install OpenSSH's client." : null);
        }
    }

    /// <summary>
    /// Stops what waits in a session, by a second way to its host: the session's shell is told by a signal, whose trap it runs
    /// when the command that it waits for has ended (POSIX.1-2024, Shell Command Language 2.12).
    /// </summary>
    async Task Beside(Host host, IReadOnlyList<string> commandLine, ShellSession session, CancellationToken ct)
    {
        if (session.ShellId.Length == 0)
            return;
        await using var child = Start(host, commandLine, null);
        Shell script = $"kill -USR1 {session.ShellId}\n";
        await child.Write(System.Text.Encoding.UTF8.GetBytes(script.Text), ct);
        child.CloseInput();
        await child.Exited(TimeSpan.FromSeconds(10));
    }

    /// <summary>Removes a socket; after this run's directory, it is gone with that.</summary>
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
        pacer.Dispose();
        guardian.Dispose();
        if (directory.IsValueCreated)
            directory.Value.Dispose();
    }
}

/// <summary>How sessions are opened.</summary>
public sealed record ConnectorOptions
{
    /// <summary>The ssh configuration to use instead of the user's own.</summary>
    public string? SshConfig { get; init; }

    /// <summary>Becoming another user, for hosts that do not say it themselves.</summary>
    public Become? Become { get; init; }

    /// <summary>The password for sudo, where a host has none of its own.</summary>
    public Secret? BecomePassword { get; init; }

    /// <summary>The password for ssh, where a host has none of its own.</summary>
    public Secret? Password { get; init; }

    /// <summary>The variables of this process's environment that hold secrets: what it starts does not get them. None unless said otherwise.</summary>
    public Func<IEnumerable<string>> Withheld { get; init; } = () => [];

    /// <summary>Accepts the keys of hosts that were never seen before, and never those that changed.</summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>Where sessions that need no ssh keep the lock and the records of their host (<c>CFG_RECORDS</c>); as usual when null.</summary>
    public string? Records { get; init; }

    /// <summary>How long the network may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long everything may take until the facts are there.</summary>
    public TimeSpan OpenDeadline { get; init; } = TimeSpan.FromSeconds(45);
}
