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

    static int Of(Rune rune) =>
        rune.Value switch
        {
            < 0x300 => 1,
            _ when Rune.GetUnicodeCategory(rune)
                    is System.Globalization.UnicodeCategory.NonSpacingMark
                        or System.Globalization.UnicodeCategory.EnclosingMark => 0,
            (>= 0x1100 and <= 0x115F)
            or (>= 0x2E80 and <= 0xA4CF and not 0x303F)
            or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F)
            or (>= 0xFF00 and <= 0xFF60)
            or (>= 0xFFE0 and <= 0xFFE6)
            or (>= 0x1F300 and <= 0x1F64F)
            or (>= 0x1F900 and <= 0x1F9FF)
            or (>= 0x20000 and <= 0x3FFFD) => 2,
            _ => 1,
        };
}
