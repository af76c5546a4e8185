using ConfigEngine.Cli.Watching;
using ConfigEngine.Rendering;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Cli;

public sealed class WhereTextTests
{
    static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Hosts_that_wait_for_the_same_are_together_and_the_longest_first() =>
        Snapshot.Verify(
            string.Join(
                "\n--- 60 columns\n",
                ((int?[])[null, 60]).Select(width =>
                    Ansi.Plain(
                        WhereText.Of(
                            [
                                Busy("web1", "package nginx", 12, 1),
                                .. Enumerable.Range(2, 300).Select(i => Busy($"web{i}", "package nginx", 8, i % 4)),
                                Busy("db1", "the state of file /etc/postgresql/15/main/postgresql.conf afterwards", 95, 7),
                                Busy("evil", "command echo \e[2J", 1, 0),
                                new("far1", Stage.Waiting, "", default, default, 0),
                                new("far2", Stage.Waiting, "", default, default, 2),
                                new("old1", Stage.Failed, "", default, default, 3),
                                .. Enumerable.Range(1, 40).Select(i => new Whereabout($"cache{i}", Stage.Done, "", default, default, 2)),
                            ],
                            new InParis(),
                            width
                        )
                    )
                )
            )
        );

    [Fact]
    public void Of_a_thousand_that_wait_for_different_things_the_first_are_shown()
    {
        var lines = WhereText.Of([.. Enumerable.Range(1, 1000).Select(i => Busy($"web{i}", $"command {i}", i, 0))], new InParis(), 80);
        Assert.Equal(26, lines.Count);
        Assert.Equal("  … and 975 hosts more that something else is waited for on", lines[^1].ToString());
        Assert.StartsWith("  web1000  since ", lines[0].ToString());
    }

    static Whereabout Busy(string host, string what, int seconds, int changes) =>
        new(host, Stage.Busy, what, Noon.AddSeconds(-seconds), TimeSpan.FromSeconds(seconds), changes);
}

/// <summary>The clock of somebody who is not in UTC, on the second day of 2026.</summary>
sealed class InParis : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("CET", TimeSpan.FromHours(1), "CET", "CET");
}
