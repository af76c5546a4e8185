namespace ConfigEngine.Values;

/// <summary>Small things about text that messages share.</summary>
static class Text
{
    /// <summary>
    /// Stands where a text was shortened, and nothing else does: what is left there of a secret, on either side, is found by it
    /// (<see cref="Redaction"/>).
    /// </summary>
    public const char Cut = '…';

    const int ExcerptLength = 80;

    /// <summary>Stands in the place of a middle.</summary>
    public static string LeftOut(string what) => $"[{Cut} {what} {Cut}]";

    /// <summary>The beginning of a value, on one line, short enough for a message.</summary>
    public static string Excerpt(string value)
    {
        var line = value.ReplaceLineEndings("⏎");
        return line.Length <= ExcerptLength ? line : line[..ExcerptLength] + Cut;
    }

    /// <summary>A sentence about values that may hold anything, on one line: of a very long one the beginning and the end.</summary>
    public static string Sentence(string value)
    {
        const int Longest = 500,
            Head = 250,
            Tail = 200;
        var line = value.ReplaceLineEndings("⏎");
        return line.Length <= Longest ? line : $"{line[..Head]}{LeftOut($"{line.Length - Head - Tail} characters")}{line[^Tail..]}";
    }

    /// <summary>A long text as its beginning and its end: what failed first and what was said last.</summary>
    public static string Ends(string value)
    {
        const int Head = 2000,
            Tail = 4000;
        return value.Length <= Head + Tail ? value : $"{value[..Head]}\n{LeftOut("the middle is left out")}\n{value[^Tail..]}";
    }

    /// <summary>A name in the style of commands and JSON: <c>SystemdUnit</c> → <c>systemd-unit</c>.</summary>
    public static string Kebab(string pascal) =>
        string.Concat(
            pascal.Select(
                (c, i) =>
                    char.IsUpper(c) && i > 0 && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])))
                        ? $"-{char.ToLowerInvariant(c)}"
                        : char.ToLowerInvariant(c).ToString()
            )
        );

    /// <summary>Whether it has half a character in it (a lone surrogate), for which UTF-8 has no bytes.</summary>
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

    /// <summary><c>1 change</c>, <c>2 changes</c>.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
