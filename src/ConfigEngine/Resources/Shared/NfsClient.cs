using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Clients of an NFS server: who they are, and how they are served.</summary>
static partial class NfsClient
{
    /// <summary>Options that exclude each other.</summary>
    public static IReadOnlyList<(string One, string Other)> Contraries { get; } =
    [
        ("ro", "rw"),
        ("sync", "async"),
        ("secure", "insecure"),
        ("root_squash", "no_root_squash"),
        ("all_squash", "no_all_squash"),
        ("subtree_check", "no_subtree_check"),
        ("hide", "nohide"),
        ("crossmnt", "nocrossmnt"),
        ("wdelay", "no_wdelay"),
    ];

    /// <summary>Options with a value that exportfs(8) repeats.</summary>
    static readonly string[] Repeated = ["anonuid=", "anongid=", "fsid="];

    /// <summary>Why a text is not a client; null where it is one.</summary>
    public static string? Problem(string client) =>
        client.Split('/') is [var address, var mask]
            ? IpText.Address(address) is not null && IpText.Address(mask) is not null
                ? null
                : IpText.Problem(client)
            : ValidClient().IsMatch(client)
                ? null
                : $"\"{Text.Excerpt(client)}\" is not a client: an address, a network such as 192.168.1.0/24, a host, @netgroup, or *";

    /// <summary>Reads who is served, as <c>CLIENT(OPTIONS)</c> with a space between them.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Parse(string served)
    {
        Dictionary<string, IReadOnlyList<string>> clients = new(StringComparer.Ordinal);
        foreach (var one in served.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.IndexOf('(', StringComparison.Ordinal) is not (> 0 and var at) || !one.EndsWith(')'))
                throw new UnexpectedOutputException($"expected a client of NFS with its options, got \"{Text.Excerpt(one)}\"");
            clients[one[..at]] = one[(at + 1)..^1].Split(',');
        }

        return clients;
    }

    /// <summary>
    /// Whether just these clients are served, with these options. Of options that exportfs(8) does not repeat nothing can be told.
    /// </summary>
    public static bool IsServed(
        IReadOnlyDictionary<string, IReadOnlyList<string>> wanted,
        IReadOnlyDictionary<string, IReadOnlyList<string>> served
    ) =>
        served.Count == wanted.Count
        && wanted.All(client =>
            served.TryGetValue(client.Key, out var options) && client.Value.Where(IsRepeated).All(option => options.Contains(option))
        );

    static bool IsRepeated(string option) =>
        Contraries.Any(pair => option == pair.One || option == pair.Other)
        || Repeated.Any(name => option.StartsWith(name, StringComparison.Ordinal));

    [GeneratedRegex(@"^(\*|@?[A-Za-z0-9*?\[][A-Za-z0-9*?.:_\[\]-]{0,254})\z")]
    private static partial Regex ValidClient();
}
