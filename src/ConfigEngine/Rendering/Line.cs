namespace ConfigEngine.Rendering;

/// <summary>A piece of a line, in one ink.</summary>
/// <param name="Text">The text; it holds no control characters.</param>
/// <param name="Ink">What it is.</param>
public readonly record struct Span(string Text, Ink Ink = Ink.Plain)
{
    /// <summary>Text without an ink.</summary>
    public static implicit operator Span(string text) => new(text);
}

/// <summary>One line of output: data until the last moment, so that one renderer serves terminals, files and tests.</summary>
/// <param name="Spans">Its pieces.</param>
public sealed record Line(params IReadOnlyList<Span> Spans)
{
    /// <summary>A line with nothing on it.</summary>
    public static Line Empty { get; } = new([]);

    /// <summary>How many columns it takes.</summary>
    public int Width => Spans.Sum(span => Cells.Of(span.Text));

    /// <summary>The same line further right.</summary>
    public Line Indented(int columns) => Spans.Count == 0 ? this : new([new string(' ', columns), .. Spans]);

    /// <summary>As much of it as fits into so many columns; where that is not all, it ends with <c>…</c>.</summary>
    internal Line Cut(int columns)
    {
        if (Width <= columns)
            return this;
        List<Span> kept = [];
        var room = columns - 1;
        foreach (var span in Spans.TakeWhile(_ => room > 0))
        {
            kept.Add(span with { Text = Cells.Fit(span.Text, room) });
            room -= Cells.Of(span.Text);
        }

        return new([.. kept, "…"]);
    }

    /// <summary>The line as text, without its inks.</summary>
    public override string ToString() => string.Concat(Spans.Select(span => span.Text)).TrimEnd();
}
