using System.Text.RegularExpressions;

namespace ConfigEngine.Values;

/// <summary>
/// A pattern for names of hosts and groups: <c>*</c> is any text, <c>?</c> is any character, and other characters mean themselves.
/// </summary>
static class Glob
{
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    public static bool Matches(string pattern, string name) => Regex.IsMatch(name, Expression(pattern), RegexOptions.CultureInvariant);

    static string Expression(string pattern) =>
        $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}\\z";
}
