using System.Net;
using System.Net.Sockets;

namespace ConfigEngine.Lab;

/// <summary>The relay by itself, in front of a server that says everything back.</summary>
public sealed class RelayTests : IAsyncLifetime, IDisposable
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    readonly TcpListener echo = new(IPAddress.Loopback, 0);
    Relay? started;

    Relay Relay => started ?? throw new InvalidOperationException();

    public Task InitializeAsync()
    {
        echo.Start();
        _ = Serve();
        started = new Relay("127.0.0.1", ((IPEndPoint)echo.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Relay.DisposeAsync();
        Assert.Equal(0, Relay.Open);
    }

    public void Dispose() => echo.Dispose();

    [Fact]
    public async Task Delays_each_way_and_counts_what_the_client_says_in_one_go_once()
    {
        using var client = await Connect();
        (Relay.DelayToServer, Relay.DelayToClient) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200));

        var clock = PacedWatch.Start();
        await Echo(client, 1);
        await Echo(client, 1);
        Assert.Equal(2, Relay.RoundTrips);
        clock.Took(0.6, 3);

        clock.Restart();
        for (var i = 0; i < 10; i++)
        {
            await client.SendAsync(new byte[10]);
            await Task.Delay(2);
        }

        await Receive(client, 100);
        Assert.Equal(3, Relay.RoundTrips);
        clock.Took(0.3, 3);
        Assert.Equal((102, 102, 1), (Relay.BytesToServer, Relay.BytesToClient, Relay.Connections));
    }

    [Fact]
    public async Task Keeps_the_order_of_what_was_delayed()
    {
        using var client = await Connect();
        var sent = new byte[200_000];
        Random.Shared.NextBytes(sent);
        var receiving = Receive(client, sent.Length);
        for (var i = 0; i < sent.Length; i += 1000)
        {
            Relay.DelayToServer = TimeSpan.FromMilliseconds(i % 3000 / 100);
            await client.SendAsync(sent.AsMemory(i, 1000));
        }

        Assert.Equal(sent, await receiving);
    }

    [Fact]
    public async Task Cuts_both_sides_and_serves_the_next()
    {
        using var client = await Connect();
        await Echo(client, 1);
        Relay.Cut();
        var failure = await Assert.ThrowsAsync<SocketException>(() => Echo(client, 1));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);

        using var next = await Connect();
        await Echo(next, 1);
    }

    [Theory]
    [InlineData(Toward.Client)]
    [InlineData(Toward.Server)]
    public async Task Cuts_at_the_very_byte(Toward direction)
    {
        using var client = await Connect();
        Relay.CutAfter(1500, direction);
        await Echo(client, 1000);
        await client.SendAsync(new byte[1000]);
        await Assert.ThrowsAsync<SocketException>(() => Receive(client, 1000));
        Assert.Equal(1500, direction is Toward.Client ? Relay.BytesToClient : Relay.BytesToServer);

        using var next = await Connect();
        await Echo(next, 5000);
    }

    [Fact]
    public async Task Is_silent_as_a_black_hole_and_loses_nothing_when_it_ends()
    {
        using var client = await Connect();
        await Echo(client, 1);
        Relay.BlackHole();
        using var late = await Connect();
        await client.SendAsync(new byte[10]);
        await late.SendAsync(new byte[10]);
        var (first, second) = (Receive(client, 10), Receive(late, 10));
        await Task.Delay(Soon);
        Assert.False(first.IsCompleted || second.IsCompleted);

        Relay.Restore();
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Can_be_disposed_while_it_is_a_black_hole()
    {
        using var client = await Connect();
        await Echo(client, 1);
        Relay.BlackHole();
        await client.SendAsync(new byte[10]);
        await Relay.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<SocketException>(() => Receive(client, 10));
    }

    [Fact]
    public async Task Is_as_slow_as_asked()
    {
        using var client = await Connect();
        Relay.BytesPerSecond = 20_000;
        var clock = PacedWatch.Start();
        await Echo(client, 10_000);
        clock.Took(0.45, 4);
    }

    [Fact]
    public async Task Passes_a_half_close_on()
    {
        using var client = await Connect();
        await client.SendAsync(new byte[10]);
        client.Shutdown(SocketShutdown.Send);
        await Receive(client, 10);
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
    }

    async Task<Socket> Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", Relay.Port);
        return socket;
    }

    static async Task Echo(Socket socket, int bytes)
    {
        await socket.SendAsync(new byte[bytes]);
        await Receive(socket, bytes);
    }

    static async Task<byte[]> Receive(Socket socket, int bytes)
    {
        var received = new byte[bytes];
        for (var got = 0; got < bytes;)
        {
            var some = await socket.ReceiveAsync(received.AsMemory(got));
            got += some is 0 ? throw new EndOfStreamException() : some;
        }

        return received;
    }

    async Task Serve()
    {
        while (true)
        {
            var client = await echo.AcceptTcpClientAsync();
            _ = client.GetStream().CopyToAsync(client.GetStream()).ContinueWith(_ => client.Dispose(), TaskScheduler.Default);
        }
    }
}
