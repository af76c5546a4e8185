namespace ConfigEngine.Resources;

/// <summary>
/// No site of nginx with this name: its link in sites-enabled and its file are removed, if the configuration is right without them.
/// nginx goes on serving it until it is reloaded: <c>Notifies = [nginx.Reload]</c>.
/// </summary>
/// <theme>web</theme>
/// <example><code>new NoNginxSite("default")</code></example>
/// <param name="Name">The file's name, in sites-available or, without its ending, in conf.d.</param>
public sealed record NoNginxSite(string Name) : Resource<NoNginxSite.State>
{
    NginxSite Site => new(Name);

    string[] Paths => [Site.Link, Site.Available, Site.Conf];

    /// <inheritdoc/>
    public override string Key => Name;

    /// <summary>What a plan compares.</summary>
    /// <param name="Paths">The files and links that are there.</param>
    public sealed record State(IReadOnlyList<string>? Paths);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => NginxSite.NameProblems(Name);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => Paths.Select(Claim.NoPath);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => Writes;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => Paths.Select(Aspect.Path);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => Writes;

    /// <inheritdoc/>
    protected override State Desired => new((IReadOnlyList<string>)[]);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe => new($"cfg_no_nginx_site {Name}", Parse);

    State? Parse(Output output) =>
        output.Lines.FirstOrDefault(line => !Paths.Contains(line)) is { } other
            ? throw new UnexpectedOutputException($"expected the paths of a site, got \"{Text.Excerpt(other)}\"")
        : output.Lines.Count == 0 ? null
        : new(output.Lines);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        IReadOnlyList<string> there = diff.Actual?.Paths ?? Paths;
        var check = Checks.BeforeRemoval(there);
        foreach (var path in there)
        {
            yield return new($"{check}cfg_remove {PathProbe.Parent(path)} {path[(path.LastIndexOf('/') + 1)..]}")
            {
                TellsFirstWrite = true,
                Title = $"remove {path}{(path == there[0] ? ", checked by: nginx -t" : "")}",
            };
            check = $"";
        }
    }
}
