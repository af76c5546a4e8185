using System.Net;
using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// An address and its names in /etc/hosts (hosts(5)). The address has one line, with exactly these names. If another address of the
/// same family has one of the names, the name is removed there, because the first line with a name decides. Every other byte of the
/// file is kept. To remove an address, use <see cref="NoLine"/>:
/// <c>new NoLine("/etc/hosts") { Matching = @"^203\.0\.113\.11\s" }</c>.
/// </summary>
/// <theme>network</theme>
/// <example><code>new HostsEntry("203.0.113.11") { Names = ["web1.example.com", "web1"] }</code></example>
/// <param name="Ip">An IPv4 or IPv6 address.</param>
public sealed partial record HostsEntry(string Ip) : Resource<PathState>
{
    const string Path = "/etc/hosts";

    /// <summary>The names. The first one is the canonical name, which <c>hostname -f</c> prints.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <inheritdoc/>
    public override string Key => IpText.Address(Ip)?.ToString() ?? Ip;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (IpText.Address(Ip) is not { } address)
                yield return $"\"{Text.Excerpt(Ip)}\" is not an IPv4 or IPv6 address";
            else if (Names.Contains("localhost") != address.ToString() is "127.0.0.1" or "::1")
                yield return "localhost is a name of 127.0.0.1 and ::1, which must keep it, and of no other address";
            if (Names.Count == 0)
                yield return "an entry needs at least one name";
            foreach (var name in Names.Where(name => !Name().IsMatch(name)))
                yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a host: letters, digits, dots, dashes and "
                    + $"underscores, at most 253";
            if (Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < Names.Count)
                yield return "it has a name twice";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        Names.Select(name => new Claim(
            new(
                $"address of a name in /etc/hosts, {(Key.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4")}",
                name.ToLowerInvariant()
            ),
            Key,
            $"{name} is {Key}"
        ));

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => TextFile.Probe(Path);

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) => TextFile.Edit(actual, Path, Edit);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Operations(Path, diff);

    void Edit(TextLines lines)
    {
        var wanted = IpText.Address(Ip);
        var own = lines.FindIndex(line => Read(line).Address?.Equals(wanted) is true);
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var (address, names, comment) = Read(lines[i]);
            if (address is null || i == own)
                continue;
            if (address.Equals(wanted))
                lines.RemoveAt(i);
            else if (address.AddressFamily == wanted?.AddressFamily && names.Where(IsOurs).Any())
                Rewrite(lines, i, address.ToString(), [.. names.Where(name => !IsOurs(name))], comment);
        }

        own = lines.FindIndex(line => Read(line).Address?.Equals(wanted) is true);
        if (own < 0)
            lines.Add(Written(Key, Names, ""));
        else if (!Read(lines[own]).Names.SequenceEqual(Names))
            Rewrite(lines, own, Key, Names, Read(lines[own]).Comment);
    }

    bool IsOurs(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    static void Rewrite(TextLines lines, int at, string address, IReadOnlyList<string> names, string comment)
    {
        if (names.Count == 0)
            lines.RemoveAt(at);
        else
            lines[at] = Written(address, names, comment);
    }

    static string Written(string address, IEnumerable<string> names, string comment) =>
        $"{address} {string.Join(' ', names)}{(comment.Length == 0 ? "" : $" {comment}")}";

    static (IPAddress? Address, IReadOnlyList<string> Names, string Comment) Read(string line)
    {
        var hash = line.IndexOf('#', StringComparison.Ordinal);
        var words = (hash < 0 ? line : line[..hash]).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? (null, [], "") : (IpText.Address(words[0]), words[1..], hash < 0 ? "" : line[hash..]);
    }

    [GeneratedRegex(@"^(?=.{1,253}\z)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\z")]
    private static partial Regex Name();
}
