using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ConfigEngine.Lab;

/// <summary>Which way bytes flow through a <see cref="Relay"/>.</summary>
public enum Toward
{
    Server,
    Client,
}

/// <summary>
/// A bad line, on 127.0.0.1: forwards TCP to a target with delay, limited rate, cuts and silence, and counts. All of it can be
/// changed while connections are open; each applies to what arrives from then on.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    readonly string host;
    readonly int port;
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<RelayedConnection, Task> open = new();
    readonly Task accepting;
    volatile TaskCompletionSource forwarding = Opened();
    long toServer;
    long toClient;
    int connections;
    int roundTrips;

    public Relay(string host, int port)
    {
        (this.host, this.port) = (host, port);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        accepting = Accept();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>One way, from the client to the target.</summary>
    public TimeSpan DelayToServer { get; set; }

    /// <summary>One way, from the target to the client.</summary>
    public TimeSpan DelayToClient { get; set; }

    /// <summary>Bytes in a second, each way; as fast as it goes when null.</summary>
    public int? BytesPerSecond { get; set; }

    /// <summary>Bytes that were passed on to the target.</summary>
    public long BytesToServer => Interlocked.Read(ref toServer);

    /// <summary>Bytes that were passed on to clients.</summary>
    public long BytesToClient => Interlocked.Read(ref toClient);

    /// <summary>Connections that clients opened, ever.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Connections that are open now.</summary>
    public int Open => open.Count;

    /// <summary>
    /// How often a client spoke after it had been answered, its first words included: what it sends in one go, whatever the
    /// number of packets, counts once. Exact with <see cref="Quiet"/>, or when the delay is longer than the client takes to write all
    /// that it pipelines.
    /// </summary>
    public int RoundTrips => Volatile.Read(ref roundTrips);

    /// <summary>
    /// What a client sends in up to this many bytes is not counted as speaking; everything is at 0. ssh answers a long answer with
    /// adjustments of its window (RFC 4254, 5.2), 36 bytes each, while nobody waits for them, and ends a channel as shortly.
    /// </summary>
    public int Murmur { get; set; }

    /// <summary>
    /// Holds what the target says until neither side has said anything for so long, by <see cref="Pace"/>: then all of it arrives in one
    /// go. Nothing is held when null.
    /// </summary>
    public TimeSpan? Quiet { get; set; }

    /// <summary>Sets both delays to half of this.</summary>
    public TimeSpan RoundTrip
    {
        get => DelayToServer + DelayToClient;
        set => DelayToServer = DelayToClient = value / 2;
    }

    internal CutMark? Mark { get; private set; }

    /// <summary>Resets every open connection, on both sides. New ones are served.</summary>
    public void Cut()
    {
        foreach (var connection in open.Keys)
            connection.Reset();
    }

    /// <summary>Cuts, once, when this many more bytes have been passed on in one direction: those bytes and not one more.</summary>
    public void CutAfter(long bytes, Toward direction) => Mark = new CutMark(bytes, direction);

    /// <summary>
    /// Passes nothing on any more and closes nothing. New connections are accepted and get no answer, as when a firewall
    /// in the middle loses its state.
    /// </summary>
    public void BlackHole()
    {
        // What waits in a black hole waits for this one source: a second call must not put another in its place.
        if (forwarding.Task.IsCompleted)
            forwarding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends a <see cref="BlackHole"/>; what was sent meanwhile arrives now, as TCP would have sent it again.</summary>
    public void Restore() => forwarding.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(open.Values);
        stop.Dispose();
    }

    internal Task Forwarding => forwarding.Task;

    internal TimeSpan DelayOf(Toward direction) => direction is Toward.Server ? DelayToServer : DelayToClient;

    internal void CountRoundTrip() => Interlocked.Increment(ref roundTrips);

    internal void Count(int bytes, Toward direction) =>
        Interlocked.Add(ref direction is Toward.Server ? ref toServer : ref toClient, bytes);

    /// <summary>Cuts because a mark was reached; the mark is spent.</summary>
    internal void CutAt(CutMark mark)
    {
        if (Mark == mark)
            Mark = null;
        Cut();
    }

    async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(stop.Token);
                Interlocked.Increment(ref connections);
                var connection = new RelayedConnection(this, client);

                // It is in the table before it can end, so that its end finds it there.
                var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                open[connection] = Serve(connection, start.Task);
                start.SetResult();
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed: nobody else closes the listener.
        }
    }

    async Task Serve(RelayedConnection connection, Task start)
    {
        await start;
        using (connection)
            await connection.Serve(host, port, stop.Token);
        open.TryRemove(connection, out _);
    }

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}

/// <summary>Where <see cref="Relay.CutAfter"/> cuts: counts down over all connections of the relay.</summary>
sealed class CutMark(long bytes, Toward direction)
{
    long left = bytes;

    /// <summary>How many of these bytes may still pass.</summary>
    public int Allow(int wanted, Toward way)
    {
        if (way != direction)
            return wanted;
        var after = Interlocked.Add(ref left, -wanted);
        return after >= 0 ? wanted : (int)Math.Max(0, wanted + after);
    }
}
