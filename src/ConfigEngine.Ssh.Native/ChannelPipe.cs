using System.IO.Pipelines;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace ConfigEngine.Ssh.Native;

/// <summary>
/// A channel of a connection whose input goes to a shell on the host. SSH.NET's streams block a thread while they are read, and keep
/// all that nobody reads. Each has a thread of its own here, which reads always.
/// </summary>
sealed class ChannelPipe : IShellPipe
{
    const int Chunk = 32 * 1024;
    const int Stack = 256 * 1024;

    /// <summary>How long a shell may take to end when its input has ended.</summary>
    static readonly TimeSpan Parting = TimeSpan.FromSeconds(2);

    readonly Link link;
    readonly Ends ends;
    readonly SshCommand command;
    readonly TimeProvider time;
    readonly OrderedInput input;
    readonly Stream stdin;
    readonly Task ended;
    readonly Pipe stdout = new();
    readonly Pipe stderr = new();
    int killed;

    ChannelPipe(Link link, SshCommand command, Task ended, Ends ends, TimeProvider time)
    {
        (this.link, this.command, this.ended, this.ends, this.time) = (link, command, ended, ends, time);
        stdin = Input(command);
        input = new(Put);
        Carry(command.OutputStream, stdout.Writer);
        Carry(command.ExtendedOutputStream, stderr.Writer);
    }

    /// <inheritdoc/>
    public Stream Stdout => field ??= stdout.Reader.AsStream();

    /// <inheritdoc/>
    public Stream Stderr => field ??= stderr.Reader.AsStream();

    /// <inheritdoc/>
    public SshLog? Log => new(LoginStage.Account, Said is { } said ? [said] : [], []);

    string? Said =>
        link.Wire.Cause switch
        {
            Wire.Closed => null,
            { } cause => cause,
            null
                when link.Wire.IsEnded
                    || ended.Exception?.InnerException is SshConnectionException { DisconnectReason: DisconnectReason.ConnectionLost } =>
                $"Connection closed by {link.Name}",
            null => ended is { IsFaulted: true, Exception.InnerException: { } lost } ? Text.Sentence(lost.Message) : null,
        };

    /// <summary>Starts a command on the host.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="remote">The command, which ends in a shell.</param>
    /// <param name="ends">What ends with it.</param>
    /// <param name="time">The clock for waiting for its end.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task<ChannelPipe> Open(Link link, string remote, Ends ends, TimeProvider time, CancellationToken ct)
    {
        var command = link.Client.CreateCommand(remote);
        // It returns when the host has answered, and blocks until then.
        var ended = await Task
            .Factory.StartNew(
                () => command.ExecuteAsync(CancellationToken.None),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            )
            .WaitAsync(ct);
        return new(link, command, ended, ends, time);
    }

    static Stream Input(SshCommand command)
    {
        try
        {
            return command.CreateInputStream();
        }
        catch (InvalidOperationException)
        {
            // It has ended already, and what it printed is still to be read.
            return Stream.Null;
        }
    }

    static void Carry(Stream from, PipeWriter to)
    {
        Thread thread = new(
            () =>
            {
                try
                {
                    var buffer = new byte[Chunk];
                    while (from.Read(buffer) is > 0 and var count)
                    {
                        if (to.WriteAsync(buffer.AsMemory(0, count)).AsTask().GetAwaiter().GetResult().IsCompleted)
                            break;
                    }
                }
                catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // The channel is closed, or nobody reads any more.
                }
                finally
                {
                    to.Complete();
                }
            },
            Stack
        )
        {
            IsBackground = true,
            Name = "ssh output",
        };
        thread.Start();
    }

    /// <inheritdoc/>
    public Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct) => input.Write(bytes, ct);

    /// <summary>Writes; no bytes at all are the end. SSH.NET blocks while the host does not read.</summary>
    Task Put(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
        Task.Run(
            () =>
            {
                try
                {
                    if (bytes.IsEmpty)
                        stdin.Dispose();
                    else
                        stdin.Write(bytes.Span);
                }
                catch (Exception closed) when (closed is not OutOfMemoryException)
                {
                    throw new IOException("the connection is closed", closed);
                }
            },
            ct
        );

    /// <inheritdoc/>
    public void CloseInput() => _ = input.Write(ReadOnlyMemory<byte>.Empty, CancellationToken.None);

    /// <inheritdoc/>
    public async Task<int?> Exited(TimeSpan within)
    {
        await Task.WhenAny(ended, Task.Delay(within, time));
        return !ended.IsCompletedSuccessfully ? null
            : command.ExitSignal is { Length: > 0 } ? 255
            : command.ExitStatus;
    }

    /// <inheritdoc/>
    public void Kill()
    {
        if (Interlocked.Exchange(ref killed, 1) == 1)
            return;
        if (ends is Ends.Connection)
            link.Wire.Cut(Wire.Closed);
        else
            _ = Leave();
    }

    /// <summary>
    /// Closes the channel alone. The end of the input must be sent before: sshd ends the whole connection if it comes for a channel
    /// that is closed.
    /// </summary>
    async Task Leave()
    {
        await input.Write(ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Exited(Parting);
        await Task.Run(command.Dispose).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Answered() { }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await stdout.Reader.CompleteAsync();
        await stderr.Reader.CompleteAsync();
        if (ends is Ends.Connection)
            await link.DisposeAsync();
    }
}

/// <summary>What ends with a channel.</summary>
enum Ends
{
    /// <summary>The channel alone.</summary>
    Channel,

    /// <summary>The connection that carries it.</summary>
    Connection,
}
