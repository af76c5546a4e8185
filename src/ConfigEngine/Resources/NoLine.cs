using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>Lines that a file does not have. The file is edited by cfg and replaced as a whole; every other byte is kept.</summary>
/// <theme>files</theme>
/// <example><code>new NoLine("/etc/fstab") { Matching = @"^\S+\s+/mnt/old\s" }</code></example>
/// <param name="Path">The file. If it does not exist, there is nothing to do.</param>
public sealed record NoLine(string Path) : Resource<PathState>
{
    /// <summary>
    /// The whole line, without a line end: every equal line is removed. Set either this or <see cref="Matching"/>; null with the
    /// other.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>A regular expression (.NET): every line that it matches is removed. Null when <see cref="Text"/> is set.</summary>
    public string? Matching { get; init; }

    /// <inheritdoc/>
    public override string Key => $"{Path}: {Text ?? $"/{Matching}/"}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. TextFile.Problems(Matching),
            .. (Text is null) == (Matching is null)
                ? (string[])["set either Text, for a line as a whole, or Matching, for a regular expression"]
                : [],
            .. Text is not null && Text.AsSpan().IndexOfAny('\n', '\r') >= 0
                ? (string[])["Text has a line end in it; it is one line"]
                : [],
            .. Matching is not null
            && TextFile.Problems(Matching).FirstOrDefault() is null
            && Regex.IsMatch("", Matching, RegexOptions.None, TextFile.Patience)
            && Matching is not ("^$" or @"^\s*$")
                ? (string[])[$"Matching = \"{Matching}\" matches an empty line, and perhaps every line; only \"^$\" and \"^\\s*$\" may"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            Claim.NoLine(
                Path,
                line => Goes(line),
                Text is null ? $"{Path} has no line that matches {Matching}" : $"{Path} has no line {Values.Text.Excerpt(Text)}"
            ),
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected override PathState Desired => new(null);

    /// <inheritdoc/>
    protected override Probe<PathState> Probe => new PathProbe(Path, "file").Probe;

    /// <inheritdoc/>
    protected override PathState? Towards(PathState? actual) =>
        actual is null ? null : TextFile.Edit(actual, Path, lines => lines.RemoveAll(Goes));

    Predicate<string> Goes
    {
        get
        {
            if (Matching is null)
                return line => line == Text;
            Regex regex = new(Matching, RegexOptions.CultureInvariant, TextFile.Patience);
            return line => TextFile.IsMatch(regex, line);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<PathState> diff) => FileWrite.NamesLeft(diff);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<PathState> diff) =>
        FileWrite.LinesLost(Path, TextFile.Lines(diff.Actual?.Content, Path).Texts.Count(line => Goes(line)));

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<PathState> diff) => FileWrite.Checked(Path, diff);
}
