namespace ConfigEngine.Rendering;

/// <summary>
/// Lines about errors and warnings. Each begins with a word that can be searched for in a log, and only that word is coloured.
/// </summary>
static class Marks
{
    /// <summary>The word before an error.</summary>
    public static Span Failure { get; } = new("error: ", Ink.Error);

    /// <summary>The word before a warning, also about something that was left out.</summary>
    public static Span Caution { get; } = new("warning: ", Ink.Warning);

    /// <summary>An error, in lines from a column on.</summary>
    public static IEnumerable<OutputLine> Error(string text, int? width, int column = 0) => Of(Failure, text, width, column);

    /// <summary>A warning, in lines from a column on.</summary>
    public static IEnumerable<OutputLine> Warning(string text, int? width, int column = 0) => Of(Caution, text, width, column);

    static IEnumerable<OutputLine> Of(Span mark, string text, int? width, int column)
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

    /// <summary>How far the rest of a line that was too long is indented.</summary>
    const int Further = 2;
}
