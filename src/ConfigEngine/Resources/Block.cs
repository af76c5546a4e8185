namespace ConfigEngine.Resources;

/// <summary>
/// Some lines of a file, between two comments that say whose they are: <c># BEGIN name</c> and <c># END name</c>. The file
/// is edited here and replaced whole; the rest of it is kept to the byte. A block that was altered by hand is put back.
/// </summary>
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
/// <param name="Name">The block's name: several blocks of one file have different ones.</param>
public sealed record Block(string Path, string Name) : Resource<PathState>
{
    /// <summary>
    /// The lines: text, or <c>Local("path")</c>. A line end at its end makes no difference. Secrets in <c>$"…{secret}…"</c> make the
    /// file secret: plans show a digest of it instead of a diff.
    /// </summary>
    public required Content Content { get; init; }

    /// <summary>
    /// What begins a comment in the file: <c>#</c> unless said otherwise. For comments that also end, both with a space between:
    /// <c>&lt;!-- --&gt;</c>.
    /// </summary>
    public string Comment { get; init; } = "#";

    /// <summary>
    /// A regular expression (.NET) for the line that a new block is put after: of several the last. At the end when null or where
    /// none matches. A block that is there stays where it is.
    /// </summary>
    public string? After { get; init; }

    /// <summary>What <see cref="After"/> was called before; it is the same, also when null.</summary>
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
