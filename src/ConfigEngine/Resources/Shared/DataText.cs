using System.Globalization;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>Places in the text of a file.</summary>
static class DataText
{
    /// <summary>The line end of a file: that of its first line.</summary>
    public static string NewLine(string text) =>
        text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && text[at - 1] is '\r' ? "\r\n" : "\n";

    /// <summary>The index of the first character of a line.</summary>
    public static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>The index after the text of a line, before its line end.</summary>
    public static int LineEnd(string text, int at) =>
        text.IndexOf('\n', at) switch
        {
            < 0 => text.Length,
            var feed => feed > at && text[feed - 1] is '\r' ? feed - 1 : feed,
        };

    /// <summary>The index after a line with its line end.</summary>
    public static int NextLine(string text, int at) => text.IndexOf('\n', at) is >= 0 and var feed ? feed + 1 : text.Length;

    /// <summary>The spaces at the beginning of a line.</summary>
    public static string Indent(string text, int at)
    {
        var start = LineStart(text, at);
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return text[start..end];
    }

    /// <summary>Whether a place is the first one in its line with anything in it.</summary>
    public static bool IsFirstInLine(string text, int at) => string.IsNullOrWhiteSpace(text[LineStart(text, at)..at]);

    /// <summary>The text without a stretch; where nothing is left in its lines but a comment, without these lines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The index of the first character.</param>
    /// <param name="end">The index after the last one.</param>
    /// <param name="comments">The beginnings of comments that end with their line.</param>
    public static string Without(string text, int start, int end, params IEnumerable<string> comments)
    {
        var rest = text[end..LineEnd(text, end)].TrimStart();
        return IsFirstInLine(text, start) && (rest.Length == 0 || comments.Any(mark => rest.StartsWith(mark, StringComparison.Ordinal)))
            ? text[..LineStart(text, start)] + text[NextLine(text, end)..]
            : text[..start] + text[end..].TrimStart(' ', '\t');
    }

    /// <summary>A text with lines added after the line of a place, which gets an end if it has none.</summary>
    public static string AddLines(string text, int at, string lines)
    {
        var (newLine, next) = (NewLine(text), NextLine(text, at));
        var ends = next == 0 || text[next - 1] is '\n';
        return text[..next] + (ends ? "" : newLine) + lines + newLine + text[next..];
    }

    /// <summary>A character that is written by its number; null where there are no such digits, or no such character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The index of the first digit.</param>
    /// <param name="digits">How many hexadecimal digits there are.</param>
    public static string? Numbered(string text, int at, int digits) =>
        at + digits <= text.Length
        && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number switch
            {
                >= 0 and <= char.MaxValue => $"{(char)number}",
                > char.MaxValue and <= 0x10FFFF => char.ConvertFromUtf32(number),
                _ => null,
            }
            : null;

    /// <summary>A text in double quotes, as JSON, TOML and YAML all read it; only what must be is escaped.</summary>
    public static string Quote(string value)
    {
        StringBuilder quoted = new("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => quoted.Append($"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
