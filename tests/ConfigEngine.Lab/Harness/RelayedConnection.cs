using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace ConfigEngine.Lab;

/// <summary>One client of a <see cref="Relay"/> and its connection to the target.</summary>
sealed class RelayedConnection(Relay relay, Socket client) : IDisposable
{
    /// <summary>What arrived, and when it is to go on. A queue with due times keeps the order, and delays without slowing down.</summary>
    readonly record struct Chunk(long Due, byte[] Bytes);

    readonly Socket server = new(SocketType.Stream, ProtocolType.Tcp);
    bool heard = true;
    long spoke = Pace.Clock.GetTimestamp();

    public async Task Serve(string host, int port, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await relay.Forwarding.WaitAsync(ct);
            await server.ConnectAsync(host, port, ct);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAll(Pump(client, server, Toward.Server, over), Pump(server, client, Toward.Client, over));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone without a goodbye, or the relay cut or ends: neither side gets one.
            Reset();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    /// <summary>Closes both sides with RST: a linger time of zero says so to the kernel.</summary>
    public void Reset()
    {
        foreach (var socket in new[] { client, server })
        {
            try
            {
                socket.LingerState = new LingerOption(enable: true, 0);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // Closed before.
            }

            socket.Dispose();
        }
    }

    async Task Pump(Socket from, Socket to, Toward direction, CancellationTokenSource over)
    {
        var queue = Channel.CreateBounded<Chunk>(256);
        try
        {
            await Task.WhenAll(Read(from, direction, queue.Writer, over.Token), Write(to, direction, queue.Reader, over.Token));
        }
        catch
        {
            await over.CancelAsync();
            throw;
        }
    }

    async Task Read(Socket from, Toward direction, ChannelWriter<Chunk> queue, CancellationToken ct)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer, ct) is > 0 and var length)
            {
                if (length > relay.Murmur || direction is Toward.Client)
                    Volatile.Write(ref spoke, Pace.Clock.GetTimestamp());
                if (direction is Toward.Server && length > relay.Murmur && Interlocked.Exchange(ref heard, false))
                    relay.CountRoundTrip();
                var due = Stopwatch.GetTimestamp() + (long)(relay.DelayOf(direction).TotalSeconds * Stopwatch.Frequency);
                await queue.WriteAsync(new Chunk(due, buffer[..length]), ct);
            }

            queue.Complete();
        }
        catch (Exception failure)
        {
            queue.Complete(failure);
            throw;
        }
    }

    async Task Write(Socket to, Toward direction, ChannelReader<Chunk> queue, CancellationToken ct)
    {
        await foreach (var chunk in queue.ReadAllAsync(ct))
        {
            // The runtime's timers are some milliseconds early at times.
            while (chunk.Due - Stopwatch.GetTimestamp() is > 0 and var early)
                await Task.Delay(1 + (int)(early * 1000 / Stopwatch.Frequency), ct);
            await Send(
                to,
                direction,
                direction is Toward.Client && relay.Quiet is { } quiet ? await Held(chunk, quiet, queue, ct) : chunk.Bytes,
                ct
            );
        }

        await relay.Forwarding.WaitAsync(ct);
        to.Shutdown(SocketShutdown.Send);
    }

    /// <summary>All that has come when there is quiet.</summary>
    async Task<byte[]> Held(Chunk first, TimeSpan quiet, ChannelReader<Chunk> queue, CancellationToken ct)
    {
        while (Pace.Clock.GetElapsedTime(Volatile.Read(ref spoke)) < quiet)
            await Task.Delay(10, ct);
        List<byte> all = [.. first.Bytes];
        while (queue.TryRead(out var more))
            all.AddRange(more.Bytes);
        return [.. all];
    }

    async Task Send(Socket to, Toward direction, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
        {
            // A slow line passes a twentieth of a second's worth at a time.
            var rate = relay.BytesPerSecond;
            var wanted = rate is { } limit ? Math.Min(bytes.Length, Math.Max(1, limit / 20)) : bytes.Length;
            await relay.Forwarding.WaitAsync(ct);

            var mark = relay.Mark;
            var allowed = mark?.Allow(wanted, direction) ?? wanted;
            if (direction is Toward.Client)
                Volatile.Write(ref heard, true);
            for (var sent = 0; sent < allowed;)
                sent += await to.SendAsync(bytes[sent..allowed], ct);
            relay.Count(allowed, direction);
            if (mark is not null && allowed < wanted)
            {
                relay.CutAt(mark);
                throw new OperationCanceledException("cut");
            }

            bytes = bytes[wanted..];
            if (rate is { } paced)
                await Task.Delay(TimeSpan.FromSeconds((double)wanted / paced), ct);
        }
    }
}
