using System.Globalization;

namespace ConfigEngine.Tests;

/// <summary>
/// How long this thread computes: unlike a clock, that does not depend on what else the machine does. Linux says it in nanoseconds
/// (proc(5), schedstat).
/// </summary>
static class ProcessorTime
{
    /// <summary>How long something computes.</summary>
    public static TimeSpan Of(Action work)
    {
        var began = Now();
        work();
        return TimeSpan.FromMicroseconds((Now() - began) / 1000.0);
    }

    static long Now()
    {
        // It is brought up to date where the thread stops.
        Thread.Sleep(1);
        return long.Parse(System.IO.File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
