namespace ConfigEngine.Rendering;

/// <summary>
/// Lines that say what went wrong or may go wrong. Each begins with a word that a log can be searched for, and only that word is coloured.
/// </summary>
static class Marks
{
    /// <summary>Before what went wrong.</summary>
    public static Span Failure { get; } = new("error: ", Ink.Error);

    /// <summary>Before what may go wrong, or was left out.</summary>
    public static Span Caution { get; } = new("warning: ", Ink.Warning);

    /// <summary>What went wrong, in lines from a column on.</summary>
    public static IEnumerable<Line> Error(string text, int? width, int column = 0) => Of(Failure, text, width, column);

    /// <summary>What may go wrong, in lines from a column on.</summary>
    public static IEnumerable<Line> Warning(string text, int? width, int column = 0) => Of(Caution, text, width, column);

    static IEnumerable<Line> Of(Span mark, string text, int? width, int column)
    {
        var room = width is { } columns ? Math.Max(20, columns - column - Further) : int.MaxValue;
        IReadOnlyList<Span> lead = column == 0 ? [mark] : [new string(' ', column), mark];
        foreach (var line in text.Split('\n'))
        {
            var taken = lead.Count > 0 && lead[^1] == mark ? mark.Text.Length : 0;
            foreach (var piece in Wrap.Pieces(line, room - taken))
            {
                yield return new([.. lead, piece]);
                lead = [new string(' ', column + Further)];
            }

            lead = column == 0 ? [] : [new string(' ', column)];
        }
    }

    /// <summary>How much further right a line goes on that was too long.</summary>
    const int Further = 2;
}
