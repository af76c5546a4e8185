using System.Globalization;
using System.Text;

namespace ConfigEngine.Values;

/// <summary>
/// Makes text from hosts and recipes safe to print: characters that a terminal would obey, or that change the visible order
/// (control characters, bidirectional overrides, see CVE-2021-42574), are replaced by visible ones.
/// </summary>
static class Printable
{
    /// <summary>Text for one line: every control character as its picture (␛), or as <c>\u{…}</c> if it has none.</summary>
    public static string Line(string text) => Made(text, keep: "");

    /// <summary>One line of a file: like <see cref="Line"/>, and tabs stay.</summary>
    public static string FileLine(string text) => Made(text, keep: "\t");

    /// <summary>Text of several lines, such as an error with a host's message.</summary>
    public static string Lines(string text) => Made(text.Replace("\r\n", "\n", StringComparison.Ordinal), keep: "\n\t");

    /// <summary>Whether a terminal would do something else with the character than show it.</summary>
    public static bool IsUnsafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse;

    /// <summary>
    /// A text as people write it in a plan: in quotes if it has spaces, quotes or invisible characters; cut if it is too long.
    /// </summary>
    internal static string Quoted(string text, int longest)
    {
        if (text.Length > longest)
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + Text.Cut;
        if (text.Length > 0 && !text.Any(c => c is ' ' or '"') && !text.EnumerateRunes().Any(IsUnsafe))
            return text;
        StringBuilder quoted = new("\"", text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(
                rune.Value switch
                {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    '\r' => "\\r",
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    _ when IsUnsafe(rune) => rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : $"\\u{{{rune.Value:x}}}",
                    _ => rune.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    static string Made(string text, string keep)
    {
        if (IsSafe(text, keep))
            return text;
        StringBuilder made = new(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnsafe(rune) || (rune.IsBmp && keep.Contains((char)rune.Value, StringComparison.Ordinal)))
                made.Append(rune);
            else if (rune.Value < 0x20)
                made.Append((char)(0x2400 + rune.Value));
            else if (rune.Value is 0x7F)
                made.Append('␡');
            else
                made.Append($"\\u{{{rune.Value:x}}}");
        }

        return made.ToString();
    }

    static bool IsSafe(string text, string keep)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' && !keep.Contains(c, StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
