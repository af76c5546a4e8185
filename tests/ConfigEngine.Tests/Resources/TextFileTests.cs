using System.Text;
using ConfigEngine.Resources;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>Edits of text files: what is not touched stays to the byte, whatever it is.</summary>
public sealed class TextFileTests
{
    [Fact]
    public void Case_18_lines_keep_their_ends()
    {
        Assert.Null(Edited("a = 1\r\nb = 2\r\n", new Line("/f", "b = 2")));
        Assert.Equal("a = 9\r\nb = 2\r\n", Edited("a = 1\r\nb = 2\r\n", new Line("/f", "a = 9") { Replaces = "^a = " }));
        Assert.Equal("a\r\nb\r\n", Edited("a\r\n", new Line("/f", "b")));
        Assert.Equal("a\r\nnew\r\nb\r\n", Edited("a\r\nb\r\n", new Line("/f", "new") { After = "^a$" }));
        Assert.Equal("b\r\n", Edited("a\r\nb\r\n", new NoLine("/f") { Text = "a" }));
        Assert.Equal("x\r\n# BEGIN n\r\n1\r\n2\r\n# END n\r\n", Edited("x\r\n", new Block("/f", "n") { Content = "1\n2\n" }));
        Assert.Equal("x\r\n# BEGIN n\r\n1\r\n# END n\r\n", Edited("x\r\n", new Block("/f", "n") { Content = "1\r\n" }));
        Assert.Null(Edited("x\r\n# BEGIN n\r\n1\r\n# END n\r\n", new Block("/f", "n") { Content = "1\n" }));
        Assert.Equal("x\r\n", Edited("x\r\n# BEGIN n\r\n1\r\n# END n\r\n", new NoBlock("/f", "n")));
    }

    [Fact]
    public void Case_18_hosts_keys_and_mounts_keep_line_ends_too()
    {
        Assert.Equal(
            "127.0.0.1 localhost\r\n203.0.113.1 a\r\n",
            Edited("127.0.0.1 localhost\r\n203.0.113.1 b\r\n", new HostsEntry("203.0.113.1") { Names = ["a"] })
        );
        Assert.Null(Edited("203.0.113.1 a\r\n", new HostsEntry("203.0.113.1") { Names = ["a"] }));
    }

    [Fact]
    public void Most_lines_say_what_a_new_one_ends_with()
    {
        Assert.Equal("a\r\nb\nc\nd\n", Edited("a\r\nb\nc\n", new Line("/f", "d")));
        Assert.Equal("a\r\nb\r\nc\nd\r\n", Edited("a\r\nb\r\nc\n", new Line("/f", "d")));
        Assert.Equal("A\r\nb\n", Edited("a\r\nb\n", new Line("/f", "A") { Replaces = "^[aA]$" }));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_stay_as_they_are()
    {
        const string Latin = "# gr\xFC\xDF" + "e\na = 1\n";
        Assert.Equal("# gr\xFC\xDF" + "e\na = 2\n", Edited(Latin, new Line("/f", "a = 2") { Replaces = "^a = " }));
        Assert.Null(Edited(Latin, new Line("/f", "a = 1")));
        Assert.Equal(Latin + "\xC3\xBC\n", Edited(Latin, new Line("/f", "ü")));
        Assert.Equal("a = 1\n", Edited(Latin, new NoLine("/f") { Matching = "^# gr..e$" }));
    }

    [Fact]
    public void A_mark_of_the_byte_order_is_no_part_of_the_first_line()
    {
        Assert.Null(Edited("\xEF\xBB\xBF" + "a = 1\n", new Line("/f", "a = 1")));
        Assert.Equal("\xEF\xBB\xBF" + "a = 2\n", Edited("\xEF\xBB\xBF" + "a = 1\n", new Line("/f", "a = 2") { Replaces = "^a = " }));
    }

    [Fact]
    public void A_last_line_without_an_end_gets_one_where_a_line_follows_it()
    {
        Assert.Equal("a\nb", Edited("a\nx", new Line("/f", "b") { Replaces = "^[bx]" }));
        Assert.Equal("a\r\nb\r\nc\r\n", Edited("a\r\nb", new Line("/f", "c")));
    }

    [Fact]
    public void A_line_may_be_very_long()
    {
        var line = new string('x', 900_000);
        Assert.Equal($"{line}\nb\n", Edited($"{line}\na\n", new Line("/f", "b") { Replaces = "^[ab]$" }));
    }

    [Fact]
    public void An_expression_that_does_not_come_to_an_end_names_its_line()
    {
        var thrown = Assert.Throws<UnexpectedOutputException>(() =>
            Edited(new string('a', 5000) + "!", new NoLine("/f") { Matching = "^(a+)+$" })
        );
        Assert.Contains("^(a+)+$ takes longer than 1 s over the line \"aaaa", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\xFF\xFEg\0", "is UTF-16 text")]
    [InlineData("a\nb\0", "line 2 has a NUL byte")]
    public void What_has_no_lines_is_not_edited(string content, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<UnexpectedOutputException>(() => Edited(content, new Line("/f", "x"))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Any_bytes_are_the_same_after_an_edit_elsewhere() =>
        Prop.ForAll(
                Gen.Elements([.. "\n\rA\xC3\xA4\xF0\x9F\xA6\x8A\xED\xB2\x80\xFF\xEF\xBB\xBF"])
                    .ArrayOf()
                    .Select(bytes => new string(bytes))
                    .Where(text => !text.StartsWith("\xFF\xFE", StringComparison.Ordinal))
                    .ToArbitrary(),
                before =>
                {
                    var decoded = ByteText.Decode(Encoding.Latin1.GetBytes(before));
                    Assert.Equal(before, Encoding.Latin1.GetString(ByteText.Encode(decoded)));
                    Assert.Equal(decoded, new TextLines(decoded).ToString());
                    var after = Edited(before, new Line("/f", "wanted"));
                    Assert.StartsWith(before, after);
                    Assert.Null(Edited(after ?? "", new Line("/f", "wanted")));
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>What is written, or null where nothing is; a character is a byte.</summary>
    static string? Edited(string before, Resource resource)
    {
        Content content = new(Encoding.Latin1.GetBytes(before));
        Output answer = new(
            0,
            (byte[])
                [
                    .. Encoding.UTF8.GetBytes($"file|644|root|root|{content.Length}|{content.Digest}\nmissing\n"),
                    .. Encoding.Latin1.GetBytes(before),
                ],
            default
        );
        return resource.Compare(resource.Read(answer))?.Operations[0].Input?.Bytes is { } bytes
            ? Encoding.Latin1.GetString(bytes.Span)
            : null;
    }
}
