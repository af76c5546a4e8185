namespace ConfigEngine.Resources;

/// <summary>
/// A host that ssh(1) does not know: its name is taken out of every line of a known_hosts file. Lines with patterns or markers
/// stay.
/// </summary>
/// <theme>ssh</theme>
/// <example><code>new NoKnownHost("old.example.com") { Owner = "deploy" }</code></example>
/// <param name="Name">A name or an address of the host. If the file or its owner does not exist, there is nothing to do.</param>
public sealed record NoKnownHost(string Name) : Resource<KeyFile>
{
    /// <summary>The user whose ~/.ssh/known_hosts it is; /etc/ssh/ssh_known_hosts, which is for all users, when null.</summary>
    public string? Owner { get; init; }

    /// <summary>The port of the host's sshd; 22 by default.</summary>
    public int Port { get; init; } = 22;

    SshFile File => SshFile.KnownHosts(Owner);

    string Unwanted => KnownHostLine.NameOf(Name, Port);

    /// <inheritdoc/>
    public override string Key => $"{File.Prefix}{Unwanted}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => File.Problems.Concat(KnownHost.NameProblems(Name, Port));

    /// <inheritdoc/>
    internal override Authority Authority => File.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [new(new($"known host in {File.Name}", Unwanted), "gone", $"{Unwanted} has no key in {File.Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => File.Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => File.Writes;

    /// <inheritdoc/>
    protected override KeyFile Desired => SshFile.Nothing;

    /// <inheritdoc/>
    protected override Probe<KeyFile> Probe => File.Probe with { Needs = _ => [] };

    /// <inheritdoc/>
    protected override KeyFile? Towards(KeyFile? actual) =>
        File.TakeOut(
            actual,
            lines =>
            {
                for (var i = lines.Count - 1; i >= 0; i--)
                {
                    if (KnownHostLine.Parse(lines[i]) is not { } known || !known.IsOf(Unwanted))
                        continue;
                    if (known.Without(Unwanted) is { } others)
                        lines[i] = others;
                    else
                        lines.RemoveAt(i);
                }
            }
        );

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<KeyFile> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<KeyFile> diff) => File.Operations(diff);
}
