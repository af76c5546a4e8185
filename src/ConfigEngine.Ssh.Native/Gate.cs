using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// A port of this machine that lets exactly one connection in: the one that knows its password. SSH.NET makes its own connections, and
/// can be led over a proxy (SOCKS 5, RFC 1928 and 1929); this is the proxy, so that cfg has the bytes in its own hands. Other users of
/// this machine can connect to the port, too, and get nothing.
/// </summary>
sealed class Gate : IDisposable
{
    const int MostWaiting = 16;
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly TaskCompletionSource<NetworkStream> entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the port.</summary>
    public Gate() => listener.Start(MostWaiting);

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The password that opens it.</summary>
    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    /// <summary>Waits for the connection that knows the password, and closes the port behind it.</summary>
    public async Task<NetworkStream> Enter(CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using SemaphoreSlim slots = new(MostWaiting);
        var accepting = Accept(slots, over.Token);
        try
        {
            await Task.WhenAny(entered.Task, accepting).WaitAsync(ct);
            return await entered.Task.WaitAsync(ct);
        }
        finally
        {
            await over.CancelAsync();
            listener.Stop();
            await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Accept(SemaphoreSlim slots, CancellationToken ct)
    {
        List<Task> asking = [];
        try
        {
            while (!entered.Task.IsCompleted)
            {
                await slots.WaitAsync(ct);
                var client = await listener.AcceptTcpClientAsync(ct);
                asking.RemoveAll(one => one.IsCompleted);
                asking.Add(Ask(client, slots, ct));
            }
        }
        finally
        {
            await Task.WhenAll(asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Ask(TcpClient client, SemaphoreSlim slots, CancellationToken ct)
    {
        client.NoDelay = true;
        var stream = client.GetStream();
        try
        {
            if (await IsMine(stream, ct) && entered.TrySetResult(stream))
                return;
        }
        catch (Exception gone) when (gone is IOException or EndOfStreamException or OperationCanceledException)
        {
            // It went away, or another one was let in.
        }
        finally
        {
            slots.Release();
        }

        client.Dispose();
    }

    async Task<bool> IsMine(NetworkStream stream, CancellationToken ct)
    {
        var head = await Read(stream, 2, ct);
        if (head[0] != 5 || !(await Read(stream, head[1], ct)).Contains((byte)2))
            return false;
        await stream.WriteAsync((byte[])[5, 2], ct);

        var name = await Read(stream, 2, ct);
        await Read(stream, name[1], ct);
        var password = await Read(stream, (await Read(stream, 1, ct))[0], ct);
        var right = CryptographicOperations.FixedTimeEquals(password, Encoding.ASCII.GetBytes(Password));
        await stream.WriteAsync((byte[])[1, (byte)(right ? 0 : 1)], ct);
        if (!right)
            return false;

        var request = await Read(stream, 4, ct);
        var address = request[3] switch
        {
            1 => 4,
            4 => 16,
            _ => (await Read(stream, 1, ct))[0],
        };
        await Read(stream, address + 2, ct);
        await stream.WriteAsync((byte[])[5, 0, 0, 1, 0, 0, 0, 0, 0, 0], ct);
        return true;
    }

    static async Task<byte[]> Read(NetworkStream stream, int count, CancellationToken ct)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, ct);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();
}
