using ConfigEngine.Resources;

namespace ConfigEngine.Tests.Model;

public sealed class SecretTests
{
    /// <summary>A secret whose digests are the same in every run of the tests.</summary>
    public static Secret Known(string value, string name = "DB_PASSWORD") =>
        new(name, $"environment {name}", () => value, new Lazy<ReadOnlyMemory<byte>>(() => new byte[32]));

    [Fact]
    public void Content_takes_a_secret_and_is_secret_then()
    {
        Content content = $"PASSWORD={Known("hunter2")}\nPORT={5432}\n";

        Assert.True(content.IsSecret);
        Assert.Equal("PASSWORD=hunter2\nPORT=5432\n", content.Text);
        Assert.Equal((Content)"PASSWORD=hunter2\nPORT=5432\n", content);
        Assert.Matches("^secret [0-9a-f]{6}$", content.ToString());
    }

    [Fact]
    public void A_secret_as_it_is_can_be_content()
    {
        Content content = Known("hunter2");
        Assert.Equal((true, "hunter2"), (content.IsSecret, content.Text));
    }

    [Fact]
    public void Content_without_a_secret_is_what_a_string_would_be()
    {
        var (number, name, none) = (1234.5, "web1", (string?)null);
        Content content = $"{name,6}|{number:F2}|{number,10:F1}|{none}|{'x'}|{Verb.Create}|{name.AsSpan(1)}|{{}}";

        Assert.False(content.IsSecret);
        Assert.Null(content.SecretDigest);
        Assert.Equal("  web1|1234.50|    1234.5||x|Create|eb1|{}", content.Text);
        Assert.Equal("", ((Content)$"").Text);
    }

    [Fact]
    public void Content_can_be_part_of_content_with_what_is_secret_in_it()
    {
        Content inner = $"{Known("hunter2")}";
        object boxed = Known("hunter3");
        Content binary = new byte[] { 0, 255 };

        Assert.Equal((true, "[hunter2]"), (((Content)$"[{inner}]").IsSecret, ((Content)$"[{inner}]").Text));
        Assert.Equal((true, "[hunter3]"), (((Content)$"[{boxed}]").IsSecret, ((Content)$"[{boxed}]").Text));
        Assert.Equal("[\0\u00ff]"u8.Length - 1, ((Content)$"[{binary}]").Length);
    }

    [Fact]
    public void It_is_read_once_and_not_before_it_is_needed()
    {
        var reads = 0;
        Secret secret = new("the test", () => $"value {++reads}");
        Content content = $"{secret}";
        Catalog.Check(new ConfigEngine.Resources.File("/x") { Content = content });
        Catalog.Check(new Block("/x", "b") { Content = content });
        Catalog.Check(new Command($"cat") { Input = content });

        Assert.Equal(0, reads);
        Assert.Equal("value 1", content.Text);
        Assert.Equal("value 1", secret.Reveal());
    }

    [Fact]
    public void It_never_becomes_text()
    {
        var secret = Known("hunter2");
        object boxed = secret;
        Assert.All<Func<string>>(
            [
                () => $"{secret}",
                () => $"{secret, 20}",
                () => string.Concat("a", boxed),
                () => new Host("a") { Password = secret }.ToString(),
            ],
            text =>
            {
                var error = Assert.Throws<RecipeException>(text);
                Assert.Contains("environment DB_PASSWORD cannot become text", error.Message);
                Assert.DoesNotContain("hunter2", error.Message);
            }
        );
    }

    [Fact]
    public void Digests_are_equal_for_equal_values_and_depend_on_the_key()
    {
        Content one = $"a{Known("hunter2")}",
            same = $"a{Known("hunter2")}",
            other = $"a{Known("hunter3")}",
            foreign = $"a{new Secret("the test", () => "hunter2")}";

        Assert.Equal(one.SecretDigest, same.SecretDigest);
        Assert.NotEqual(one.SecretDigest, other.SecretDigest);
        Assert.NotEqual(one.SecretDigest, foreign.SecretDigest);
        Assert.DoesNotContain(one.Digest[..6], one.SecretDigest!);
    }

    [Fact]
    public void What_everybody_may_read_takes_none()
    {
        Content secret = $"{Known("hunter2")}";
        Assert.All<Resource>(
            [
                new UnitFile("a.service") { Content = secret },
                new ConfigEngine.Resources.Sudoers("a") { Content = secret },
                new Tree("/srv/a") { From = [new LocalEntry("key", secret, Executable: false)] },
            ],
            resource => Assert.Contains("holds a secret", Assert.Throws<RecipeException>(() => Catalog.Check(resource)).Message)
        );
    }

    [Fact]
    public void Half_a_character_in_content_is_an_error_of_the_recipe() =>
        Assert.Contains(
            "Content holds half a character",
            Assert.Throws<RecipeException>(() => Catalog.Check(new ConfigEngine.Resources.File("/x") { Content = $"{'\ud800'}" })).Message
        );
}
