using System.Collections;
using System.Globalization;
using System.Text;
using ConfigEngine.Rendering;

namespace ConfigEngine;

/// <summary>Values as plans write them, by type, always on one line.</summary>
public static class Values
{
    const int Longest = 60;

    /// <summary>A value, shortened where it is long.</summary>
    public static string Short(object? value) => value switch
    {
        string text => Quoted(text, Longest),
        Content { IsSecret: true } secret => secret.ToString(),
        Content content => content.Text is { } text && text.Length <= Longest && text.TrimEnd('\n').IndexOf('\n') < 0 ? Quoted(text, Longest) : content.ToString(),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Short))}]",
        _ => Full(value),
    };

    /// <summary>A value, whole; of content, its size and digest.</summary>
    public static string Full(object? value) => value switch
    {
        null => "(none)",
        IMaybeUnknown { IsKnown: false } => "(known after apply)",
        Secret secret => $"(secret {Printable.Line(secret.Name)})",
        bool yes => yes ? "true" : "false",
        string text => Quoted(text, int.MaxValue),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Full))}]",
        TimeSpan duration => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
        Enum word => Text.Kebab(word.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Printable.Line(value.ToString() ?? ""),
    };

    static string Quoted(string text, int longest)
    {
        if (text.Length > longest)
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + Text.Cut;
        if (text.Length > 0 && !text.Any(c => c is ' ' or '"') && !text.EnumerateRunes().Any(Printable.IsUnsafe))
            return text;
        StringBuilder quoted = new("\"", text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                '"' => "\\\"",
                '\\' => "\\\\",
                _ when Printable.IsUnsafe(rune) => rune.Value < 0x100 ? $"\\x{rune.Value:x2}" : $"\\u{{{rune.Value:x}}}",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
