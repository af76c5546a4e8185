namespace ConfigEngine.Resources;

/// <summary>
/// Some lines of a file, between two comments that name the block: <c># BEGIN name</c> and <c># END name</c>. The file is edited by
/// cfg and replaced as a whole; every byte outside the block is kept. A block that was edited by hand is restored.
/// </summary>
/// <theme>files</theme>
/// <example><code>
/// new Block("/etc/ssh/ssh_config", "keepalive")
/// {
///     Content = """
///         Host *
///           ServerAliveInterval 300
///           ServerAliveCountMax 5
///         """,
/// }
/// </code></example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Name">The block's name. Several blocks in one file need different names.</param>
public sealed record Block(string Path, string Name) : Resource<PathState>
{
    /// <summary>
    /// The lines: text, or <c>Local("path")</c>. A line end after the last line makes no difference. Secrets in
    /// <c>$"…{secret}…"</c> make the file secret: plans show a digest of it instead of a diff.
    /// </summary>
    public required Content Content { get; init; }

    /// <summary>
    /// The text that begins a comment in the file; <c>#</c> by default. For comments that also need an end, give both with a space
    /// between: <c>&lt;!-- --&gt;</c>.
    /// </summary>
    public string Comment { get; init; } = "#";

    /// <summary>
    /// A regular expression (.NET) for the line after which a new block is put. If several lines match, the last one counts. The
    /// block is put at the end when this is null or no line matches. An existing block is not moved.
    /// </summary>
    public string? After { get; init; }

    /// <summary>The old name of <see cref="After"/>. It does the same, also when null.</summary>
    [Obsolete("It is called After.")]
    public string? Behind
    {
        get => After;
        init => After = value;
    }

    /// <inheritdoc/>
    public override string Key => $"{Path}: {Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. TextFile.Problems(After),
            .. Content is { IsSecret: false, Text: null } ? (string[])["its content is not UTF-8 text"] : [],
            .. Region.Problems(Name, Comment, Content.IsSecret ? [] : Lines),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => Content.IsSecret ? [] : Lines.Select(line => Claim.Line(Path, line));

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    string[] Lines => Content.Text is { } text ? [.. new TextLines(text).Texts] : [];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => TextFile.Probe(Path);

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual)
    {
        var edited = TextFile.Edit(
            actual,
            Path,
            lines => new Region(Name, Comment).Set(lines, Lines, () => lines.LastMatch(After) + 1 ?? lines.Count)
        );
        return edited with { Content = edited.Content?.As(Content) };
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.Notes(Content, diff);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
