using System.Net;
using System.Net.Sockets;
using System.Text;
using ConfigEngine.Ssh.Native;

namespace ConfigEngine.Tests;

/// <summary>The port that leads SSH.NET to a host lets in one connection, and no other user of this machine.</summary>
public sealed class GateTests
{
    [Fact]
    public async Task Who_knows_the_password_gets_in_once()
    {
        using Gate gate = new();
        var entering = gate.Enter(default);
        var (port, password) = (gate.Port, gate.Password);

        using var first = await Ask(port, password);
        await using var inside = await entering;
        await inside.WriteAsync("x"u8.ToArray());

        Assert.Equal((byte)'x', (await Read(first, 1))[0]);
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(port, password));
    }

    [Fact]
    public async Task Others_get_nothing_and_keep_nobody_waiting()
    {
        using Gate gate = new();
        var entering = gate.Enter(default);

        using var silent = await Connect(gate.Port);
        using var wrong = await Connect(gate.Port);
        await Talk(wrong, "guess");
        Assert.Equal([5, 2, 1, 1], await Read(wrong, 4));
        Assert.Equal(0, await wrong.GetStream().ReadAsync(new byte[1]));
        using var noSocks = await Connect(gate.Port);
        await noSocks.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        using var right = await Ask(gate.Port, gate.Password);

        await using var inside = await entering.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_is_told_to()
    {
        using Gate gate = new();
        using CancellationTokenSource over = new();
        var entering = gate.Enter(over.Token);

        await over.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => entering);
    }

    static async Task<TcpClient> Ask(int port, string password)
    {
        var client = await Connect(port);
        await Talk(client, password);
        Assert.Equal([5, 2, 1, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0], await Read(client, 14));
        return client;
    }

    static async Task<TcpClient> Connect(int port)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    static async Task Talk(TcpClient client, string password) =>
        await client
            .GetStream()
            .WriteAsync(
                (byte[])
                    [
                        5,
                        2,
                        0,
                        2,
                        1,
                        3,
                        .. "cfg"u8,
                        (byte)password.Length,
                        .. Encoding.ASCII.GetBytes(password),
                        5,
                        1,
                        0,
                        3,
                        4,
                        .. "host"u8,
                        0,
                        22,
                    ]
            );

    static async Task<byte[]> Read(TcpClient client, int count)
    {
        var bytes = new byte[count];
        await client.GetStream().ReadExactlyAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        return bytes;
    }
}
