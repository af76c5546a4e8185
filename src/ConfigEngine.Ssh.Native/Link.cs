using System.Net;
using System.Net.Sockets;
using Renci.SshNet;

namespace ConfigEngine.Ssh.Native;

/// <summary>A connection to a host that is logged in, and those to the hosts on the way to it.</summary>
sealed class Link : IAsyncDisposable
{
    const int MostHops = 8;
    readonly Link? before;
    readonly OpenFailures failures;
    readonly TimeProvider time;
    int closed;

    Link(string name, SshClient client, Wire wire, Link? before, OpenFailures failures, TimeProvider time) =>
        (Name, Client, Wire, this.before, this.failures, this.time) = (name, client, wire, before, failures, time);

    /// <summary>The host's name, for messages.</summary>
    public string Name { get; }

    /// <summary>The connection.</summary>
    public SshClient Client { get; }

    /// <summary>Its bytes.</summary>
    public Wire Wire { get; }

    /// <summary>Connects and logs in.</summary>
    /// <param name="settings">The host.</param>
    /// <param name="password">The password for it; null if there is none.</param>
    /// <param name="how">How connections are made.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="NotUsableException">It did not work.</exception>
    public static Task<Link> Open(HostSettings settings, Secret? password, Way how, CancellationToken ct) =>
        Open(settings, password, how, settings.Jumps, null, 0, ct);

    static async Task<Link> Open(
        HostSettings settings,
        Secret? password,
        Way how,
        IReadOnlyList<string> jumps,
        string? whose,
        int hops,
        CancellationToken ct
    )
    {
        if (hops > MostHops)
            throw new NotUsableException(
                new(FailureKind.Settings, $"the way to it has more than {MostHops} hosts: does ProxyJump lead in a circle?")
            );
        var before = jumps.Count > 0 ? await Jump(jumps[^1], [.. jumps.SkipLast(1)], how, hops, ct) : null;
        Forward? forward = null;
        Wire? wire = null;
        try
        {
            forward = before is null ? null : await Forward.Through(before.Client, settings, ct);
            wire = Wire.Over(forward?.Stream ?? await Dialing.To(settings, how.Timeout, how.Options.Time, ct), how.Options.Time);
            Login login = new(settings, wire, password, how.Options);
            OpenFailures failures = new();
            // Only of a host on the way it matters what it refuses.
            var client = await login.Run(how.Keys, whose, how.Timeout, whose is null ? null : failures, ct);
            return new(settings.Hostname, client, wire, before, failures, how.Options.Time);
        }
        catch (NotUsableException) when ((forward?.Refusal ?? before?.failures.Reason) is { } refusal)
        {
            await Close(wire, before);
            throw new NotUsableException(Failures.NotForwarded(settings.Hostname, refusal));
        }
        catch
        {
            await Close(wire, before);
            throw;
        }
    }

    static async Task Close(Wire? wire, Link? before)
    {
        if (wire is not null)
            await wire.DisposeAsync();
        if (before is not null)
            await before.DisposeAsync();
    }

    /// <summary>Connects to a host on the way: <c>user@host:port</c>, whose own settings count too.</summary>
    static async Task<Link> Jump(string jump, IReadOnlyList<string> earlier, Way how, int hops, CancellationToken ct)
    {
        var (user, address, port) = Destination.Read(jump);
        var settings = HostSettings.Of(address, user, port, how.Options);
        return await Open(
            settings,
            null,
            how,
            earlier.Count > 0 ? earlier : settings.Jumps,
            "on the way to it, a jump host's",
            hops + 1,
            ct
        );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 1)
            return;
        await Closing.Close(Client, Wire, time);
        if (before is not null)
            await before.DisposeAsync();
    }
}

/// <summary>How connections are made.</summary>
/// <param name="Options">How sessions are opened.</param>
/// <param name="Keys">The keys to log in with.</param>
/// <param name="Timeout">How long the network may take.</param>
sealed record Way(ConnectorOptions Options, LoginKeys Keys, TimeSpan Timeout);

/// <summary>The parts of <c>user@host:port</c>.</summary>
static class Destination
{
    /// <summary>Reads them; <c>ssh://</c> before and a path after are allowed, as in ssh_config(5).</summary>
    public static (string? User, string Address, int? Port) Read(string text)
    {
        var rest = text.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) ? text[6..].TrimEnd('/') : text;
        var user = rest.LastIndexOf('@') is >= 0 and var at ? rest[..at] : null;
        rest = rest[(user is null ? 0 : user.Length + 1)..];
        if (rest.StartsWith('[') && rest.IndexOf(']') is > 0 and var end)
            return (user, rest[1..end], rest[(end + 1)..] is [':', .. var after] && int.TryParse(after, out var number) ? number : null);
        return rest.Split(':') is [var host, var digits] && int.TryParse(digits, out var port) ? (user, host, port) : (user, rest, null);
    }
}

/// <summary>A connection through a host to another one. Its port on this machine lets in exactly one connection: this one.</summary>
sealed class Forward
{
    readonly Socket socket;
    string? refusal;

    Forward(Socket socket) => this.socket = socket;

    /// <summary>The bytes.</summary>
    public Stream Stream => field ??= new NetworkStream(socket, ownsSocket: true);

    /// <summary>Why the host on the way did not connect; null if it did.</summary>
    public string? Refusal => refusal;

    /// <summary>Makes one.</summary>
    public static async Task<Forward> Through(SshClient client, HostSettings target, CancellationToken ct)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Forward forward = new(socket);
            var own = (uint)((IPEndPoint?)socket.LocalEndPoint ?? throw new InvalidOperationException("the socket is not bound")).Port;
            ForwardedPortLocal port = new("127.0.0.1", target.Hostname, (uint)target.Port);
            // Any user of this machine could connect to the port. SSH.NET tells of each connection before it goes on with it.
            port.RequestReceived += (_, request) =>
            {
                if (request.OriginatorPort != own)
                    throw new InvalidOperationException("not this session's connection");
            };
            port.Exception += (_, failed) =>
                forward.refusal ??= failed.Exception is InvalidOperationException ? null : failed.Exception.Message;
            client.AddForwardedPort(port);
            port.Start();
            await socket.ConnectAsync(IPAddress.Loopback, (int)port.BoundPort, ct);
            return forward;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
