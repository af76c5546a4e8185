using System.Text;

namespace ConfigEngine.Rendering;

/// <summary>The width of text on a terminal.</summary>
static class Cells
{
    /// <summary>The columns of a text: combining marks take none, East Asian wide characters and emoji take two.</summary>
    public static int Of(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
            columns += Of(rune);
        return columns;
    }

    /// <summary>The beginning of a text that fits into a number of columns.</summary>
    public static string Fit(string text, int columns)
    {
        var (used, taken) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Of(rune);
            if (used > columns)
                return text[..taken];
            taken += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <summary>A text with spaces after it, up to a column.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    // Most text is below 0x300, and has no control characters here: there is nothing to look up.
    static int Of(Rune rune) => rune.Value < 0x300 ? 1 : Math.Max(0, Wcwidth.UnicodeCalculator.GetWidth(rune.Value));
}
