namespace ConfigEngine.Rendering;

/// <summary>Breaks text that is wider than the terminal.</summary>
static class Wrap
{
    /// <summary>How far the rest of a file's line is indented. It has no sign.</summary>
    const int Further = 4;

    /// <summary>
    /// Text in one ink, broken at spaces, with its further lines below the first; not broken if the width is not known.
    /// </summary>
    /// <param name="text">The text; its own line ends stay.</param>
    /// <param name="ink">Its meaning.</param>
    /// <param name="first">The text before its first line.</param>
    /// <param name="width">The terminal's columns, or null.</param>
    public static IEnumerable<OutputLine> Hanging(string text, Ink ink, OutputLine first, int? width)
    {
        var room = width is { } columns ? Math.Max(20, columns - first.Width) : int.MaxValue;
        var lead = first.Spans;
        foreach (var piece in text.Split('\n').SelectMany(line => Pieces(line, room)))
        {
            yield return new([.. lead, new(piece, ink)]);
            lead = [new string(' ', first.Width)];
        }
    }

    /// <summary>
    /// A line, broken where the width ends. The further lines are indented, and no character is lost, because spaces are part of
    /// files.
    /// </summary>
    public static IEnumerable<OutputLine> Folded(OutputLine line, int? width)
    {
        if (width is not { } columns || line.Width <= Math.Max(20, columns))
            return [line];
        columns = Math.Max(20, columns);
        List<OutputLine> lines = [];
        List<Span> spans = [];
        var room = columns;
        foreach (var span in line.Spans)
        {
            for (var text = span.Text; text.Length > 0;)
            {
                var fitting = Cells.Fit(text, room);
                if (fitting.Length > 0)
                    spans.Add(span with { Text = fitting });
                text = text[fitting.Length..];
                room -= Cells.Of(fitting);
                if (text.Length == 0)
                    break;
                lines.Add(new([.. spans]));
                spans = [new string(' ', Further)];
                room = columns - Further;
            }
        }

        return [.. lines, new([.. spans])];
    }

    /// <summary>A text in pieces that fit, broken at spaces if there are any. Indentation at its beginning is kept.</summary>
    public static IEnumerable<string> Pieces(string text, int room)
    {
        var indentation = text[..^text.TrimStart(' ').Length];
        while (Cells.Of(text) > room)
        {
            var fitting = Cells.Fit(text, room);
            var at = fitting.LastIndexOf(' ');
            if (at <= indentation.Length)
                at = Math.Max(1, fitting.Length);
            yield return text[..at].TrimEnd(' ');
            text = indentation + text[at..].TrimStart(' ');
        }

        yield return text;
    }
}
