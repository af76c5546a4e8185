using System.Text;
using ConfigEngine.Ssh;

namespace ConfigEngine.Tests;

/// <summary>What is kept of a stream: not more than the limit, whatever comes.</summary>
public sealed class StreamFramesTests
{
    [Fact]
    public async Task Of_a_body_that_is_too_long_both_ends_are_kept_in_whole_characters()
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var frame = await First($"{new string('-', shift)}{string.Concat(Enumerable.Repeat("äö€😀", 2000))}\nM 1 0\n");
            var text = Encoding.UTF8.GetString(frame.Body.Span);

            Assert.DoesNotContain('\uFFFD', text);
            Assert.Contains($"[… {frame.Dropped} bytes left out …]", text, StringComparison.Ordinal);
            Assert.InRange(frame.Body.Length, 900, 1100);
        }
    }

    [Fact]
    public async Task What_comes_before_the_first_marker_has_a_limit_of_its_own()
    {
        using Endless endless = new();
        StreamFrames frames = new(endless, "M") { BeforeFirst = 100_000 };

        await frames.Pump(default);

        Assert.True(frames.IsEndless);
        await Assert.ThrowsAsync<EndOfStreamException>(() => frames.Next(default));
        Assert.InRange(endless.Given, 100_000, 400_000);
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_are_not_piled_up()
    {
        using Endless endless = new("\nM 1 0\n");
        StreamFrames frames = new(endless, "M");
        using CancellationTokenSource stop = new();

        var pumping = frames.Pump(stop.Token);
        await frames.Next(default);
        await stop.CancelAsync();
        await pumping;

        Assert.InRange(endless.Given, 1, 1_000_000);
    }

    static async Task<Frame> First(string text)
    {
        StreamFrames frames = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "M") { Limit = 1000 };
        await frames.Pump(default);
        return await frames.Next(default);
    }

    /// <summary>Says the same again and again, and counts how much of it was taken.</summary>
    sealed class Endless(string word = "word ") : Stream
    {
        readonly byte[] again = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(word, 4096 / word.Length)));

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, again.Length);
            again.AsSpan(0, count).CopyTo(buffer);
            Given += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<int>(cancellationToken)
                : ValueTask.FromResult(Read(buffer.Span));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
