using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Resources;

/// <summary>What JSON, TOML and YAML have in common: characters that are written by their numbers.</summary>
public sealed class DataTextTests
{
    [Theory]
    [InlineData("00e9", 4, "é")]
    [InlineData("0001F600", 8, "😀")]
    [InlineData("ff, and more", 2, "ÿ")]
    [InlineData("FFFFFFFF", 8, null)]
    [InlineData("00110000", 8, null)]
    [InlineData("12g4", 4, null)]
    [InlineData("12", 4, null)]
    public void A_character_by_its_number(string text, int digits, string? character) =>
        Assert.Equal(character, DataText.Numbered(text, 0, digits));

    [Fact]
    public void Half_a_character_is_none_for_TOML() =>
        Assert.Throws<DataRefusedException>(() => new TomlFormat().Read("a = \"\\ud83d\""));
}
