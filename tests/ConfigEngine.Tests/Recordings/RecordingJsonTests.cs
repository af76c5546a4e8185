using System.Text;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests.Recordings;

/// <summary>Recordings keep every byte, and what people break in them is told with its place.</summary>
public sealed class RecordingJsonTests
{
    static readonly HostRecording Empty = new() { Path = "web1.json", Date = new(2026, 11, 27) };

    public static TheoryData<int, string, string> Answers =>
        new()
        {
            { 0, "", "" },
            { 0, "one\ntwo\n", "" },
            { 0, "no end of the last line", "" },
            { 0, "\n\n", "" },
            { 0, "tab\t, quote\", nul\0, bell\a, ünïcode …\n", "" },
            { 0, "a carriage return\r\nis kept\r\n", "" },
            { 0, "latin-1 \u00fc is no UTF-8\n", "" },
            { 120, "psql\n", "" },
            { 1, "", "said on standard error\n" },
        };

    [Theory, MemberData(nameof(Answers))]
    public void An_answer_is_kept_to_the_byte(int exit, string said, string error)
    {
        var bytes = said.StartsWith("latin-1", StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(said) : Encoding.UTF8.GetBytes(said);
        RecordedAnswer answer = new("file /etc/motd", "cfg_path /etc/motd - 1 '' ''\nand a second line", "postgres")
        {
            Answer = new(exit, bytes, Encoding.UTF8.GetBytes(error)),
        };

        var text = RecordingJson.Write(Empty with { Answers = [answer] });
        var read = RecordingJson.Read("web1.json", Encoding.UTF8.GetBytes(text));

        var found = Assert.IsType<Output>(read.Find(answer.Asked, "postgres")?.Answer);
        Assert.Equal(exit, found.Exit);
        Assert.Equal(bytes, found.Stdout.ToArray());
        Assert.Equal(error, found.Error);
        Assert.Equal(text, RecordingJson.Write(read));
    }

    [Theory]
    [InlineData("""{ "format": """, "web1.json(1,13): this is not JSON")]
    [InlineData("[]", "expected an object, and found []")]
    [InlineData("{}", "an object has no \"format\"")]
    [InlineData("""{ "format": "cfg-recording 9" }""", "its form is \"cfg-recording 9\", and this cfg reads \"cfg-recording 1\"")]
    [InlineData("""{ "format": "cfg-recording 1", "recorded": "yesterday" }""", "\"recorded\" should be a day, such as 2026-11-27")]
    [InlineData("""{ "format": "cfg-recording 1", "recorded": "2026-11-27", "fact": {} }""", "recordings have no \"fact\"")]
    [InlineData("""{ "format": "cfg-recording 1", "format": "cfg-recording 1" }""", "it has \"format\" twice in one object")]
    [InlineData(
        """{ "format": "cfg-recording 1", "recorded": "2026-11-27", "answers": [{ "of": "a", "asked": "b" }] }""",
        "an answer has no \"said\": b"
    )]
    [InlineData(
        """{ "format": "cfg-recording 1", "recorded": "2026-11-27", "answers": [{ "of": "a", "asked": "b", "said": "c" }] }""",
        "expected a list, and found \"c\""
    )]
    [InlineData(
        """
            { "format": "cfg-recording 1", "recorded": "2026-11-27",
              "answers": [{ "of": "a", "asked": "b", "said": [] }, { "of": "a", "asked": "b", "said": ["other"] }] }
            """,
        "it has two answers of a to one question: b"
    )]
    public void What_is_wrong_with_a_file_is_told(string text, string problem)
    {
        var wrong = Assert.Throws<RecordingException>(() => RecordingJson.Read("web1.json", Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith("web1.json", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(problem, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_commas_at_the_end_are_forgiven() =>
        Assert.Equal(
            new DateOnly(2026, 11, 27),
            RecordingJson.Read("x", """{ "format": "cfg-recording 1", /* mine */ "recorded": "2026-11-27", }"""u8.ToArray()).Date
        );
}
