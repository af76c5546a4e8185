using System.Text;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// The bytes between SSH.NET and a host, in cfg's own hands: it sees how far a connection came, notices when the host goes silent, and
/// can cut it at once.
/// </summary>
sealed class Wire : IAsyncDisposable
{
    /// <summary>The cause of a connection that was closed because its session was.</summary>
    public const string Closed = "the session was closed";

    const int Chunk = 64 * 1024;

    /// <summary>sshd may say something before it identifies itself (RFC 4253, 4.2); more than this is not sshd.</summary>
    const int LongestGreeting = 256 * 1024;

    /// <summary>How long a host may be silent before it is asked for an answer, as ServerAliveInterval.</summary>
    static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>How long it may be silent at all.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>How many questions it may leave unanswered.</summary>
    const int Unanswered = 3;

    /// <summary>How long SSH.NET may take to read the last words.</summary>
    static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    readonly Stream far;
    readonly TimeProvider time;
    readonly CancellationTokenSource over = new();
    readonly MemoryStream greeting = new();
    readonly Task pumping;
    long heard;
    int unanswered;
    volatile string? cut;

    Wire(Stream far, TimeProvider time)
    {
        (this.far, this.time) = (far, time);
        heard = time.GetTimestamp();
        pumping = Task.Run(Pump);
    }

    /// <summary>Where SSH.NET connects to.</summary>
    public Gate Gate { get; } = new();

    /// <summary>Whether the other side identified itself as sshd.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>Whether the other side ended the connection.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Why it was cut here; null if it was not.</summary>
    public string? Cause => cut;

    /// <summary>The text from the other side before it identified itself, line by line.</summary>
    public IReadOnlyList<string> Before
    {
        get
        {
            lock (greeting)
                return
                [
                    .. Encoding
                        .UTF8.GetString(greeting.ToArray())
                        .Split('\n')
                        .Select(line => line.Trim())
                        .Where(line => line.Length > 0 && !line.StartsWith("SSH-", StringComparison.Ordinal)),
                ];
        }
    }

    /// <summary>Begins to carry bytes.</summary>
    /// <param name="far">The connection to the host.</param>
    /// <param name="time">The clock.</param>
    public static Wire Over(Stream far, TimeProvider time) => new(far, time);

    /// <summary>Watches from now on that the host answers.</summary>
    /// <param name="ask">Asks the host for any answer; it may block.</param>
    public void Watch(Action ask) => _ = Listen(ask);

    async Task Listen(Action ask)
    {
        var asking = Task.CompletedTask;
        try
        {
            using PeriodicTimer timer = new(Every / 2, time);
            while (await timer.WaitForNextTickAsync(over.Token))
            {
                var silent = time.GetElapsedTime(Interlocked.Read(ref heard));
                // This process may have been stopped for a while: what was not asked cannot be answered.
                if (silent > Silence && Volatile.Read(ref unanswered) >= Unanswered)
                    Cut($"the host is not responding: no answer for {Silence.TotalSeconds:0} s");
                else if (silent >= Every && asking.IsCompleted)
                {
                    Interlocked.Increment(ref unanswered);
                    asking = Task.Run(ask, over.Token);
                }
                else if (silent >= Every)
                    Interlocked.Increment(ref unanswered);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is over.
        }
    }

    void Heard()
    {
        Interlocked.Exchange(ref heard, time.GetTimestamp());
        Interlocked.Exchange(ref unanswered, 0);
    }

    /// <summary>Ends the connection at once, on both sides.</summary>
    public void Cut(string why)
    {
        cut ??= why;
        try
        {
            over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }

        far.Dispose();
    }

    async Task Pump()
    {
        try
        {
            await using var near = await Gate.Enter(over.Token);
            var (inward, outward) = (Inward(near), Outward(near));
            if (await Task.WhenAny(inward, outward) == inward)
            {
                // What the host said last must still be read; closing at once could throw it away (tcp(7), reset).
                near.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
                await Task.WhenAny(outward, Task.Delay(Parting, time, over.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // It was cut, or SSH.NET went away.
        }
        finally
        {
            await over.CancelAsync();
            await far.DisposeAsync();
            Gate.Dispose();
        }
    }

    async Task Inward(Stream near)
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await far.ReadAsync(buffer, over.Token) is > 0 and var count)
            {
                Heard();
                if (!IsGreeted && !Greets(buffer.AsSpan(0, count)))
                    return;
                await near.WriteAsync(buffer.AsMemory(0, count), over.Token);
                // SSH.NET may have been slow to take it; that is not the host's silence.
                Heard();
            }

            IsEnded = true;
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            IsEnded = cut is null;
        }
    }

    async Task Outward(Stream near)
    {
        var buffer = new byte[Chunk];
        try
        {
            while (await near.ReadAsync(buffer, over.Token) is > 0 and var count)
                await far.WriteAsync(buffer.AsMemory(0, count), over.Token);
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two sides is gone, and the other follows.
        }
    }

    /// <summary>Keeps what comes before the greeting.</summary>
    /// <returns>Whether it may still be sshd.</returns>
    bool Greets(ReadOnlySpan<byte> bytes)
    {
        lock (greeting)
        {
            greeting.Write(bytes);
            var all = greeting.GetBuffer().AsSpan(0, (int)greeting.Length);
            IsGreeted = all.StartsWith("SSH-"u8) || all.IndexOf("\nSSH-"u8) >= 0;
            return IsGreeted || greeting.Length < LongestGreeting;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cut(Closed);
        await pumping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
        await greeting.DisposeAsync();
    }
}
