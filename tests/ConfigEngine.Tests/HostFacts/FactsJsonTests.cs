using System.Text.Json;

namespace ConfigEngine.Tests;

public sealed class FactsJsonTests
{
    public static TheoryData<string> Recordings => Recording.All;

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Goes_to_JSON_and_back(string recording)
    {
        var json = JsonSerializer.Serialize(Recording.Parse(recording), JsonSerializerOptions.Web);
        var back = JsonSerializer.Deserialize<Facts>(json, JsonSerializerOptions.Web);
        Assert.Equal(json, JsonSerializer.Serialize(back, JsonSerializerOptions.Web));
    }

    [Fact]
    public void Is_camel_case_with_sizes_in_bytes_and_names_for_kinds()
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(Recording.Parse("debian-12"), JsonSerializerOptions.Web));
        var root = json.RootElement;
        Assert.Equal("debian", root.GetProperty("distribution").GetProperty("family").GetString());
        Assert.Equal(24684092L * 1024, root.GetProperty("memory").GetInt64());
        Assert.Equal("apt", root.GetProperty("packageManager").GetString());
        Assert.Equal("systemd", root.GetProperty("init").GetProperty("kind").GetString());
        Assert.Equal("ipv4", root.GetProperty("defaultRoutes")[0].GetProperty("family").GetString());
        Assert.Equal(
            "/usr/bin/git",
            JsonSerializer
                .SerializeToElement(Recording.Parse("ubuntu-24.04-written"), JsonSerializerOptions.Web)
                .GetProperty("tools")
                .GetProperty("git")
                .GetProperty("path")
                .GetString()
        );
    }
}
