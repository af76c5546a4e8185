using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>What a rule of ufw(8) is about: which packets, without what becomes of them.</summary>
/// <param name="Port">As the recipe has it: <c>22/tcp</c>, <c>53</c>, <c>80,443/tcp</c>, <c>6000:6007/udp</c>, or <c>any</c>.</param>
/// <param name="From">A network, an address, or <c>any</c>.</param>
/// <param name="Interface">The interface; all of them when null.</param>
/// <param name="Direction">in or out.</param>
sealed partial record UfwRule(string Port, string From, string? Interface, string Direction)
{
    string Protocol => Port.Split('/') is [_, var protocol] ? protocol : "any";

    string Ports => Port.Split('/')[0];

    /// <summary>The name among the rules.</summary>
    public string Key =>
        $"{Port} {(Direction is "in" ? "from" : "to")} {From}{(Interface is null ? "" : $" on {Interface}")}"
        + (Direction is "in" ? "" : $", {Direction}");

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Problems
    {
        get
        {
            if (Port is not "any" && (!ValidPort().IsMatch(Port) || !IsOrdered(Ports)))
                yield return $"\"{Text.Excerpt(Port)}\" is not a port: write 22/tcp, 53, 80,443/tcp, 6000:6007/udp, or any";
            else if (Protocol is "any" && (Ports.Contains(',', StringComparison.Ordinal) || Ports.Contains(':', StringComparison.Ordinal)))
                yield return $"several ports need a protocol: {Port}/tcp or {Port}/udp";
            if (From is not "any" && IpText.Problem(From) is { } wrong)
                yield return $"its From {wrong}";
            if (Interface is not null && !IpText.IsInterface(Interface))
                yield return $"\"{Text.Excerpt(Interface)}\" is not the name of a network interface";
            if (Direction is not ("in" or "out"))
                yield return $"its Direction is in or out, and not \"{Text.Excerpt(Direction)}\"";
        }
    }

    static bool IsOrdered(string ports) =>
        ports
            .Split(',')
            .Select(part =>
                part.Split(':').Select(number => int.TryParse(number, CultureInfo.InvariantCulture, out var port) ? port : 0).ToList()
            )
            .All(range => range.TrueForAll(number => number is > 0 and < 65536) && (range.Count == 1 || range[0] < range[1]));

    /// <summary>The words of ufw for it, after what becomes of the packets.</summary>
    public IEnumerable<string> Words =>
        [
            Direction,
            .. Interface is null ? (string[])[] : ["on", Interface],
            .. Protocol is "any" ? (string[])[] : ["proto", Protocol],
            "from",
            Direction is "in" ? From : "any",
            "to",
            Direction is "in" ? "any" : From,
            .. Ports is "any" ? (string[])[] : ["port", Ports],
        ];

    /// <summary>The families that it is for: 4, 6 or both.</summary>
    public IReadOnlyList<char> FamiliesOn(UfwAnswer host) =>
        From is "any"
            ? host.HasIpv6
                ? ['4', '6']
                : ['4']
            : IpText.Network(From) is { } network && IpText.Is6(network.BaseAddress)
                ? ['6']
                : ['4'];

    /// <summary>Whether an entry is this rule, whatever becomes of the packets.</summary>
    public bool Is(UfwEntry entry)
    {
        var everywhere = entry.Family is '6' ? "::/0" : "0.0.0.0/0";
        var (near, far) = Direction is "in" ? (entry.To, entry.From) : (entry.From, entry.To);
        return entry.Protocol == Protocol
            && entry.Port == Ports
            && entry.FromPort is "any"
            && entry.Direction == Direction + (Interface is null ? "" : $"_{Interface}")
            && near == everywhere
            && (From is "any" ? far == everywhere : IpText.Network(far) is { } network && network.Equals(IpText.Network(From)));
    }

    [GeneratedRegex(@"^[0-9]{1,5}(:[0-9]{1,5})?(,[0-9]{1,5}(:[0-9]{1,5})?){0,14}(/(tcp|udp))?\z")]
    private static partial Regex ValidPort();
}

/// <summary>A rule as ufw keeps it.</summary>
/// <param name="Family">4 or 6.</param>
/// <param name="Action">allow, deny, reject or limit, with <c>_log</c> for one that is logged.</param>
/// <param name="Protocol">tcp, udp, another, or any.</param>
/// <param name="Port">The port that packets go to.</param>
/// <param name="To">The network that they go to.</param>
/// <param name="FromPort">The port that they come from.</param>
/// <param name="From">The network that they come from.</param>
/// <param name="Direction">in or out, with an interface after an underscore.</param>
/// <param name="Comment">Its comment; empty without one.</param>
sealed record UfwEntry(
    char Family,
    string Action,
    string Protocol,
    string Port,
    string To,
    string FromPort,
    string From,
    string Direction,
    string Comment
)
{
    /// <summary>A line of an answer; null for a rule for what passes through, or for an application.</summary>
    public static UfwEntry? Read(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [['4' or '6'] family, var action, var protocol, var port, var to, var fromPort, var from, var direction, .. var rest]
                when rest is [] or [['c', 'o', 'm', 'm', 'e', 'n', 't', '=', ..]] => new(
                family[0],
                action,
                protocol,
                port,
                to,
                fromPort,
                from,
                direction,
                rest is [var comment] ? Decoded(comment["comment=".Length..]) : ""
            ),
            [['4' or '6'], _, _, _, _, _, _, _, ..] => null,
            _ => throw new UnexpectedOutputException($"expected a rule of ufw, got \"{Text.Excerpt(line)}\""),
        };

    /// <summary>ufw keeps a comment as the hexadecimal digits of its bytes.</summary>
    static string Decoded(string digits)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(digits));
        }
        catch (FormatException)
        {
            throw new UnexpectedOutputException($"expected the comment of a rule of ufw, got \"{Text.Excerpt(digits)}\"");
        }
    }
}

/// <summary>An answer of <c>cfg_ufw</c>.</summary>
sealed record UfwAnswer
{
    /// <summary>Whether ufw is enabled.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Whether it is for IPv6, too.</summary>
    public required bool HasIpv6 { get; init; }

    /// <summary>Its rules. Those for what passes through, and for applications, are left out.</summary>
    public required IReadOnlyList<UfwEntry> Entries { get; init; }

    /// <summary>Reads the answer.</summary>
    public static UfwAnswer Parse(Output output) =>
        output.Lines.ToArray() is [("enabled=yes" or "enabled=no") and var enabled, ("ipv6=yes" or "ipv6=no") and var ipv6, .. var rules]
            ? new()
            {
                IsEnabled = enabled is "enabled=yes",
                HasIpv6 = ipv6 is "ipv6=yes",
                Entries = [.. rules.Select(UfwEntry.Read).OfType<UfwEntry>()],
            }
            : throw new UnexpectedOutputException($"expected the rules of ufw, got \"{Text.Excerpt(output.Text)}\"");
}
