namespace ConfigEngine.Resources;

/// <summary>Answers that begin with extra lines; the exact bytes at a path follow them.</summary>
static class AnswerHead
{
    /// <summary>The first lines, and the remainder as an answer of its own.</summary>
    /// <exception cref="UnexpectedOutputException">The answer has fewer lines.</exception>
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

    /// <summary>The <c>NAME=VALUE</c> lines before a line that ends them, and the remainder as an answer of its own.</summary>
    /// <exception cref="UnexpectedOutputException">The answer does not have that line.</exception>
    public static (Properties Said, Output Remainder) Until(Output output, string end)
    {
        List<string> lines = [];
        while (true)
        {
            var (head, rest) = Split(output, 1);
            output = rest;
            if (head[0] == end)
                return (new(lines), rest);
            lines.Add(head[0]);
        }
    }
}
