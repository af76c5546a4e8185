using System.Globalization;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A forwarded port in the form of ssh(1): <c>[bind:]port:host:hostport</c>.</summary>
/// <param name="Bind">The address to listen on; empty for the default.</param>
/// <param name="Port">The port to listen on.</param>
/// <param name="Host">The host to connect to.</param>
/// <param name="HostPort">Its port.</param>
sealed partial record Forward(string Bind, int Port, string Host, int HostPort)
{
    /// <summary>Reads it; null where it has another form.</summary>
    public static Forward? Parse(string text) =>
        Form().Match(text) is { Success: true } match
        && PortOf(match.Groups["port"].Value) is { } port
        && PortOf(match.Groups["hostport"].Value) is { } hostPort
            ? new(match.Groups["bind"].Value, port, match.Groups["host"].Value, hostPort)
            : null;

    static int? PortOf(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;

    /// <summary>Whether only the host itself can reach what listens there.</summary>
    public bool IsLoopback => Bind is "" or "localhost" or "[::1]" || Bind.StartsWith("127.", StringComparison.Ordinal);

    /// <summary>Whether the two cannot both listen.</summary>
    public bool Overlaps(Forward other) => Port == other.Port && (Bind == other.Bind || Bind is "*" || other.Bind is "*");

    [GeneratedRegex(
        @"^((?<bind>\*|[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\]):)?(?<port>[0-9]{1,5}):(?<host>[A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])"
            + @":(?<hostport>[0-9]{1,5})\z",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
