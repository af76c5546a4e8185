namespace ConfigEngine.Resources;

/// <summary>No secret of pppd(8) for a client and a server: the lines with both names are removed, and others stay.</summary>
/// <theme>network</theme>
/// <example><code>new NoPppSecret("alice", "pptpd")</code></example>
/// <param name="Client">The name of the client, as in the file; <c>*</c> is the line for any.</param>
/// <param name="Server">The name of the server, in the same way.</param>
public sealed record NoPppSecret(string Client, string Server = "*") : Resource<PathState>
{
    /// <summary>The way to prove it: chap or pap, each with a file of its own; chap by default.</summary>
    public string Protocol { get; init; } = "chap";

    /// <inheritdoc/>
    public override string Key => PppSecret.KeyOf(Protocol, Client, Server);

    string File => PppSecret.FileOf(Protocol);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => PppSecret.NameProblems(Protocol, Client, Server);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(new($"line of {File}", Key), "gone", $"{File} has no secret for {Key}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => PppSecret.ProbeOf(File) with { Needs = _ => [] };

    /// <inheritdoc/>
    internal override Output? ForRecording(Output answer) => Probe.Read(answer) is null ? answer : null;

    /// <summary>The other lines are secrets of others, which nothing may show.</summary>
    protected override PathState? Towards(PathState? actual) =>
        actual is null ? null
        : TextFile.Edit(actual, File, lines => lines.RemoveAll(line => PppSecret.IsOf(line, Client, Server)))
            is { Content: { } content } edited
            ? edited with
            {
                Content = content.As($"{new Secret(File, () => "")}"),
            }
        : null;

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<PathState> diff) =>
        diff.Changes(s => s.Content) ? [new("line", $"{Client} {Server}", "none")] : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<PathState> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Operations(File, diff);
}
