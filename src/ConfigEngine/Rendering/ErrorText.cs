using System.Text.RegularExpressions;

namespace ConfigEngine.Rendering;

/// <summary>
/// Errors of hosts, shown below the hosts' names. Errors of many hosts that differ only in the name are shown once.
/// </summary>
static class ErrorText
{
    const string AnyHost = "HOST";

    /// <summary>An error's text without the host's name at its beginning, because the name is shown above it.</summary>
    public static string Of(string host, CfgException error) => Of(host, error.Message);

    /// <summary>The same for an error from a document.</summary>
    public static string Of(string host, string message)
    {
        var text = Printable.Lines(message);
        var at = text.IndexOf($"{host}: ", StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, host.Length + 2);
    }

    /// <summary>The same for any host: its name is replaced by <c>HOST</c> everywhere.</summary>
    public static string OfAny(string host, CfgException error) => OfAny(host, error.Message);

    /// <summary>The same for an error from a document.</summary>
    public static string OfAny(string host, string message) =>
        Regex.Replace(Of(host, message), $@"(?<![\w.-]){Regex.Escape(Printable.Line(host))}(?![\w-]|\.\w)", AnyHost);
}
