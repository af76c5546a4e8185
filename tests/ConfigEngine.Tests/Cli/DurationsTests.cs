using ConfigEngine.Cli;

namespace ConfigEngine.Tests.Cli;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172_800)]
    [InlineData("1d2h3m4s", 93_784)]
    [InlineData("100m", 6000)]
    [InlineData("0s", 0)]
    public void Are_numbers_with_units_the_largest_first(string text, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Durations.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5x")]
    [InlineData("1m1h")]
    [InlineData("1h30")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("5 m")]
    [InlineData("5m\n")]
    [InlineData("٣s")]
    [InlineData("9999999999999999999s")]
    public void Nothing_else_is_one(string text) => Assert.Null(Durations.Parse(text));

    [Theory]
    [InlineData("90s", "1m30s")]
    [InlineData("3600", "1h")]
    [InlineData("2d", "2d")]
    public void Are_said_as_they_are_written(string text, string said) =>
        Assert.Equal(said, Durations.Text(Durations.Parse(text) ?? default));
}
