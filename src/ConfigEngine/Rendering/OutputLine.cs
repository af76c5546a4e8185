namespace ConfigEngine.Rendering;

/// <summary>A piece of a line, in one ink.</summary>
/// <param name="Text">The text, without control characters.</param>
/// <param name="Ink">Its meaning.</param>
readonly record struct Span(string Text, Ink Ink = Ink.Plain)
{
    /// <summary>Text without an ink.</summary>
    public static implicit operator Span(string text) => new(text);
}

/// <summary>
/// One line of output. Output stays data as long as possible, so that one renderer serves terminals, files and tests.
/// </summary>
/// <param name="Spans">Its pieces.</param>
sealed record OutputLine(params IReadOnlyList<Span> Spans)
{
    /// <summary>An empty line.</summary>
    public static OutputLine Empty { get; } = new([]);

    /// <summary>The width in columns.</summary>
    public int Width => Spans.Sum(span => Cells.Of(span.Text));

    /// <summary>The same line, indented.</summary>
    public OutputLine Indented(int columns) => Spans.Count == 0 ? this : new([new string(' ', columns), .. Spans]);

    /// <summary>The same line without the first columns, as far as they are spaces.</summary>
    public OutputLine Outdented(int columns)
    {
        List<Span> kept = [];
        foreach (var span in Spans)
        {
            var spaces = Math.Min(columns, span.Text.TakeWhile(c => c == ' ').Count());
            columns = spaces < span.Text.Length ? 0 : columns - spaces;
            if (spaces < span.Text.Length)
                kept.Add(span with { Text = span.Text[spaces..] });
        }

        return new(kept);
    }

    /// <summary>The beginning of it that fits into a number of columns; if it is cut, it ends with <c>…</c>.</summary>
    public OutputLine Cut(int columns)
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
