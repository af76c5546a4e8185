using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Words in the configuration of nginx.</summary>
static partial class NginxSyntax
{
    /// <summary>A word as nginx reads it back. Variables stay variables: nginx has no way to write a dollar sign.</summary>
    public static string Word(string text)
    {
        if (Plain().IsMatch(text))
            return text;
        StringBuilder word = new("\"");
        foreach (var c in text)
            word.Append(c is '"' or '\\' ? $"\\{c}" : c);
        return word.Append('"').ToString();
    }

    /// <summary>Why a text cannot be written; null where it can.</summary>
    public static string? Problem(string text) =>
        text.Any(char.IsControl) ? "it has a line end or another control character in it"
        : text.Length > 2000 ? "it is longer than the 2000 characters that are kept free for it"
        : null;

    /// <summary>A text as a regular expression that matches just it.</summary>
    public static string Literal(string text) => Special().Replace(text, @"\$0");

    /// <summary>A time, in the largest unit that fits.</summary>
    public static string Time(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0
            ? $"{((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)}s"
            : $"{((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}ms";

    /// <summary>Whether it is the address of a program.</summary>
    public static bool IsUpstream(string text) => Upstream().IsMatch(text);

    /// <summary>Whether it is the name of a header.</summary>
    public static bool IsHeader(string text) => Header().IsMatch(text);

    // A backslash before a letter stays in a plain word, but is lost before some in quotes, so such words are always in quotes.
    [GeneratedRegex(@"^[A-Za-z0-9_./:$=^*@,+%?&~!|()\[\]-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\\.+*?()\[\]{}|^$]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^https?://(unix:/[A-Za-z0-9_./-]+|(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9_.-]+)(:[0-9]{1,5})?)\z")]
    private static partial Regex Upstream();

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z")]
    private static partial Regex Header();
}
