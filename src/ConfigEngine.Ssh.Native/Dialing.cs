using System.Net;
using System.Net.Sockets;

namespace ConfigEngine.Ssh.Native;

/// <summary>Connects to a host's port.</summary>
static class Dialing
{
    /// <summary>Connects, to the first of its addresses that answers.</summary>
    /// <exception cref="NotUsableException">It cannot be reached.</exception>
    public static async Task<Stream> To(HostSettings settings, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var port = $"{settings.Port}";
        using TimeLimit limit = new(timeout, time, ct);
        try
        {
            SocketException? last = null;
            foreach (var address in await Addresses(settings, limit.Token))
            {
                Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    if (settings.BindAddress is { } own && IPAddress.TryParse(own, out var from))
                        socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(new IPEndPoint(address, settings.Port), limit.Token);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch (SocketException failed)
                {
                    socket.Dispose();
                    last = failed;
                }
                catch (OperationCanceledException)
                {
                    socket.Dispose();
                    throw;
                }
            }

            throw new NotUsableException(
                last?.SocketErrorCode switch
                {
                    null => Failures.Unresolved(settings.Hostname),
                    SocketError.ConnectionRefused => Failures.Refused(settings.Hostname, port),
                    SocketError.TimedOut => Failures.NoAnswer(settings.Hostname, port),
                    SocketError.HostUnreachable or SocketError.NetworkUnreachable => Failures.NoRoute(settings.Hostname, last.Message),
                    _ => new(FailureKind.NotReached, $"{settings.Hostname} cannot be reached at port {port}: {last.Message}"),
                }
            );
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new NotUsableException(Failures.NoAnswer(settings.Hostname, port));
        }
    }

    static async Task<IReadOnlyList<IPAddress>> Addresses(HostSettings settings, CancellationToken ct)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(settings.Hostname, settings.Family, ct);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return [];
        }
    }
}
