using System.Text;
using System.Threading.Channels;

namespace ConfigEngine.Ssh;

/// <summary>
/// Splits a stream into answers at its markers: <c>\nMARKER trailer\n</c>. A body may contain any bytes, and is kept up to a limit.
/// If it is longer, the middle is dropped: of ten megabytes of error messages, only the beginning and the end are kept. Whatever
/// the other side prints, no more than that is kept in memory.
/// </summary>
sealed class StreamFrames(Stream stream, string marker)
{
    /// <summary>How much of an answer's standard error is kept.</summary>
    public const int ErrorLimit = 64 * 1024;

    /// <summary>The longest answer: far more than any probe prints.</summary>
    public const int AnswerLimit = 64 * 1024 * 1024;

    /// <summary>How much a login may print before the first answer.</summary>
    public const int LoginLimit = 1024 * 1024;

    const int Chunk = 32 * 1024;

    /// <summary>The number of answers that may wait to be read. More come only from a host that invents them.</summary>
    const int Waiting = 16;

    readonly byte[] mark = Encoding.ASCII.GetBytes($"\n{marker} ");
    readonly Channel<Frame> frames = Channel.CreateBounded<Frame>(Waiting);
    byte[] buffer = new byte[Chunk];
    int length;
    int searched;
    long dropped;
    bool began;

    /// <summary>How much of a body is kept.</summary>
    public int Limit { get; init; } = AnswerLimit;

    /// <summary>
    /// How much text may come before the first marker; after that the stream counts as ended. The same limit as for a body when
    /// null.
    /// </summary>
    public int? BeforeFirst { get; init; }

    /// <summary>Whether more text came before the first marker than is allowed.</summary>
    public bool IsEndless { get; private set; }

    /// <summary>The text after the last marker: the last output of a process that ended.</summary>
    public string Rest { get; private set; } = "";

    /// <summary>The next answer.</summary>
    /// <exception cref="EndOfStreamException">The stream ended first.</exception>
    public async Task<Frame> Next(CancellationToken ct)
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
            while (!IsEndless)
            {
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 2, Limit + Chunk));
                var read = await stream.ReadAsync(buffer.AsMemory(length), ct);
                if (read == 0)
                    break;
                length += read;
                while (Cut() is { } frame)
                    await frames.Writer.WriteAsync(frame, ct);
                IsEndless = !began && length > BeforeFirst;
                DropMiddle();
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The session is being closed, or the process is gone; no more text comes.
        }
        finally
        {
            Rest = Encoding.UTF8.GetString(Body(buffer.AsSpan(0, length)));
            frames.Writer.TryComplete();
        }
    }

    Frame? Cut()
    {
        var span = buffer.AsSpan(0, length);
        var from = Math.Max(0, searched - mark.Length);
        var at = span[from..].IndexOf(mark);
        if (at < 0)
        {
            searched = length;
            return null;
        }

        at += from;
        var trailer = at + mark.Length;
        var end = span[trailer..].IndexOf((byte)'\n');
        if (end < 0)
        {
            searched = at;
            return null;
        }

        var body = Body(span[..at]);
        Frame frame = new(body, Encoding.ASCII.GetString(span.Slice(trailer, end)), dropped);
        var rest = span[(trailer + end + 1)..];
        length = rest.Length;
        // After one long answer, the large buffer is not kept until the session ends.
        if (buffer.Length > 32 * Chunk && length <= Chunk)
            buffer = [.. rest, .. new byte[Chunk - length]];
        else
            rest.CopyTo(buffer);
        (searched, dropped, began) = (0, 0, true);
        return frame;
    }

    /// <summary>
    /// The part of a body that is kept. It is cut between characters, so that the rest of a secret can still be recognised.
    /// </summary>
    byte[] Body(ReadOnlySpan<byte> body)
    {
        dropped += Math.Max(0, body.Length - Limit);
        if (dropped == 0)
            return body.ToArray();
        var (head, tail) = (Limit / 2, Math.Max(Limit / 2, body.Length - (Limit / 2)));
        while (tail < body.Length && IsInside(body[tail]))
            tail++;
        var lead = head - 1;
        while (lead > 0 && head - lead < 4 && IsInside(body[lead]))
            lead--;
        if (body[lead] >= 0xC0)
            head = lead;
        return [.. body[..head], .. Encoding.UTF8.GetBytes($"\n{Text.LeftOut($"{dropped} bytes left out")}\n"), .. body[tail..]];
    }

    /// <summary>Whether a byte is inside a UTF-8 character, and not its first byte.</summary>
    static bool IsInside(byte one) => (one & 0xC0) == 0x80;

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

/// <summary>An answer.</summary>
/// <param name="Body">The printed bytes; only the beginning and the end if there were too many.</param>
/// <param name="Trailer">The text after the marker.</param>
/// <param name="Dropped">How many bytes are missing.</param>
sealed record Frame(ReadOnlyMemory<byte> Body, string Trailer, long Dropped);
