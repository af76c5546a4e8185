using System.Text.RegularExpressions;

namespace ConfigEngine.Rendering;

/// <summary>Errors of hosts below their names: those of many hosts that differ in nothing but the name are one.</summary>
static class ErrorText
{
    const string AnyHost = "HOST";

    /// <summary>An error's text without the host's name at its beginning, which stands above it.</summary>
    public static string Of(string host, CfgException error) => Of(host, error.Message);

    /// <summary>The same for an error that was written down.</summary>
    public static string Of(string host, string message)
    {
        var text = Printable.Lines(message);
        var at = text.IndexOf($"{host}: ", StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, host.Length + 2);
    }

    /// <summary>The same for any host: wherever its name stands, there is <c>HOST</c>.</summary>
    public static string OfAny(string host, CfgException error) => OfAny(host, error.Message);

    /// <summary>The same for an error that was written down.</summary>
    public static string OfAny(string host, string message) =>
        Regex.Replace(Of(host, message), $@"(?<![\w.-]){Regex.Escape(Printable.Line(host))}(?![\w-]|\.\w)", AnyHost);
}
