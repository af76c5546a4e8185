namespace ConfigEngine.Resources;

/// <summary>
/// A symbolic link. It replaces another link in one step. A file or a directory at its path is an error, and is never replaced. A
/// link that breaks a configuration (for example in sites-enabled) is not made; see <see cref="File.Validate"/> for the
/// configurations that are checked.
/// </summary>
/// <theme>files</theme>
/// <example><code>new Symlink("/etc/nginx/sites-enabled/app") { Target = "../sites-available/app" }</code></example>
/// <param name="Path">The link: an absolute path, in a directory that exists.</param>
public sealed record Symlink(string Path) : Resource<PathState>
{
    /// <summary>
    /// The target, exactly as it is written into the link: absolute, or relative to the link's directory. It need not exist
    /// (symlink(7)).
    /// </summary>
    public required string Target { get; init; }

    /// <summary>The link's own owner, by name or number; left alone when null (a new link belongs to the session's user).</summary>
    public string? Owner { get; init; }

    /// <summary>The link's own group, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. Target.Length == 0 ? (string[])["a link must point somewhere: its Target is empty"] : [],
            .. Target.Contains('\0', StringComparison.Ordinal) ? (string[])["its Target holds a NUL character"] : [],
            .. Target == Path ? (string[])["it would point to itself"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "symbolic link"), .. Claim.Owners(Owner, Group)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("symlink", Target: Target, Owner: Owner, Group: Group);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => new PathProbe(Path, "symlink") { Owner = Owner, Group = Group }.Probe;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff)
    {
        // If the recipe gives no owner, a new link keeps the owner of the link that it replaces.
        var link = LinkWrite.To(Path, Target, Owner ?? diff.Actual?.Owner, Group ?? diff.Actual?.Group);
        yield return diff.Creates || diff.Changes(s => s.Target)
            ? link
            : link with
            {
                Title = $"give {Text.Excerpt(Path)} to {new Ownership(Owner, Group)}",
            };
    }
}
