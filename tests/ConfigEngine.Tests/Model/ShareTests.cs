namespace ConfigEngine.Tests.Model;

public sealed class ShareTests
{
    [Theory]
    [InlineData("3", 10, 3, 3)]
    [InlineData("25%", 10, 3, 2)]
    [InlineData("1%", 10, 1, 0)]
    [InlineData("0", 10, 1, 0)]
    [InlineData("100%", 7, 7, 7)]
    public void Is_a_number_or_a_part(string text, int all, int batch, int budget)
    {
        Share share = text;
        Assert.Equal((batch, budget, text), (share.OfAtLeastOne(all), share.OfAtMost(all), share.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    [InlineData("-1")]
    [InlineData("101%")]
    [InlineData("5%%")]
    [InlineData("1.5")]
    public void Is_nothing_else(string text) =>
        Assert.Contains("neither a number nor a percentage", Assert.Throws<FormatException>(() => (Share)text).Message);
}
