using System.Text;
using System.Text.Json.Nodes;
using ConfigEngine.Rendering;
using ConfigEngine.Tests.Model;

namespace ConfigEngine.Tests.Rendering;

public sealed class RedactionTests
{
    static string Of(string text, params IReadOnlyList<string> values)
    {
        Redaction redaction = new();
        foreach (var (value, i) in values.Select((value, i) => (value, i)))
        {
            var secret = SecretTests.Known(value, $"S{i}");
            secret.Reveal();
            redaction.Add(secret);
        }

        return redaction.Of(text);
    }

    [Theory]
    [InlineData("hunter2", "error: hunter2 is wrong", "error: (secret S0) is wrong")]
    [InlineData("hunter2", "hunter2hunter2", "(secret S0)(secret S0)")]
    [InlineData("it's", @"+ echo 'it'\''s'", "+ echo '(secret S0)'")]
    [InlineData("a\"b\\c", @"{""x"":""a\""b\\c""}", @"{""x"":""(secret S0)""}")]
    [InlineData("p@ss word", "https://u:p%40ss%20word@host", "https://u:(secret S0)@host")]
    [InlineData("tab\there", "tab␉here", "(secret S0)")]
    [InlineData("line one\nline two\n", "got: line two", "got: (secret S0)")]
    [InlineData("abc", "abc", "abc")]
    [InlineData("    ", "a      b", "a      b")]
    public void A_value_is_found_in_every_form(string value, string text, string clean) => Assert.Equal(clean, Of(text, value));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_value_is_found_inside_of_base64(int before)
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('x', before)}correct horse battery{new string('y', 7)}"));
        Assert.Contains("(secret S0)", Of(text, "correct horse battery"));
        Assert.DoesNotContain("vcnJlY3QgaG", Of(text, "correct horse battery"));
    }

    [Fact]
    public void A_long_value_is_found_in_lines_of_base64()
    {
        var key = string.Concat(Enumerable.Range(0, 20).Select(i => $"line {i} of a key\n"));
        var lines = Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Chunk(76).Select(line => new string(line));
        Assert.DoesNotContain("bGluZS", Of(string.Join('\n', lines), key));
    }

    [Theory]
    [InlineData("it said correct hor…", "it said (secret S0)…")]
    [InlineData("correct h\n[… 12 bytes left out …]\nse battery done", "(secret S0)\n[… 12 bytes left out …]\n(secret S0) done")]
    [InlineData("correct h[… 12 characters …]battery", "(secret S0)[… 12 characters …](secret S0)")]
    [InlineData("it said cor… and …ery", "it said … and …")]
    [InlineData("c\n[… 12 bytes left out …]\ny", "\n[… 12 bytes left out …]\n")]
    [InlineData("it said … and …", "it said … and …")]
    public void What_a_cut_leaves_of_a_value_goes_too(string text, string clean) => Assert.Equal(clean, Of(text, "correct horse battery"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Nothing_is_left_of_a_value_wherever_text_is_shortened_in_it(int way)
    {
        // Nothing of it is in what stands around it.
        const string Value = "QWXZJKVYBGHQZWXKJVBYGHWQXJZKYVHGB";
        Func<string, string>[] shortened =
        [
            Text.Excerpt,
            Text.Sentence,
            Text.Ends,
            text => ValueText.Short(text),
            text => string.Concat(UnifiedDiff.Signed('+', text, Ink.Plain, LongLines.Cut).Select(line => line.ToString())),
        ];

        var cut = 0;
        foreach (var at in Enumerable.Range(0, 2200).Concat(Enumerable.Range(2200 + 4000 - 100, 200)))
        {
            var text = shortened[way]($"{new string('_', at)}{Value}{new string('_', 6300 - at)}");
            cut += text.Contains(Value, StringComparison.Ordinal) ? 0 : 1;
            var left = Of(text, Value);
            Assert.False(left.Any(Value.Contains), $"{at}: {left.Replace("_", "", StringComparison.Ordinal)}");
        }

        Assert.True(cut > 20, "it was never in the cut");
    }

    [Fact]
    public void The_longer_of_two_values_is_taken_whole() =>
        Assert.Equal("(secret S1) (secret S0)", Of("hunter22 hunter2", "hunter2", "hunter22"));

    [Fact]
    public void A_text_without_them_is_the_very_same()
    {
        var text = new string('a', 10);
        Assert.Same(text, Of(text, "hunter2"));
        Assert.Same(text, Of(text));
    }

    [Fact]
    public void One_that_was_not_read_is_not_looked_for_and_not_read()
    {
        Redaction redaction = new();
        redaction.Add(new Secret("the test", () => throw new InvalidOperationException("it was read")));
        Assert.Equal("anything", redaction.Of("anything"));
    }

    [Fact]
    public void Documents_keep_their_names_and_fixed_words()
    {
        Redaction redaction = new();
        var secret = SecretTests.Known("exact");
        secret.Reveal();
        redaction.Add(secret);
        var document = JsonNode.Parse("""{"exact": ["not exact", 1, null, true], "certainty": "exact", "deep": {"a": "exact"}}""");
        Assert.Equal(
            """{"exact":["not (secret DB_PASSWORD)",1,null,true],"certainty":"exact","deep":{"a":"(secret DB_PASSWORD)"}}""",
            redaction.Of(document)?.ToJsonString()
        );
    }

    [Fact]
    public void Only_what_a_host_complains_of_is_altered()
    {
        Redaction redaction = new();
        var secret = SecretTests.Known("hunter2");
        secret.Reveal();
        redaction.Add(secret);
        var answer = new Output(1, "hunter2"u8.ToArray(), "no: hunter2"u8.ToArray()).Without(redaction);
        Assert.Equal(("hunter2", "no: (secret DB_PASSWORD)"), (answer.Text, answer.Error));
    }
}
