using System.CommandLine;
using System.Text.RegularExpressions;

namespace ConfigEngine.Cli;

/// <summary>Durations on the command line: <c>90s</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>, or a number of seconds.</summary>
static partial class Durations
{
    /// <summary>A longer duration is a mistake, and more than a timer can count.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>An option for a duration.</summary>
    public static Option<TimeSpan?> Option(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "duration",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Parse(text) is { } duration && duration > TimeSpan.Zero && duration <= Longest)
                    return duration;
                result.AddError(
                    $"{name} {text}: write a duration as 90s, 5m, 1h30m or 2d, or as a number of seconds; more than 0 "
                        + $"and at most 30d"
                );
                return null;
            },
        };

    /// <summary>The duration in a text; null where the text is not a duration.</summary>
    public static TimeSpan? Parse(string text)
    {
        // Twelve characters are enough for any allowed duration, and too few for a number that overflows.
        if (text.Length is 0 or > 12)
            return null;
        if (text.All(char.IsAsciiDigit))
            return TimeSpan.FromSeconds(Number(text));
        return Form().Match(text) is { Success: true } match
            ? TimeSpan.FromSeconds((((((Part("d") * 24) + Part("h")) * 60) + Part("m")) * 60) + Part("s"))
            : null;

        long Part(string unit) => match.Groups[unit] is { Success: true } digits ? Number(digits.Value) : 0;
    }

    /// <summary>A duration in the form of the command line.</summary>
    public static string Text(TimeSpan duration) =>
        string.Concat(
            new[] { (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s") }
                .Where(part => part.Item1 > 0)
                .Select(part => $"{part.Item1}{part.Item2}")
        );

    static long Number(string digits) => digits.Aggregate(0L, (number, digit) => (number * 10) + digit - '0');

    [GeneratedRegex(@"\A(?:(?<d>[0-9]+)d)?(?:(?<h>[0-9]+)h)?(?:(?<m>[0-9]+)m)?(?:(?<s>[0-9]+)s)?\z")]
    private static partial Regex Form();
}
