using System.Text;
using System.Threading.Channels;

namespace ConfigEngine.Ssh;

/// <summary>
/// Cuts a stream into answers at its markers: <c>\nMARKER trailer\n</c>. A body may hold any byte. What exceeds the limit is
/// dropped from the middle, so that ten megabytes of error messages are their beginning and their end.
/// </summary>
sealed class StreamFrames(Stream stream, string marker)
{
    /// <summary>How much of an answer's standard error is kept.</summary>
    public const int ErrorLimit = 64 * 1024;

    readonly byte[] mark = Encoding.ASCII.GetBytes($"\n{marker} ");
    readonly Channel<(ReadOnlyMemory<byte> Body, string Trailer)> frames = Channel.CreateUnbounded<(ReadOnlyMemory<byte>, string)>();
    byte[] buffer = new byte[32 * 1024];
    int length;
    int searched;
    long dropped;

    /// <summary>How much of a body is kept; 256 MiB unless said otherwise.</summary>
    public int Limit { get; init; } = 256 * 1024 * 1024;

    /// <summary>What came after the last marker: the last words of a process that ended.</summary>
    public string Rest { get; private set; } = "";

    /// <summary>The next answer.</summary>
    /// <exception cref="EndOfStreamException">The stream ended first.</exception>
    public async Task<(ReadOnlyMemory<byte> Body, string Trailer)> Next(CancellationToken ct)
    {
        try
        {
            return await frames.Reader.ReadAsync(ct);
        }
        catch (ChannelClosedException)
        {
            throw new EndOfStreamException();
        }
    }

    /// <summary>Reads until the stream ends or the token is cancelled.</summary>
    public async Task Pump(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var read = await stream.ReadAsync(buffer.AsMemory(length), ct);
                if (read == 0)
                    break;
                length += read;
                while (Cut())
                {
                }

                DropMiddle();
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The session is being closed, or the process is gone: what came so far is all there is.
        }
        finally
        {
            Rest = Encoding.UTF8.GetString(buffer.AsSpan(0, length));
            frames.Writer.TryComplete();
        }
    }

    bool Cut()
    {
        var span = buffer.AsSpan(0, length);
        var from = Math.Max(0, searched - mark.Length);
        var at = span[from..].IndexOf(mark);
        if (at < 0)
        {
            searched = length;
            return false;
        }

        at += from;
        var trailer = at + mark.Length;
        var end = span[trailer..].IndexOf((byte)'\n');
        if (end < 0)
        {
            searched = at;
            return false;
        }

        frames.Writer.TryWrite((Body(span[..at]), Encoding.ASCII.GetString(span.Slice(trailer, end))));
        var rest = trailer + end + 1;
        span[rest..].CopyTo(buffer);
        length -= rest;
        searched = 0;
        dropped = 0;
        return true;
    }

    byte[] Body(ReadOnlySpan<byte> body)
    {
        if (dropped == 0)
            return body.ToArray();
        var note = Encoding.ASCII.GetBytes($"\n[… {dropped} bytes left out …]\n");
        return [.. body[..(Limit / 2)], .. note, .. body[(Limit / 2)..]];
    }

    void DropMiddle()
    {
        if (length <= Limit)
            return;
        var surplus = length - Limit;
        buffer.AsSpan((Limit / 2) + surplus, length - (Limit / 2) - surplus).CopyTo(buffer.AsSpan(Limit / 2));
        length -= surplus;
        dropped += surplus;
        searched = Math.Max(0, searched - surplus);
    }
}
