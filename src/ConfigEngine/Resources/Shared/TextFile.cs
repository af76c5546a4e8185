using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A text file that resources edit: it is read whole, changed here, and written whole.</summary>
static class TextFile
{
    /// <summary>The time limit for matching an expression with one line.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The probe of a file that must exist, with its content.</summary>
    public static Probe<PathState> Probe(string path)
    {
        var probe = new PathProbe(path, "file").Probe;
        return probe with
        {
            Edits = true,
            Needs = output =>
                probe
                    .Needs(output)
                    .Concat(
                        probe.Parse(output) is null
                            ?
                            [
                                new(Aspect.Path(path), $"the file {path} does not exist")
                                {
                                    IsState = true,
                                    Hint = "declare it with a File before this line",
                                },
                            ]
                            : []
                    ),
        };
    }

    /// <summary>The same, of a file that may have something that is not edited.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unclear">What that is, by the content of the file.</param>
    public static Probe<PathState> Probe(string path, Func<Content, IEnumerable<Need>> unclear)
    {
        var probe = Probe(path);
        return probe with
        {
            Needs = output =>
                [.. probe.Needs(output), .. probe.Parse(output) is { Type: "file", Content: { } content } ? unclear(content) : []],
        };
    }

    /// <summary>The desired file, edited as one text. All bytes that the edit keeps stay as they are.</summary>
    public static PathState EditText(PathState? actual, string path, Func<string, string> edit)
    {
        if (actual?.Type is not null and not "file")
            return new(null);
        var before = Lines(actual?.Content, path).ToString();
        var after = edit(before);
        return new(
            "file",
            actual?.Content is { } content && before == after ? content : new Content(ByteText.Encode(after)).As(actual?.Content)
        );
    }

    /// <summary>
    /// The desired file, edited line by line. All other bytes stay as they are. A last line without a line end gets one only when a
    /// line is added after it.
    /// </summary>
    public static PathState Edit(PathState? actual, string path, Action<TextLines> edit)
    {
        if (actual?.Type is not null and not "file")
            return new(null);
        var content = actual?.Content;
        var lines = Lines(content, path);
        List<string> before = [.. lines.Texts];
        edit(lines);
        return new(
            "file",
            content is not null && lines.Texts.SequenceEqual(before) ? content : new Content(ByteText.Encode(lines.ToString())).As(content)
        );
    }

    /// <summary>The lines of a file; none where the file does not exist.</summary>
    /// <exception cref="UnexpectedOutputException">The file is too large, or not text.</exception>
    public static TextLines Lines(Content? content, string path)
    {
        if (content is null)
            return new("");
        if (content.Bytes is not { } there)
            throw new UnexpectedOutputException($"{path} is too large to be edited ({content.Length} bytes)");
        if (there.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new UnexpectedOutputException($"{path} is UTF-16 text, and only files with one byte a character can be edited");
        if (there.Span.IndexOf((byte)0) is >= 0 and var at)
            throw new UnexpectedOutputException(
                $"{path} is not text, so no line of it can be edited: line {there.Span[..at].Count((byte)'\n') + 1} has a NUL byte"
            );
        return new(ByteText.Decode(there.Span));
    }

    /// <summary>Whether an expression matches a line.</summary>
    /// <exception cref="UnexpectedOutputException">The match takes too long.</exception>
    public static bool IsMatch(Regex expression, string line)
    {
        try
        {
            return expression.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            var pattern = Text.Excerpt(expression.ToString());
            throw new UnexpectedOutputException(
                $"the expression {pattern} takes longer than {Patience.TotalSeconds} s over the line \"{Text.Excerpt(line)}\""
            );
        }
    }

    /// <summary>What is wrong with an expression.</summary>
    public static IEnumerable<string> Problems(string? pattern)
    {
        if (pattern is null)
            return [];
        try
        {
            _ = new Regex(pattern);
            return [];
        }
        catch (ArgumentException wrong)
        {
            return [$"\"{pattern}\" is not a regular expression: {wrong.Message}"];
        }
    }
}
