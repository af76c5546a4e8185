using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>A line of pg_hba.conf: who may connect from where, and how they prove who they are. The first that matches decides.</summary>
/// <param name="Type">local, host, hostssl, hostnossl, hostgssenc or hostnogssenc.</param>
/// <param name="Databases">The databases.</param>
/// <param name="Users">The roles.</param>
/// <param name="Address">The addresses; null for local connections.</param>
/// <param name="Method">The method, with its options.</param>
sealed partial record HbaLine(string Type, IReadOnlyList<string> Databases, IReadOnlyList<string> Users, string? Address, string Method)
{
    /// <summary>The types of lines.</summary>
    public static IReadOnlyList<string> Types { get; } = ["local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];

    /// <summary>The methods that servers know.</summary>
    public static IReadOnlyList<string> Methods { get; } =
    [
        "trust",
        "reject",
        "scram-sha-256",
        "md5",
        "password",
        "gss",
        "sspi",
        "ident",
        "peer",
        "pam",
        "ldap",
        "radius",
        "cert",
        "bsd",
        "oauth",
    ];

    /// <summary>A line; null if it is none, such as a comment, or one that includes another file.</summary>
    public static HbaLine? Parse(string line) =>
        Words(line) switch
        {
            ["local", var databases, var users, .. [_, ..] method] => new("local", List(databases), List(users), null, Joined(method)),
            [var type, var databases, var users, var address, var mask, .. [_, ..] method]
                when Types.Contains(type) && IPAddress.TryParse(mask, out var bits) && IPAddress.TryParse(address, out _) => new(
                type,
                List(databases),
                List(users),
                $"{address}/{bits.GetAddressBytes().Sum(one => int.PopCount(one)).ToString(CultureInfo.InvariantCulture)}",
                Joined(method)
            ),
            [var type, var databases, var users, var address, .. [_, ..] method] when Types.Contains(type) && type is not "local" => new(
                type,
                List(databases),
                List(users),
                address,
                Joined(method)
            ),
            _ => null,
        };

    static string Joined(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>The words of a line. In double quotes, a word may have spaces and signs; the quotes stay.</summary>
    static List<string> Words(string line) => [.. Word().Matches(line).Select(match => match.Value).TakeWhile(word => word[0] is not '#')];

    static string[] List(string words) => [.. Element().Matches(words).Select(match => match.Value)];

    /// <summary>The line as it is written.</summary>
    public override string ToString() => $"{Subject} {Method}";

    /// <summary>What it is about, without the method.</summary>
    public string Subject => $"{Type} {string.Join(',', Databases)} {string.Join(',', Users)}{(Address is null ? "" : $" {Address}")}";

    /// <summary>A name as pg_hba.conf writes it: in quotes where it would otherwise be more than a name.</summary>
    public static string Quoted(string name) => Plain().IsMatch(name) ? name : $"\"{name}\"";

    /// <summary>Whether every connection that the other line is about is one that this line is about. False where that cannot be
    /// told.</summary>
    public bool Covers(HbaLine other) =>
        (Type == other.Type || (Type is "host" && other.Type is not "local"))
        && other.Databases.All(one => Databases.Contains(one) || (Databases.Contains("all") && one is not "replication"))
        && other.Users.All(one => Users.Contains(one) || Users.Contains("all"))
        && (Address == other.Address || Address is "all" || Has(Address, other.Address));

    static bool Has(string? network, string? address) =>
        IpText.Masked(network) is { } all
        && IpText.Masked(address) is { } part
        && all.BaseAddress.AddressFamily == part.BaseAddress.AddressFamily
        && all.PrefixLength <= part.PrefixLength
        && all.Contains(part.BaseAddress);

    /// <summary>Why a text is not an address in pg_hba.conf; null where it is one.</summary>
    public static string? Problem(string address) =>
        address is "all" or "samehost" or "samenet" || IpText.Masked(address) is not null ? null
        : IPAddress.TryParse(address, out var one)
            ? $"\"{address}\" is one address, and needs the length of its prefix: {address}/{(one.GetAddressBytes().Length * 8)}"
        : address.Any(c => c is '/' or ':') || address.All(c => char.IsAsciiDigit(c) || c is '.')
            ? $"\"{Text.Excerpt(address)}\" is not a network such as 192.168.1.0/24 or 2001:db8::/32"
        : HostName().IsMatch(address) ? null
        : $"\"{Text.Excerpt(address)}\" is not an address, a network, a name of a host, all, samehost or samenet";

    [GeneratedRegex(@"(?:""[^""]*""|[^\s""])+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?:""[^""]*""|[^,""])+")]
    private static partial Regex Element();

    [GeneratedRegex(@"^\+?[A-Za-z0-9_$][A-Za-z0-9_$.-]*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\.?[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\z")]
    private static partial Regex HostName();
}
