using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Recordings;

/// <summary>A recording that nobody renews tells less every day, and says so.</summary>
public sealed class RecordingAgeTests
{
    static HostRecording Of(string version, DateOnly day) =>
        new()
        {
            Path = "recordings/db1.json",
            Date = day,
            Sections =
            [
                ("os-release", $"ID=debian\nVERSION_ID={version}\nPRETTY_NAME=\"Debian GNU/Linux {version}\"\n"),
                ("mounts", "22 1 0:1 / / rw - ext4 /dev/sda rw\n"),
                ("meminfo", "MemTotal: 1024 kB\n"),
                ("system", "uname=Linux 6.1.0 x86_64\nhostname=db1\nuptime=1.0 1.0\ncpus=1\nuid=0\n"),
            ],
        };

    [Theory]
    [InlineData("12", "2026-11-27", null)]
    [InlineData("12", "2026-05-31", null)]
    [InlineData("12", "2026-05-30", "it is 181 days old. Record it again")]
    [InlineData("11", "2026-11-27", "Debian GNU/Linux 11 has had no updates since 2026-08-31. Record it again")]
    [InlineData("11", "2025-11-27", "it is 365 days old, and Debian GNU/Linux 11 has had no updates")]
    public void An_old_one_and_one_of_a_system_that_ended_are_warnings(string version, string day, string? warning)
    {
        var said = RecordingAge.WarningOf(Of(version, DateOnly.Parse(day, null)), new(2026, 11, 27));
        if (warning is null)
            Assert.Null(said);
        else
            Assert.Contains(warning, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pinned_one_may_get_as_old_as_it_likes() =>
        Assert.Null(RecordingAge.WarningOf(Of("9", new(2019, 1, 1)) with { Pinned = "the last one of its kind" }, new(2026, 11, 27)));
}
