using System.Collections;
using System.Globalization;

namespace ConfigEngine;

/// <summary>Values as plans write them, by type.</summary>
public static class Values
{
    const int Longest = 60;

    /// <summary>A value on one line, short.</summary>
    public static string Short(object? value) => value switch
    {
        null => "(none)",
        IMaybeUnknown { IsKnown: false } => "(known after apply)",
        bool yes => yes ? "true" : "false",
        string text => Quoted(text),
        Content content => content.Text is { } text && text.Length <= Longest && text.TrimEnd('\n').IndexOf('\n') < 0 ? Quoted(text) : content.ToString(),
        IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(Short))}]",
        TimeSpan duration => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    static string Quoted(string text)
    {
        var shown = text.Length <= Longest ? text : text[..Longest] + "…";
        return shown.Length > 0 && shown.All(c => !char.IsControl(c) && c is not ' ' and not '"') ? shown : $"\"{shown.Replace("\\", "\\\\").Replace("\n", "\\n").Replace("\t", "\\t").Replace("\r", "\\r").Replace("\"", "\\\"")}\"";
    }
}
