using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A line that a file has. The file is edited by cfg and replaced as a whole; every other byte is kept. A new line gets the line
/// end that most lines have.
/// </summary>
/// <theme>files</theme>
/// <example><code>new Line("/etc/ssh/sshd_config", "PermitRootLogin no") { Replaces = "^#?PermitRootLogin " }</code></example>
/// <param name="Path">The file; it must exist.</param>
/// <param name="Text">The line, without a line end.</param>
public sealed record Line(string Path, string Text) : Resource<PathState>
{
    /// <summary>
    /// A regular expression (.NET) for the line that this one replaces. If several lines match, the last one is replaced and the
    /// others stay. When no line matches, or this is null, the line is added at the end.
    /// </summary>
    public string? Replaces { get; init; }

    /// <summary>
    /// A regular expression for the line after which a new line is put. If several lines match, the last one counts. The line is
    /// put at the end when this is null or no line matches.
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
    public override string Key => $"{Path}: {Text}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. Text.AsSpan().IndexOfAny('\n', '\r') >= 0 ? (string[])["it has a line end in it; a Block holds several lines"] : [],
            .. TextFile.Problems(Replaces),
            .. TextFile.Problems(After),
            .. Replaces is not null
            && TextFile.Problems(Replaces).FirstOrDefault() is null
            && !Regex.IsMatch(Text, Replaces, RegexOptions.None, TextFile.Patience)
                ? (string[])[$"Replaces = \"{Replaces}\" does not match the line itself, so a second apply would not find it"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            Claim.Line(Path, Text),
            .. Replaces is null
                ? (Claim[])[]
                :
                [
                    Claim.NoLine(
                        Path,
                        line => line != Text && Regex.IsMatch(line, Replaces, RegexOptions.None, TextFile.Patience),
                        $"{Values.Text.Excerpt(Text)} takes the place of what matches {Replaces}"
                    ) with
                    {
                        OnlyBefore = true,
                    },
                ],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new("file");

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => TextFile.Probe(Path);

    /// <inheritdoc/>
    protected override PathState Towards(PathState? actual) =>
        TextFile.Edit(
            actual,
            Path,
            lines =>
            {
                if (lines.Contains(Text))
                    return;
                if (lines.LastMatch(Replaces) is { } replaced)
                    lines[replaced] = Text;
                else if (lines.LastMatch(After) is { } before)
                    lines.Insert(before + 1, Text);
                else
                    lines.Add(Text);
            }
        );

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<PathState> diff) =>
        FileWrite.LinesLost(Path, TextFile.Lines(diff.Actual?.Content, Path).LastMatch(Replaces) is null ? 0 : 1);

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
