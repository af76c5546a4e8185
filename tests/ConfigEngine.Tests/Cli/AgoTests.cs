using ConfigEngine.Cli;
using ConfigEngine.Rendering;

namespace ConfigEngine.Tests.Cli;

/// <summary>Times beside which it is said how long ago they were.</summary>
public sealed class AgoTests
{
    [Theory]
    [InlineData("2026-01-02T11:59:57Z", "3 seconds ago")]
    [InlineData("2026-01-02T11:00:00Z", "an hour ago")]
    [InlineData("2026-01-01T12:00:00Z", "yesterday")]
    [InlineData("2025-12-20T12:00:00Z", "13 days ago")]
    [InlineData("2026-01-02T12:10:00Z", "10 minutes from now")]
    public void A_time_is_some_time_ago(string time, string ago)
    {
        var then = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(ago, Ago.Until(new InParis())(then));
        Assert.EndsWith($" UTC, {ago}", KeptText.Time(then, new() { Ago = Ago.Until(new InParis()) }), StringComparison.Ordinal);
        Assert.EndsWith(" UTC", KeptText.Time(then, new()), StringComparison.Ordinal);
    }
}
