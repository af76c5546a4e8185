using System.Globalization;

namespace ConfigEngine.Testing;

/// <summary>Whether a recording still tells something: hosts change, and distributions end.</summary>
static class RecordingAge
{
    const int Days = 180;

    /// <summary>
    /// The last day on which a distribution gets updates from its makers without a contract, with the longest support that is free:
    /// Debian's LTS, Ubuntu's standard support, the ten years of RHEL's rebuilds.
    /// </summary>
    static readonly Dictionary<string, DateOnly> Ends = new(StringComparer.Ordinal)
    {
        ["debian 9"] = new(2022, 6, 30),
        ["debian 10"] = new(2024, 6, 30),
        ["debian 11"] = new(2026, 8, 31),
        ["debian 12"] = new(2028, 6, 30),
        ["debian 13"] = new(2030, 6, 30),
        ["ubuntu 18.04"] = new(2023, 5, 31),
        ["ubuntu 20.04"] = new(2025, 5, 31),
        ["ubuntu 22.04"] = new(2027, 4, 30),
        ["ubuntu 24.04"] = new(2029, 4, 30),
        ["centos 7"] = new(2024, 6, 30),
        ["centos 8"] = new(2024, 5, 31),
        ["almalinux 8"] = new(2029, 5, 31),
        ["almalinux 9"] = new(2032, 5, 31),
        ["rocky 8"] = new(2029, 5, 31),
        ["rocky 9"] = new(2032, 5, 31),
        ["alpine 3.18"] = new(2025, 5, 9),
        ["alpine 3.19"] = new(2025, 11, 1),
        ["alpine 3.20"] = new(2026, 4, 1),
        ["alpine 3.21"] = new(2026, 11, 1),
        ["alpine 3.22"] = new(2027, 5, 1),
    };

    /// <summary>A sentence; null where nothing is to be said, or where the recording is pinned.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="today">The day.</param>
    public static string? WarningOf(HostRecording recording, DateOnly today)
    {
        if (recording.Pinned is not null)
            return null;
        var age = today.DayNumber - recording.Date.DayNumber;
        var distribution = recording.Facts.Distribution;
        var end = Ends.Where(one =>
                $"{distribution.Id} {distribution.VersionId}." is var name && name.StartsWith(one.Key + ".", StringComparison.Ordinal)
            )
            .Select(one => (DateOnly?)one.Value)
            .FirstOrDefault();
        var old = age > Days ? $"it is {age} days old" : null;
        var ended = end < today ? $"{distribution.PrettyName} has had no updates since {Day(end.Value)}" : null;
        var why = string.Join(", and ", ((string?[])[old, ended]).OfType<string>());
        return why.Length == 0
            ? null
            : $"{recording.Path}: {why}. Record it again (cfg record --refresh), "
                + $"or pin it: \"pinned\": \"why\"";
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
