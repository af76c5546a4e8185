using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ConfigEngine.Lab;

/// <summary>
/// A clock that goes as fast as this machine works: on a quiet machine like CI's a second of it is a second, and on one that is half as
/// fast, or does three things beside, it is longer. Tests wait and judge by it, so that none of them depends on how fast a machine is.
/// </summary>
/// <remarks>A thread does the same small piece of work over and over, and takes the time that it needs for the measure.</remarks>
sealed class Pace : TimeProvider
{
    /// <summary>How long the piece of work takes on a quiet machine with cores of about 3 GHz.</summary>
    static readonly TimeSpan Reference = TimeSpan.FromMilliseconds(8);

    /// <summary>Beyond that, something is broken, and a test that waits for it says nothing.</summary>
    const double Slowest = 30;

    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    readonly Lock gate = new();
    readonly ConcurrentDictionary<Timer, byte> timers = [];
    long known = Stopwatch.GetTimestamp();
    double factor = 1;
    double passed;

    Pace()
    {
        Work();
        new Thread(Measure) { IsBackground = true, Name = "pace" }.Start();
    }

    /// <summary>The only one.</summary>
    public static Pace Clock { get; } = new();

    /// <summary>How many times longer things take now than on a quiet machine.</summary>
    public double Factor
    {
        get
        {
            lock (gate)
                return factor;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (gate)
            return (long)((passed + (Stopwatch.GetElapsedTime(known).TotalSeconds / factor)) * TimeSpan.TicksPerSecond);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        timers.TryAdd(timer, 0);
        return timer;
    }

    void Measure()
    {
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            Work();
            var now = Math.Clamp(Stopwatch.GetElapsedTime(began) / Reference, 1, Slowest);
            lock (gate)
            {
                passed += Stopwatch.GetElapsedTime(known).TotalSeconds / factor;
                known = Stopwatch.GetTimestamp();
                // One piece of work may be lucky: what counts is how it went lately.
                factor = Math.Max(now, (factor * 0.8) + (now * 0.2));
            }

            foreach (var timer in timers.Keys)
                timer.Fire();
            Thread.Sleep(Between);
        }
    }

    static void Work()
    {
        var x = 1u;
        for (var i = 0; i < 6_000_000; i++)
            x = (x * 1664525) + 1013904223;
        GC.KeepAlive(x);
    }

    sealed class Timer(Pace pace, TimerCallback callback, object? state) : ITimer
    {
        long due = long.MaxValue;

        /// <summary>Calls back where it is due. What repeats is not needed here.</summary>
        public void Fire()
        {
            var then = Interlocked.Read(ref due);
            if (pace.GetTimestamp() < then || Interlocked.CompareExchange(ref due, long.MaxValue, then) != then || then == long.MaxValue)
                return;
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
                throw new NotSupportedException("this clock has no timers that repeat");
            Interlocked.Exchange(ref due, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : pace.GetTimestamp() + dueTime.Ticks);
            return true;
        }

        public void Dispose() => pace.timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}

/// <summary>
/// How long something took: by the real clock for what must take some time, and by <see cref="Pace"/> for what must not take
/// longer.
/// </summary>
sealed class PacedWatch
{
    readonly Stopwatch real = Stopwatch.StartNew();
    long began = Pace.Clock.GetTimestamp();

    /// <summary>Starts one.</summary>
    public static PacedWatch Start() => new();

    /// <summary>Starts it again.</summary>
    public void Restart()
    {
        real.Restart();
        began = Pace.Clock.GetTimestamp();
    }

    /// <summary>How long, at the pace of this machine.</summary>
    public TimeSpan Elapsed => Pace.Clock.GetElapsedTime(began);

    /// <summary>Fails where something took less or more than it may.</summary>
    /// <param name="least">Seconds of the real clock.</param>
    /// <param name="most">Seconds at the pace of a quiet machine.</param>
    /// <param name="what">What took that time: the test, unless it says more.</param>
    public void Took(double least, double most, [CallerMemberName] string what = "")
    {
        var (took, paced) = (real.Elapsed.TotalSeconds, Elapsed.TotalSeconds);
        if (took < least || paced > most)
            throw new LabException(
                $"{what} took {took:0.0} s ({paced:0.0} s at the pace of a quiet machine); it should take {least:0.0} to {most:0.0} s"
            );
    }
}
