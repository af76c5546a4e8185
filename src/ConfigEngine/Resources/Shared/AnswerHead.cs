namespace ConfigEngine.Resources;

/// <summary>Answers that begin with lines of their own, before what is at a path follows to the byte.</summary>
static class AnswerHead
{
    /// <summary>The first lines, and the rest as an answer by itself.</summary>
    /// <exception cref="UnexpectedOutputException">There are not so many lines.</exception>
    public static (IReadOnlyList<string> Lines, Output Remainder) Split(Output output, int count)
    {
        List<string> lines = [];
        var rest = output.Stdout;
        while (lines.Count < count)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0)
                throw new UnexpectedOutputException(
                    $"expected {Text.Count(count, "line")} before what is at a path, got \"{Text.Excerpt(output.Text)}\""
                );
            lines.Add(System.Text.Encoding.UTF8.GetString(rest.Span[..end]));
            rest = rest[(end + 1)..];
        }

        return (lines, output with { Stdout = rest });
    }
}
