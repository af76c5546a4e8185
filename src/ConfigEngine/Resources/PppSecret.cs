using System.Net;

namespace ConfigEngine.Resources;

/// <summary>
/// A secret by which pppd(8) and its peer know each other: a line of /etc/ppp/chap-secrets. Other lines stay, and nobody but root may
/// read the file. On a server, the client is the user; for a client, the server is its <c>remotename</c>.
/// </summary>
/// <theme>network</theme>
/// <example><code>new PppSecret("alice", "pptpd") { Password = Secrets.Environment("ALICE_PASSWORD") }</code></example>
/// <param name="Client">The name of the client; <c>*</c> for any.</param>
/// <param name="Server">The name of the server; <c>*</c> for any.</param>
public sealed record PppSecret(string Client, string Server = "*") : Resource<PathState>
{
    /// <summary>The secret that both know: one line, of at most 255 bytes.</summary>
    public required Secret Password { get; init; }

    /// <summary>The addresses that the peer may have; any by default (<c>*</c>).</summary>
    public IReadOnlyList<string> Addresses { get; init; } = ["*"];

    /// <summary>The way to prove it: chap or pap, each with a file of its own; chap by default.</summary>
    public string Protocol { get; init; } = "chap";

    /// <inheritdoc/>
    public override string Key => KeyOf(Protocol, Client, Server);

    internal static string KeyOf(string protocol, string client, string server) =>
        $"{client} {server}{(protocol is "chap" ? "" : $" {protocol}")}";

    internal static string FileOf(string protocol) => $"/etc/ppp/{protocol}-secrets";

    string File => FileOf(Protocol);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. NameProblems(Protocol, Client, Server),
            .. Addresses.Count == 0 ? (string[])["it has no Addresses; any one is [\"*\"]"] : [],
            .. Addresses
                .Where(address => address is not "*" && IPAddress.TryParse(address, out _) is false && IpText.Network(address) is null)
                .Select(address => $"\"{Text.Excerpt(address)}\" is not an address, not a network such as 192.168.1.0/24, and not *"),
        ];

    /// <summary>What is wrong with the names of a line.</summary>
    internal static IEnumerable<string> NameProblems(string protocol, string client, string server)
    {
        if (protocol is not ("chap" or "pap"))
            yield return $"its Protocol is chap or pap, and not \"{Text.Excerpt(protocol)}\"";
        foreach (var name in ((string[])[client, server]).Where(name => name.Length is 0 or > 255 || name.Any(char.IsControl)))
            yield return $"\"{Text.Excerpt(name)}\" is not a name for a client or a server of pppd";
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new($"line of {File}", Key), "there", $"{File} has a secret for {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file", null, null, "root", "root", "0600");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => ProbeOf(File);

    /// <summary>The probe of a file of secrets, which is edited.</summary>
    internal static Probe<PathState> ProbeOf(string file) =>
        new PathProbe(file, "file") { Owner = "root", Group = "root" }.Probe with
        {
            Edits = true,
        };

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) =>
        Desired with
        {
            Content = (TextFile.Edit(actual, File, Edit).Content ?? "").As($"{Password}"),
        };

    string Clear =>
        Password.Reveal() is { Length: > 0 and < 256 } clear
        && !clear.Any(char.IsControl)
        && !clear.StartsWith("@/", StringComparison.Ordinal)
            ? clear
            : throw new RecipeException(
                $"{Address}: pppd cannot take the secret of {Password.Origin}: empty, too long, not one line, or with @/ first",
                hint: "a password of pppd has 1 to 255 characters on one line, without a line end; @/ would name a file"
            );

    void Edit(TextLines lines)
    {
        string[] wanted = [Client, Server, Clear, .. Addresses];
        var first = lines.FindIndex(line => IsOf(line, Client, Server));
        var text = string.Join(' ', wanted.Select((word, i) => i is 2 ? PppWords.Quoted(word) : PppWords.Write(word)));
        if (first < 0)
            lines.Add(text);
        else if (!PppWords.Read(lines[first]).SequenceEqual(wanted))
            lines[first] = text;
        for (var i = lines.Count - 1; i > first && first >= 0; i--)
        {
            if (IsOf(lines[i], Client, Server))
                lines.RemoveAt(i);
        }
    }

    /// <summary>The other lines are secrets, too, so that nothing of the file is shown but what is about this one.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<PathState> diff) =>
        [
            .. diff.Changes(s => s.Content) || diff.Creates ? Line(diff.Actual) : [],
            .. diff.Attributes.Where(attribute => attribute.Name is not ("content" or "type")),
        ];

    IEnumerable<AttributeChange> Line(PathState? actual)
    {
        var there = TextFile
            .Lines(actual?.Content, File)
            .Texts.Where(line => IsOf(line, Client, Server))
            .Select(line => PppWords.Read(line))
            .ToList();
        var (addresses, has) = (string.Join(' ', Addresses), there is [var first, ..] ? string.Join(' ', first.Skip(3)) : null);
        if (there is not [var own, ..] || own[2] != Clear)
            yield return new("password", there.Count == 0 ? null : "another", "set");
        if (has != addresses)
            yield return new("addresses", has, addresses);
        if (there.Count > 1)
            yield return new("lines", there.Count, 1);
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<PathState> diff) =>
        TextFile.Lines(diff.Actual?.Content, File).FindIndex(line => IsOf(line, Client, Server)) < 0 ? Verb.Create : Verb.Update;

    /// <summary>Whether a line is for a client and a server.</summary>
    internal static bool IsOf(string line, string client, string server) =>
        PppWords.Read(line) is [var its, var other, _, ..] && its == client && other == server;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Operations(File, diff);
}
