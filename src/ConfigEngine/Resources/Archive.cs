namespace ConfigEngine.Resources;

/// <summary>
/// A directory with the contents of an archive (tar, alone or in gzip, bzip2, xz or zstd; zip). The archive is a file beside the
/// recipe, or the host fetches it. It is unpacked next to the directory and checked; only then does the result replace the whole
/// directory. The directory is left alone while the archive is the same and no file of it was changed; a note in the directory,
/// <c>.cfg-archive</c>, records both. Files that were added by hand are removed with the next archive, and the plan names them. An
/// archive with a device, a set-user-ID bit, or a path or link that leads out of the directory is refused.
/// </summary>
/// <theme>files</theme>
/// <example><code>
/// new Archive("/opt/app")
/// {
///     Url      = "https://example.com/app-1.2.tar.gz",
///     Checksum = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
///     Strip    = 1,
/// }
/// </code></example>
/// <param name="Path">The directory: an absolute path, in a directory that exists. At first it must be absent or empty.</param>
public sealed record Archive(string Path) : Resource<Archive.State>
{
    /// <summary>
    /// The archive itself: <c>Local("app.tar.gz")</c> for a file beside the recipe; null when <see cref="Url"/> is set.
    /// </summary>
    public Content? From { get; init; }

    /// <summary>
    /// The URL that the host fetches the archive from, over http or https, as a <see cref="Download"/>; null when <see
    /// cref="From"/> is set. The end of the URL tells the format, such as <c>.tar.gz</c>. Where it does not, a fragment can:
    /// <c>https://example.com/get?id=7#app.tar.gz</c>.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>
    /// The checksum of the archive at the URL: <c>sha256:</c> or <c>sha512:</c> and the digest in hexadecimal; null without a URL.
    /// </summary>
    public string? Checksum { get; init; }

    /// <summary>How many leading directories are removed from each path (tar(1), --strip-components); 0 by default.</summary>
    public int Strip { get; init; }

    /// <summary>
    /// The owner of the directory and all files in it, by name or number; left alone when null (new files belong to the session's
    /// user).
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The group of the same files, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// A path below the directory. While it exists, nothing else is checked, and nothing is unpacked. When null, the note decides.
    /// </summary>
    public string? Creates { get; init; }

    /// <summary>The largest size that the unpacked files may have; 4 GiB when null. A larger archive is refused.</summary>
    public ByteSize? MaxSize { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <summary>What a plan compares.</summary>
    /// <param name="Checksum">The archive that is unpacked there.</param>
    /// <param name="Strip">How many leading directories were left out.</param>
    /// <param name="Owner">The directory's owner.</param>
    /// <param name="Group">The directory's group.</param>
    /// <param name="Changed">Files of the archive that are missing or were changed.</param>
    /// <param name="Created">Whether the path of <see cref="Creates"/> exists.</param>
    public sealed record State(string? Checksum, int? Strip, string? Owner, string? Group, IReadOnlyList<string>? Changed, bool? Created)
    {
        internal string? Answer { get; init; }

        /// <summary>Files that were changed or added by hand. They are lost when the directory is replaced.</summary>
        internal IReadOnlyList<string> Made { get; init; } = [];
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in PathProbe.Problems(Path).Concat(PathProbe.Problems(Owner, Group)))
                yield return problem;
            if (NoPath.Kept.Contains(Path))
                yield return $"{Path} is part of the system and is never replaced";
            if (From is null == Url is null)
                yield return "it is either From a file beside the recipe or fetched from a Url: set only one of the two";
            if (Url is null != Checksum is null)
                yield return "a Url and a Checksum belong together";
            else if (Url is not null && Checksum is not null)
            {
                foreach (var problem in Download.Fetching(Url, Checksum))
                    yield return problem;
                if (FormOf(Url) is null)
                    yield return $"\"{Text.Excerpt(Url)}\" does not end as an archive does: .tar, .tar.gz, .tgz, .tar.bz2, .tar.xz, "
                        + $".tar.zst or .zip; add one as a fragment, such as #app.tar.gz";
            }

            if (Strip is < 0 or > 100)
                yield return $"Strip = {Strip} is not a number of leading directories";
            if (MaxSize is { Bytes: < 1 or > 1L << 50 })
                yield return "its MaxSize is not a valid size";
            if (
                Creates is not null
                && (Creates.Length == 0 || Creates.Contains('\0', StringComparison.Ordinal) || PathProbe.Problems($"/{Creates}").Any())
            )
                yield return $"\"{Text.Excerpt(Creates)}\" is not a path below it, in its plain form";
            if (From is { IsSecret: true })
                yield return "its archive holds a secret; make a File of that";
            else if (From is { Bytes: null })
                yield return "its archive is not here";
            else if (From is not null && ArchiveEntries.Of(From) is { } entries)
            {
                if (entries.Problem is { } problem)
                    yield return problem;
                if (entries.Size.CompareTo(Limit) > 0)
                    yield return $"it is {entries.Size.Human} when it is unpacked, and its MaxSize is {Limit.Human}";
            }
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<string> How => Strip == 0 ? [] : [$"without the first {Text.Count(Strip, "level")} of its directories"];

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "directory"), .. Claim.Owners(Owner, Group)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Under(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Under(Path), Aspect.AccessUnder(Path)];

    ByteSize Limit => MaxSize ?? ByteSize.FromGigabytes(4);

    string Sum => Checksum?.ToLowerInvariant() ?? $"sha256:{From?.Digest}";

    string Form => From is { Bytes: { } bytes } ? ArchiveEntries.FormOf(bytes.Span) : FormOf(Url ?? "") ?? "tar";

    /// <summary>The format that the end of a URL tells; null where it tells none.</summary>
    static string? FormOf(string url)
    {
        var end = url[(url.IndexOf('#', StringComparison.Ordinal) + 1)..].Split('?')[0];
        return
            ((string Ending, string Form)[])
                [
                    (".tar", "tar"),
                    (".tar.gz", "gz"),
                    (".tgz", "gz"),
                    (".tar.bz2", "bz2"),
                    (".tbz2", "bz2"),
                    (".tar.xz", "xz"),
                    (".txz", "xz"),
                    (".tar.zst", "zst"),
                    (".tzst", "zst"),
                    (".zip", "zip"),
                ]
                is var forms
            && Array.Find(forms, form => end.EndsWith(form.Ending, StringComparison.OrdinalIgnoreCase)) is { Form: { } found }
            ? found
            : null;
    }

    /// <summary>Each command that is needed, with the Debian package that contains it.</summary>
    IEnumerable<(string Tool, string Package)> Tools =>
        [
            Form is "zip" ? ("unzip", "unzip") : ("tar", "tar"),
            .. Form switch
            {
                "gz" => [("gzip", "gzip")],
                "bz2" => [("bzip2", "bzip2")],
                "xz" => [("xz", "xz-utils")],
                "zst" => [("zstd", "zstd")],
                _ => ((string, string)[])[],
            },
            .. Url is null ? ((string, string)[])[] : [("curl", "curl")],
        ];

    /// <inheritdoc/>
    protected override State Desired => Towards(null);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        Creates is null
            ? new(Sum, Strip, Owner, Group, actual?.Changed is null ? null : [], null)
            : new(null, null, null, null, null, true);

    PathProbe Place => new(Path, "directory") { Owner = Owner, Group = Group };

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Snippet, Parse)
        {
            Expecting = state => (Snippet, state is null ? PathProbe.Absence : KnownAnswer.Answer(state, state.Answer, Parse)),
            Needs = Needs,
        };

    Shell Snippet => $"cfg_archive {Path} {Owner ?? ""} {Group ?? ""} {Creates ?? ""} {Tools.Select(tool => tool.Tool)}";

    /// <summary>The answer after the missing tool or owner is added. Null where the answer is not text.</summary>
    static string? Complete(Output output)
    {
        var text = PathProbe.Complete(output) ?? System.Text.Encoding.UTF8.GetString(output.Stdout.Span);
        return text.Contains('\ufffd', StringComparison.Ordinal)
            ? null
            : string.Concat(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line => !line.StartsWith("tool ", StringComparison.Ordinal))
                    .Select(line => line + "\n")
            );
    }

    State? Parse(Output output)
    {
        var (place, lines) = Split(output);
        if (Place.Probe.Parse(place) is not { Type: "directory" } directory)
            return null;
        var answer = Complete(output);
        if (lines.Contains("created"))
            return new(null, null, null, null, null, true) { Answer = answer };
        bool? created = Creates is null ? null : false;
        if (lines.FirstOrDefault(line => line.StartsWith("archive ", StringComparison.Ordinal)) is not { } record)
            return new(null, null, directory.Owner, directory.Group, null, created) { Answer = answer };
        if (record.Split(' ') is not [_, var checksum, var strip])
            throw new UnexpectedOutputException($"expected an archive, got \"{Text.Excerpt(record)}\"");
        var lost = After(lines, "lost ");
        return new(
            checksum,
            Number.Read(strip, "a number of leading directories"),
            directory.Owner,
            directory.Group,
            [.. lost, .. After(lines, "more lost ").Select(more => $"and {more} more")],
            created
        )
        {
            Answer = answer,
            Made = [.. TreeDiff.Tops(After(lines, "new ")), .. After(lines, "more new ").Select(more => $"and {more} more")],
        };
    }

    IEnumerable<Need> Needs(Output output)
    {
        var (place, lines) = Split(output);
        foreach (var need in Place.Probe.Needs?.Invoke(place) ?? [])
            yield return need;
        foreach (var (tool, package) in Tools.Where(each => lines.Contains($"tool {each.Tool}")))
            yield return new(Aspect.Tool(tool), $"the host has no {(tool is "curl" ? "curl and no wget" : tool)}")
            {
                Hint = $"declare new Package(\"{package}\") before this line",
            };
        if (lines.Contains("other"))
            yield return new(Aspect.Path(Path), $"{Path} is not empty, and not from an archive")
            {
                Hint = "cfg does not replace it unasked; remove it with a NoPath first, or use another path",
            };
    }

    static readonly string[] Words = ["tool", "created", "archive", "lost", "new", "more", "empty", "other"];

    static IReadOnlyList<string> After(IReadOnlyList<string> lines, string word) =>
        [.. lines.Where(line => line.StartsWith(word, StringComparison.Ordinal)).Select(line => line[word.Length..])];

    /// <summary>The part of the answer about the directory itself, and the lines after that part.</summary>
    static (Output Place, IReadOnlyList<string> Lines) Split(Output output)
    {
        var lines = output.FileLines;
        var head = lines.Count > 1 && lines[0].StartsWith("symlink|", StringComparison.Ordinal) ? 3 : 2;
        var odd = lines.Skip(head).FirstOrDefault(line => !Words.Contains(line.Split(' ')[0]));
        return odd is null
            ? (Output.Of(string.Concat(lines.Take(head).Select(line => line + "\n"))), [.. lines.Skip(head)])
            : throw new UnexpectedOutputException($"expected what is in a directory, got \"{Text.Excerpt(odd)}\"");
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Checksum is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual is null
            ? []
            : diff.Actual.Made.Select(made => new Effect(
                EffectKind.Discards,
                made.StartsWith("and ", StringComparison.Ordinal) ? $"{made[4..]} in {Path}" : $"{Path}/{Text.Excerpt(made)}"
            )
            {
                Detail = diff.Actual.Changed?.Contains(made) is true ? "which was changed by hand" : "which is not from the archive",
            });

    /// <summary>How much the archive holds; null where that is not known here.</summary>
    string? Amount =>
        From is not null && ArchiveEntries.Of(From) is { } entries
            ? $"{entries.Count} entr{(entries.Count == 1 ? "y" : "ies")} ({entries.Size.Human})"
            : null;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) => Amount is { } amount ? [$"unpacks {amount}"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var what = Amount ?? "what is in it";
        yield return new($"cfg_unpack {Path} {Form} {Strip} {Owner ?? ""} {Group ?? ""} {Limit.Bytes} {Sum} {Url ?? ""}")
        {
            Input = From,
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(30),
            Title =
                (Url is null ? $"unpack {what}" : $"fetch {Url}, check that it is {Text.Excerpt(Sum)}, and unpack {what}")
                + $" into {Text.Excerpt(Path)}",
        };
    }
}
