using Humanizer;

namespace ConfigEngine.Cli;

/// <summary>Times for people: <c>3 hours ago</c>. The exact time is always beside it.</summary>
static class Ago
{
    /// <summary>Says how long before now a time is.</summary>
    public static Func<DateTimeOffset, string> Until(TimeProvider time) => then => Of(then, time.GetUtcNow());

    static string Of(DateTimeOffset then, DateTimeOffset now) =>
        then.UtcDateTime.Humanize(utcDate: true, dateToCompareAgainst: now.UtcDateTime);
}
