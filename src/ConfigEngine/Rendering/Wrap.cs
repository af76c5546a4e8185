namespace ConfigEngine.Rendering;

/// <summary>Breaks text that is wider than the terminal.</summary>
static class Wrap
{
    /// <summary>Text in one ink, broken at spaces, its further lines below the first; whole where the width is not known.</summary>
    /// <param name="text">What to say; its own line ends stay.</param>
    /// <param name="ink">What it is.</param>
    /// <param name="first">What stands before its first line.</param>
    /// <param name="width">The terminal's columns, or null.</param>
    public static IEnumerable<Line> Hanging(string text, Ink ink, Line first, int? width)
    {
        var room = width is { } columns ? Math.Max(20, columns - first.Width) : int.MaxValue;
        var lead = first.Spans;
        foreach (var piece in text.Split('\n').SelectMany(line => Pieces(line, room)))
        {
            yield return new([.. lead, new(piece, ink)]);
            lead = [new string(' ', first.Width)];
        }
    }

    /// <summary>A text in pieces that fit, broken at spaces where there are some. Indentation at its beginning is kept.</summary>
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
