using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A file that the host itself fetches, identified by its checksum. Nothing is fetched while the file has that checksum. The
/// fetched file replaces the old one only if it has the checksum too.
/// </summary>
/// <theme>files</theme>
/// <example><code>
/// new Download("/opt/app.tar.gz")
/// {
///     Url      = "https://example.com/app-1.2.tar.gz",
///     Checksum = "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
/// }
/// </code></example>
/// <param name="Path">An absolute path, in a directory that exists.</param>
public sealed partial record Download(string Path) : Resource<Download.State>
{
    /// <summary>The URL, over http or https. Redirects are followed; the host needs curl or wget.</summary>
    public required string Url { get; init; }

    /// <summary>The checksum that the file must have: <c>sha256:</c> or <c>sha512:</c> and the digest in hexadecimal.</summary>
    public required string Checksum { get; init; }

    /// <summary>The owner, by name or number; left alone when null (a new file belongs to the session's user).</summary>
    public string? Owner { get; init; }

    /// <summary>The group, by name or number; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>The mode, in octal; left alone when null (a new file gets 0644).</summary>
    public Mode? Mode { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        PathProbe.Problems(Path).Concat(PathProbe.Problems(Owner, Group)).Concat(Fetching(Url, Checksum));

    /// <summary>What is wrong with a URL and with the checksum of the file that is fetched there.</summary>
    internal static IEnumerable<string> Fetching(string from, string checksum)
    {
        if (
            !Uri.TryCreate(from, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || from.Any(c => c <= ' ' || c > '~')
        )
            yield return $"\"{Text.Excerpt(from)}\" is not a URL of http or https";
        else if (url.UserInfo.Length > 0)
            yield return "its URL holds a user or a password, which every user of the host could read while it is fetched";
        if (!Digest().IsMatch(checksum))
            yield return $"\"{Text.Excerpt(checksum)}\" is not a checksum: sha256: and 64, or sha512: and 128 hexadecimal digits";
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "file"), .. Claim.Owners(Owner, Group), .. Claim.ModeOf(Path, Mode)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Checksum">The digest of the file that is there now.</param>
    /// <param name="Owner">The owner.</param>
    /// <param name="Group">The group.</param>
    /// <param name="Mode">The permission bits.</param>
    public sealed record State(string? Checksum, string? Owner, string? Group, Mode? Mode)
    {
        internal string? Answer { get; init; }
    }

    string Tool => Checksum.StartsWith("sha512:", StringComparison.Ordinal) ? "sha512sum" : "sha256sum";

    /// <inheritdoc/>
    protected override State Desired => new(Checksum.ToLowerInvariant(), Owner, Group, Mode);

    PathProbe File =>
        new(Path, "file")
        {
            Owner = Owner,
            Group = Group,
            FetchLimit = -1,
        };

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Snippet, Parse)
        {
            Expecting = state =>
                (Snippet, state is null ? $"fetches\n-\n{PathProbe.Absence}" : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = [Tool],
            Needs = output =>
            {
                var (fetches, _, path) = Split(output);
                var needs = File.Probe.Needs(path);
                return fetches
                    ? needs
                    : needs.Append(
                        new(Aspect.Tool("curl"), "the host has neither curl nor wget")
                        {
                            Hint = "declare new Package(\"curl\") before this line",
                        }
                    );
            },
        };

    State? Parse(Output output)
    {
        var (_, digest, path) = Split(output);
        return File.Probe.Parse(path) is { } state
            ? new($"{Tool[..6]}:{digest}", state.Owner, state.Group, state.Mode) { Answer = Complete(digest, path) }
            : null;
    }

    Shell Snippet => $"cfg_downloaded {Path} {Tool} || exit\n{File.Probe.Script}";

    /// <summary>The answer after the missing tool or owner is added.</summary>
    static string Complete(string digest, Output path) => $"fetches\n{digest}  -\n{PathProbe.Complete(path) ?? path.Text}";

    static (bool Fetches, string Digest, Output Path) Split(Output output)
    {
        Cursor cursor = new(output.Stdout);
        var fetches = cursor.Line() switch
        {
            "fetches" => true,
            "cannot" => false,
            var other => throw new UnexpectedOutputException($"expected whether it can be fetched, got \"{Text.Excerpt(other)}\""),
        };
        var digest = cursor.Line().Split(' ')[0];
        return (fetches, digest, output with { Stdout = cursor.Rest });
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates || diff.Changes(s => s.Checksum))
        {
            yield return new(
                $"cfg_download {Url} {Checksum.ToLowerInvariant()} {Path} {Owner ?? ""} {Group ?? ""} {Mode?.ToString() ?? ""}"
            )
            {
                TellsFirstWrite = true,
                Title = $"fetch {Url}, check that it is {Text.Excerpt(Checksum)}, and put it at {Text.Excerpt(Path)}",
            };
            yield break;
        }

        var gives = diff.Changes(s => s.Owner) || diff.Changes(s => s.Group);
        if (gives || diff.Changes(s => s.Mode))
            yield return FileWrite.Own(
                Path,
                gives ? new(Owner, Group) : Ownership.Kept,
                Mode ?? diff.Actual?.Mode,
                Checksum.ToLowerInvariant()["sha256:".Length..]
            );
    }

    [GeneratedRegex("^(sha256:[0-9A-Fa-f]{64}|sha512:[0-9A-Fa-f]{128})\\z")]
    private static partial Regex Digest();
}
