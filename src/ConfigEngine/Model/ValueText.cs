using System.Collections;
using System.Globalization;

namespace ConfigEngine.Model;

/// <summary>Values as plans write them, by type, always on one line.</summary>
static class ValueText
{
    const int Longest = 60;

    /// <summary>A value, shortened if it is long.</summary>
    public static string Short(object? value) =>
        value switch
        {
            IKnown { IsKnown: true } known => Short(known.Value),
            string text => Printable.Quoted(text, Longest),
            Content { IsSecret: true } secret => secret.ToString(),
            Content content => content.Text is { } text && text.Length <= Longest && text.TrimEnd('\n').IndexOf('\n') < 0
                ? Printable.Quoted(text, Longest)
                : content.ToString(),
            IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Short))}]",
            _ => Full(value),
        };

    /// <summary>A full value; for content, its size and digest.</summary>
    public static string Full(object? value) =>
        value switch
        {
            null => "(none)",
            IMaybeUnknown { IsKnown: false } => "(known after apply)",
            IKnown known => Full(known.Value),
            Secret secret => $"(secret {Printable.Line(secret.Name)})",
            bool yes => yes ? "true" : "false",
            string text => Printable.Quoted(text, int.MaxValue),
            IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Full))}]",
            TimeSpan duration => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
            Enum word => Text.Kebab(word.ToString()),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => Printable.Line(value.ToString() ?? ""),
        };
}
