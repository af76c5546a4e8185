using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A key by which ssh(1) knows another host: a line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). A key of the same
/// type that the name had before is replaced; keys of other types, other names, and lines with patterns or markers stay. Hashed names
/// are recognized, and stay hashed.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>
/// new KnownHost("db1.example.com", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ")
/// {
///     Owner = "deploy",
/// }
/// </code></example>
/// <param name="Name">A name or an address of the host, as it is given to ssh.</param>
/// <param name="PublicKey">The host's key: type and base64, such as the public key of an <see cref="SshHostKey"/> of that
/// host.</param>
public sealed partial record KnownHost(string Name, Known<string> PublicKey) : Resource<KeyFile>
{
    /// <summary>The user whose ~/.ssh/known_hosts it is in; /etc/ssh/ssh_known_hosts, which is for all users, when null.</summary>
    public string? Owner { get; init; }

    /// <summary>The port of the host's sshd; 22 by default.</summary>
    public int Port { get; init; } = 22;

    ConfigEngine.Resources.PublicKey? Parsed => PublicKey.IsKnown ? ConfigEngine.Resources.PublicKey.Parse(PublicKey.Value) : null;

    SshFile File => SshFile.KnownHosts(Owner);

    string Wanted => KnownHostLine.NameOf(Name, Port);

    /// <inheritdoc/>
    public override string Key => $"{File.Prefix}{Wanted} {PublicKey.Source ?? Parsed?.Type ?? Text.Excerpt($"{PublicKey}")}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in File.Problems.Concat(NameProblems(Name, Port)))
                yield return problem;
            if (PublicKey.Value.Any(c => c is '\n' or '\r'))
                yield return "it is several lines; declare one for each key";
            else if (Parsed is not { } key)
                yield return "it is not a public key: write its type and its base64, for example \"ssh-ed25519 AAAA…\"";
            else if (key.Options.Length > 0)
                yield return "its key begins with something else; leave out the name of the host, which is Name";
            else if (!key.IsSound)
                yield return $"it is not a whole {key.Type} key: its base64 does not say so";
        }
    }

    /// <summary>What is wrong with the name of a host.</summary>
    internal static IEnumerable<string> NameProblems(string name, int port)
    {
        if (!HostName().IsMatch(name))
            yield return $"\"{Text.Excerpt(name)}\" is not one name or address of a host";
        if (port is < 1 or > 65535)
            yield return $"{port} is not a port (1-65535)";
    }

    /// <inheritdoc/>
    internal override Authority Authority => File.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            .. File.Claims,
            new(new($"known host in {File.Name}", Wanted), "there", $"{Wanted} has a key in {File.Name}"),
            .. Parsed is { } key
                ? (Claim[])[new(new($"{key.Type} key in {File.Name}", Wanted), key.Blob, $"the {key.Type} key of {Wanted} is {key.Blob}")]
                : [],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => File.Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => File.Writes;

    /// <inheritdoc/>
    protected override KeyFile Desired => SshFile.Nothing;

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => File.Probe;

    /// <inheritdoc/>
    protected override KeyFile Towards(KeyFile? actual)
    {
        var wanted = Parsed ?? throw new InvalidOperationException($"{Address} was not checked.");
        return File.Edit(actual, lines => Edit(lines, wanted));
    }

    void Edit(TextLines lines, ConfigEngine.Resources.PublicKey wanted)
    {
        var isThere = lines.Texts.Any(line => Named(line) is { } known && known.Key.Is(wanted));
        for (var i = 0; i < lines.Count; i++)
        {
            if (Named(lines[i]) is not { } known || known.Key.Type != wanted.Type || known.Key.Is(wanted))
                continue;
            if (!isThere && known.IsAlone)
            {
                lines[i] = (known with { Key = known.Key with { Blob = wanted.Blob } }).Line;
                isThere = true;
            }
            else if (known.Without(Wanted) is { } others)
            {
                lines[i] = others;
            }
            else
            {
                lines.RemoveAt(i--);
            }
        }

        if (!isThere)
            lines.Add($"{Wanted} {wanted.Type} {wanted.Blob}");
    }

    KnownHostLine? Named(string line) => KnownHostLine.Parse(line) is { } known && known.IsOf(Wanted) ? known : null;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<KeyFile> diff)
    {
        if (Parsed is not { } wanted)
            yield break;
        var known = File.Lines(diff.Actual).Texts.Select(KnownHostLine.Parse).OfType<KnownHostLine>().ToList();
        if (known.Any(line => line.IsOf(Wanted) && line.Key.Type == wanted.Type && !line.Key.Is(wanted)))
            yield return $"{Wanted} had another {wanted.Type} key until now";
        if (known.Any(line => line.Marker is "@revoked" && line.Key.Is(wanted)))
            yield return $"{File.Name} says that the key is revoked, so ssh refuses it all the same";
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) =>
        File.Lines(diff.Actual).Texts.Any(line => Named(line) is { } known && known.Key.Type == Parsed?.Type) ? Verb.Update : Verb.Create;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => File.Operations(diff);

    [GeneratedRegex(@"^[A-Za-z0-9_:][A-Za-z0-9_.:%-]{0,254}\z")]
    private static partial Regex HostName();
}
