using System.ComponentModel;
using System.Text;

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

    /// <summary>Makes a connector.</summary>
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
            catch (NoShellException none) when (how?.Timeout is null && SshFailure.IsTurnedAway(none.Words) && attempt < Attempts)
            {
                pacer.TurnedAway();
                await Task.Delay(FirstPause * Math.Pow(1.7, attempt - 1) * (0.5 + Random.Shared.NextDouble()), options.Time, ct);
            }
            catch (NoShellException none)
            {
                throw SshFailure.Explain(host, none.Words);
            }
            catch (BecomeRefusedException refused)
            {
                throw SshFailure.Explain(host, new(refused.Reason));
            }
        }
    }

    /// <summary>The command line of an interactive shell on a host, with the same settings.</summary>
    /// <param name="host">The host.</param>
    /// <param name="options">How sessions are opened.</param>
    public static IReadOnlyList<string> ShellOn(Host host, ConnectorOptions options) => InteractiveLine.Of(host, options);

    async Task<ISession> Open(Host host, ConnectOptions how, CancellationToken ct) =>
        host.Transport is { } transport && transport != Transport.Ssh
            ? await ShellSession.Open(
                await ByCommand(host, transport, ct) with
                {
                    AtOnce = how.AtOnce,
                    Beside = async stop => await ShellSession.OpenBeside(await ByCommand(host, transport, stop), stop),
                },
                ct
            )
            : await BySsh(host, how, ct);

    /// <summary>Any command that ends in a shell.</summary>
    async Task<SessionStart> ByCommand(Host host, Transport transport, CancellationToken ct)
    {
        var records = options.Records is { } own ? new Dictionary<string, string> { ["CFG_RECORDS"] = own } : null;
        var start = StartOf(host, Start(host, [.. transport.Arguments], records));
        if (host.Become is not { } become)
            return start;

        // This shell reads ahead, so the shell that it becomes must first report that it is ready.
        var remote = CommandLine.Remote(become, start.Password is null ? BecomePrompt.Announced : BecomePrompt.Password, start.Marker);
        await start.Child.Write(Encoding.UTF8.GetBytes(remote + "\n"), ct);
        return start with { Announces = true };
    }

    /// <summary>OpenSSH's client.</summary>
    async Task<ISession> BySsh(Host host, ConnectOptions how, CancellationToken ct)
    {
        var control = directory.Value.NewSocket();
        var log = $"{control}.log";
        using var askpass = host.Password is null
            ? null
            : await Askpass.Prepare(host.Password, await SshSettings.Of(host, options, ct), directory.Value.Path, ct);
        var start = Remotely(
            remote => CommandLine.Ssh(host, options, how.Timeout ?? options.ConnectTimeout, control, log, remote),
            askpass?.Environment
        );
        return await ShellSession.Open(
            start with
            {
                AtOnce = how.AtOnce,
                Log = log,
                Beside = stop => ShellSession.OpenBeside(Remotely(remote => CommandLine.Beside(host, control, remote), null), stop),
                Closed = () =>
                {
                    Remove(control);
                    Remove(log);
                },
            },
            ct
        );

        SessionStart Remotely(Func<string, IReadOnlyList<string>> commandLine, IReadOnlyDictionary<string, string>? environment)
        {
            var marker = SessionStart.NewMarker();
            var prompt = PasswordFor(host) is null ? BecomePrompt.None : BecomePrompt.Password;
            return StartOf(host, Start(host, commandLine(CommandLine.Remote(host.Become, prompt, marker)), environment)) with
            {
                Marker = marker,
            };
        }
    }

    SessionStart StartOf(Host host, ChildProcess child) =>
        new(host.Name, child, SessionStart.NewMarker(), options.Time) { Deadline = options.OpenDeadline, Password = PasswordFor(host) };

    Secret? PasswordFor(Host host) => host.Become is null ? null : host.Become.Password ?? options.BecomePassword;

    ChildProcess Start(Host host, IReadOnlyList<string> commandLine, IReadOnlyDictionary<string, string>? environment)
    {
        try
        {
            return ChildProcess.Start(commandLine, options.Time, environment, guardian, options.Withheld());
        }
        catch (Win32Exception missing)
        {
            throw new HostUnreachableException(
                host.Name,
                $"{commandLine[0]} cannot be started here ({missing.Message})",
                commandLine[0] is "ssh" ? "Install OpenSSH's client." : null
            );
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

    /// <summary>Becoming another user, for hosts that do not set it themselves.</summary>
    public Become? Become { get; init; }

    /// <summary>The password for sudo, for hosts without one of their own.</summary>
    public Secret? BecomePassword { get; init; }

    /// <summary>The password for ssh, for hosts without one of their own.</summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// The environment variables of this process that contain secrets; processes that it starts do not get them. None by default.
    /// </summary>
    public Func<IEnumerable<string>> Withheld { get; init; } = () => [];

    /// <summary>Whether to accept the keys of hosts that were never seen before; changed keys are never accepted.</summary>
    public bool AcceptNewHostKeys { get; init; }

    /// <summary>
    /// The directory for the lock and the records of hosts without ssh (<c>CFG_RECORDS</c>); the usual one when null.
    /// </summary>
    public string? Records { get; init; }

    /// <summary>The clock for all waiting.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long the network may take to connect.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long opening a session may take, with the facts.</summary>
    public TimeSpan OpenDeadline { get; init; } = TimeSpan.FromSeconds(45);
}
