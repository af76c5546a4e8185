using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>The time when cron runs a job: five fields or a nickname (crontab(5)).</summary>
static partial class CronSchedule
{
    static readonly string[] Nicknames = ["@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    static readonly Field[] Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, Months),
        new("day of the week", 0, 7, Days),
    ];

    /// <summary>What is wrong with a schedule.</summary>
    public static IEnumerable<string> Problems(string schedule)
    {
        if (schedule.StartsWith('@'))
            return Nicknames.Contains(schedule) ? [] : [$"\"{schedule}\" is none of {string.Join(", ", Nicknames)}"];
        var words = Words(schedule);
        return words.Length == Fields.Length
            ? Fields.Zip(words).SelectMany(pair => pair.First.Problems(pair.Second))
            :
            [
                $"the schedule \"{Text.Excerpt(schedule)}\" has {Text.Count(words.Length, "field")}, not five: minute, hour, day of the "
                    + $"month, month, day of the week",
            ];
    }

    /// <summary>
    /// Whether it names days of the month and days of the week. cron then runs on a day that matches either of them.
    /// </summary>
    public static bool IsEitherDay(string schedule) =>
        Words(schedule) is [_, _, var day, _, var weekday] && !day.StartsWith('*') && !weekday.StartsWith('*');

    /// <summary>The schedule as it is written: one space between the fields.</summary>
    public static string Written(string schedule) => string.Join(' ', Words(schedule));

    static string[] Words(string schedule) => schedule.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    sealed record Field(string Name, int From, int To, string[] Words)
    {
        public IEnumerable<string> Problems(string text) => text.Split(',').Select(Problem).OfType<string>();

        string? Problem(string item)
        {
            var match = Item().Match(item);
            if (!match.Success)
                return $"\"{item}\" is no {Name}";
            if (match.Groups["step"] is { Success: true } step && (!int.TryParse(step.Value, out var every) || every == 0 || every > To))
                return $"\"{item}\" has a step that is not from 1 to {To} (the {Name})";
            if (match.Groups["all"].Success)
                return null;
            var (first, last) = (Number(match.Groups["from"].Value), match.Groups["to"].Success ? Number(match.Groups["to"].Value) : null);
            if (first is null || (match.Groups["to"].Success && last is null))
                return $"\"{item}\" is no {Name}: {From} to {To}{(Words.Length > 0 ? $", or {Words[0]} to {Words[^1]}" : "")}";
            if (last < first)
                return $"the range \"{item}\" of the {Name} ends before it begins";
            return match.Groups["step"].Success && last is null
                ? $"\"{item}\" has a step and no range; write {match.Groups["from"].Value}-{To}/{match.Groups["step"].Value}"
                : null;
        }

        int? Number(string word)
        {
            if (Array.FindIndex(Words, name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index)
                return index + From;
            return int.TryParse(word, out var number) && number >= From && number <= To ? number : null;
        }
    }

    [GeneratedRegex(
        "^((?<all>\\*)|(?<from>[0-9]{1,2}|[A-Za-z]{3})(-(?<to>[0-9]{1,2}|[A-Za-z]{3}))?)(/(?<step>[0-9]{1,3}))?\\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Item();
}
