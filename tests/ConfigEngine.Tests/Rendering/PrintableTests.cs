namespace ConfigEngine.Tests.Rendering;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain ä 日本 🦊", "plain ä 日本 🦊")]
    [InlineData("\e[31m", "␛[31m")]
    [InlineData("a\tb\nc\r", "a␉b␊c␍")]
    [InlineData("\u007f\u009b\u202e", "␡\\u{9b}\\u{202e}")]
    public void A_line_shows_what_a_terminal_would_do(string text, string shown) => Assert.Equal(shown, Printable.Line(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\ufffdb", Printable.Line(string.Concat("a", '\ud800', "b")));

    [Fact]
    public void Several_lines_keep_their_ends_and_tabs() => Assert.Equal("a\n\tb\n␍c", Printable.Lines("a\r\n\tb\n\rc"));

    [Theory]
    [InlineData("\e[2J", "\"\\x1b[2J\"")]
    [InlineData("a\u202eb", "\"a\\u{202e}b\"")]
    [InlineData("größe", "größe")]
    public void A_value_is_quoted_where_it_must_be(string value, string shown) => Assert.Equal(shown, ValueText.Short(value));
}
