using System.Globalization;
using Humanizer;

namespace ConfigEngine.Cli;

/// <summary>Numbers with their words.</summary>
static class Counts
{
    /// <summary><c>1 change</c>, <c>2 changes</c>.</summary>
    public static string Of(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>A duration: <c>0.3 s</c>, <c>42 s</c>, <c>3 min 5 s</c>; long ones in words, <c>2 hours, 5 minutes</c>.</summary>
    public static string Of(TimeSpan duration) =>
        duration.TotalSeconds switch
        {
            < 10 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
            < 3600 => $"{duration.Minutes} min {duration.Seconds} s",
            _ => duration.Humanize(precision: 2, CultureInfo.InvariantCulture, maxUnit: TimeUnit.Day, minUnit: TimeUnit.Minute),
        };
}
