using System.Text.Json;

namespace ConfigEngine.Values;

/// <summary>Text functions for messages.</summary>
static class Text
{
    /// <summary>
    /// Marks the place where a text was shortened, and is used for nothing else. <see cref="Redaction"/> uses it to find the rest
    /// of a secret on either side.
    /// </summary>
    public const char Cut = '…';

    const int ExcerptLength = 80;

    /// <summary>Replaces the middle of a text.</summary>
    public static string LeftOut(string what) => $"[{Cut} {what} {Cut}]";

    /// <summary>The beginning of a value, on one line, short enough for a message.</summary>
    public static string Excerpt(string value)
    {
        var line = value.ReplaceLineEndings("⏎");
        return line.Length <= ExcerptLength ? line : line[..ExcerptLength] + Cut;
    }

    /// <summary>A sentence about any values, on one line; only the beginning and the end if it is very long.</summary>
    public static string Sentence(string value)
    {
        const int Longest = 500,
            Head = 250,
            Tail = 200;
        var line = value.ReplaceLineEndings("⏎");
        return line.Length <= Longest ? line : $"{line[..Head]}{LeftOut($"{line.Length - Head - Tail} characters")}{line[^Tail..]}";
    }

    /// <summary>The beginning and the end of a long text: the first failure and the last message.</summary>
    public static string Ends(string value)
    {
        const int Head = 2000,
            Tail = 4000;
        return value.Length <= Head + Tail ? value : $"{value[..Head]}\n{LeftOut("the middle is left out")}\n{value[^Tail..]}";
    }

    /// <summary>A name in the style of commands and JSON: <c>SystemdUnit</c> → <c>systemd-unit</c>.</summary>
    public static string Kebab(string pascal) => JsonNamingPolicy.KebabCaseLower.ConvertName(pascal);

    /// <summary>Whether it has half a character (a lone surrogate), which UTF-8 cannot encode.</summary>
    public static bool HasHalf(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (i + 1 == value.Length || !char.IsSurrogatePair(value[i], value[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    /// <summary>
    /// Names in a sentence: <c>a</c>, <c>a and b</c>, <c>a, b and c</c>. Of more than <paramref name="shown"/> the first ones, and how
    /// many there are beside them: <c>a, b and 7 more</c>.
    /// </summary>
    public static string List(IReadOnlyList<string> names, int shown = int.MaxValue) =>
        names.Count > shown ? $"{string.Join(", ", names.Take(shown))} and {names.Count - shown} more"
        : names.Count > 1 ? $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}"
        : string.Concat(names);

    /// <summary><c>1 change</c>, <c>2 changes</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
