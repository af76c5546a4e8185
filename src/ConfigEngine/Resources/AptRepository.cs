using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A repository that apt(8) takes packages from: /etc/apt/sources.list.d/NAME.sources (sources.list(5), deb822), with its key in
/// /etc/apt/keyrings. A change is tried first: the index of this repository alone is fetched with the new key, and the files change
/// only when that worked. When the repository cannot be reached, or is not signed by the key, nothing changes. A file NAME.list
/// with the same repository, as one-line entries, is removed. Such a file with another name is an error, because apt does not take
/// a repository twice.
/// </summary>
/// <theme>packages</theme>
/// <example><code>
/// new AptRepository("example")
/// {
///     Uris = ["https://packages.example.org/debian"],
///     Suites = ["bookworm"],
///     Components = ["main"],
///     SigningKey = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n…\n-----END PGP PUBLIC KEY BLOCK-----\n",
/// }
/// </code></example>
/// <param name="Name">The name of the files: letters, digits, dots, dashes and underscores.</param>
public sealed partial record AptRepository(string Name) : Resource<AptRepository.State>
{
    /// <summary>The URLs of the repository. Several are mirrors of the same repository.</summary>
    public required IReadOnlyList<string> Uris { get; init; }

    /// <summary>
    /// The suites, such as <c>bookworm</c>. For a repository without suites: a path that ends with a slash, such as <c>./</c>.
    /// </summary>
    public required IReadOnlyList<string> Suites { get; init; }

    /// <summary>The components, such as <c>main</c>; none when null, as for a path.</summary>
    public IReadOnlyList<string>? Components { get; init; }

    /// <summary>The architectures; those of the host when null.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary><c>deb</c>, <c>deb-src</c> or both; <c>deb</c> when null.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>
    /// The public key that signs the repository, armoured or binary. It is trusted for this repository only. When null, apt uses
    /// the keys that the host trusts for every repository.
    /// </summary>
    public Content? SigningKey { get; init; }

    /// <summary>Whether apt uses the repository; it does when null.</summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// Whether apt takes packages from the repository although it is not signed, as for a local directory. Not when null.
    /// </summary>
    public bool? Unsigned { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    string List => $"/etc/apt/sources.list.d/{Name}.list";

    string Sources => $"/etc/apt/sources.list.d/{Name}.sources";

    string KeyFile => $"/etc/apt/keyrings/{Name}.{(RepositoryFiles.IsArmoured(SigningKey) ? "asc" : "gpg")}";

    RepositoryFiles Files => new(Sources, Wanted, KeyFile, SigningKey);

    /// <summary>The file without the line for the key, which is the last line.</summary>
    internal string Stanza
    {
        get
        {
            List<string> lines =
            [
                $"Types: {string.Join(' ', Types ?? ["deb"])}",
                $"URIs: {string.Join(' ', Uris)}",
                $"Suites: {string.Join(' ', Suites)}",
            ];
            if (Components is { Count: > 0 })
                lines.Add($"Components: {string.Join(' ', Components)}");
            if (Architectures is { Count: > 0 })
                lines.Add($"Architectures: {string.Join(' ', Architectures)}");
            if (Enabled is false)
                lines.Add("Enabled: no");
            if (Unsigned is true)
                lines.Add("Trusted: yes");
            return string.Concat(lines.Select(line => line + "\n"));
        }
    }

    Content Wanted => SigningKey is null ? Stanza : $"{Stanza}Signed-By: {KeyFile}\n";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!FileName().IsMatch(Name))
                yield return $"\"{Name}\" is not a valid name for a file of apt's: letters, digits, dots, dashes and underscores";
            if (Uris.Count == 0 || Suites.Count == 0)
                yield return "it needs at least one of Uris and of Suites";
            foreach (var uri in Uris.Where(uri => !Uri().IsMatch(uri)))
                yield return $"\"{Text.Excerpt(uri)}\" is not a URI that apt takes, such as https://packages.example.org/debian";
            foreach (
                var word in ((IReadOnlyList<string>?[])[Suites, Components, Architectures])
                    .SelectMany(words => words ?? [])
                    .Where(word => !Word().IsMatch(word))
            )
                yield return $"\"{Text.Excerpt(word)}\" is not one word: list them one by one";
            foreach (var suite in Suites.Where(suite => suite.EndsWith('/') == (Components is { Count: > 0 })))
                yield return suite.EndsWith('/')
                    ? $"{suite} is a path, which has no components"
                    : $"the suite {suite} needs Components; a path ends with a slash";
            foreach (var type in (Types ?? []).Where(type => type is not "deb" and not "deb-src"))
                yield return $"\"{Text.Excerpt(type)}\" is not one of deb and deb-src";
            foreach (var problem in RepositoryFiles.Problems(SigningKey, Unsigned))
                yield return problem;
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <summary>The URLs where apt looks for the index of each suite, as apt itself writes them.</summary>
    IEnumerable<string> Indexes =>
        Uris.SelectMany(
            _ => Suites,
            (uri, suite) => suite.EndsWith('/') ? $"{uri.TrimEnd('/')}/{suite.TrimEnd('/')}" : $"{uri.TrimEnd('/')}/dists/{suite}"
        );

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(Sources), Aspect.Path(List), Aspect.Path(KeyFile)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [Aspect.Path(Sources), Aspect.Path(List), Aspect.Path(KeyFile), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(Sources), Aspect.Path(KeyFile)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Sources">The file for apt.</param>
    /// <param name="Mode">The mode of that file.</param>
    /// <param name="SigningKey">The key.</param>
    /// <param name="SigningKeyMode">The mode of the key's file.</param>
    /// <param name="ListFile">The file that has the repository as one-line entries, or <c>none</c>.</param>
    public sealed record State(Content? Sources, Mode? Mode, Content? SigningKey, Mode? SigningKeyMode, string? ListFile);

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "0644", SigningKey, SigningKey is null ? (Mode?)null : "0644", "none");

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.ListFile is { } list && list != "none" ? Desired : Desired with { ListFile = null };

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_elsewhere {Sources} {(Uris.Count == 1 ? Uris[0].TrimEnd('/') : "")} {Indexes}\n{Files.Script}", Parse)
        {
            Prelude = Shell.Verbatim(Script.OfProbe("sources")),
            Tools = ["apt-get"],
            Needs = output =>
                RepositoryFiles
                    .Elsewhere(output)
                    .Where(file => file != List)
                    .Select(file => new Need(Aspect.Path(file), $"{file} has the same repository, and apt does not take one twice")
                    {
                        Hint =
                            "before this line, declare "
                            + (
                                file.StartsWith("/etc/apt/sources.list.d/", StringComparison.Ordinal)
                                    ? $"new NoAptRepository(\"{file[(file.LastIndexOf('/') + 1)..file.LastIndexOf('.')]}\")"
                                    : "a NoLine or a NoPath that takes it out there"
                            ),
                    })
                    .Concat(PathProbe.Denials(Sources, AnswerHead.Split(output, 3).Remainder)),
        };

    State? Parse(Output output)
    {
        var (sources, key) = Files.Read(output);
        var list = RepositoryFiles.Elsewhere(output).Contains(List) ? List : "none";
        return sources is not null || key is not null || list != "none"
            ? new(sources?.Content, sources?.Mode, key?.Content, key?.Mode, list)
            : null;
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Sources is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        Unsigned is true && diff.Changes(s => s.Sources) ? ["packages from it are installed although nobody signed them"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual?.ListFile == List ? [new(EffectKind.Removes, List) { InAttributes = true }] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Sources) || diff.Changes(s => s.SigningKey))
        {
            var (both, keyLength) = RepositoryFiles.Together(SigningKey, Stanza);
            var keyFile = SigningKey is null ? null : KeyFile;
            yield return Enabled is false
                ? AptSource.Write(Sources, keyFile, both, keyLength)
                : AptSource.TryAndWrite(Sources, keyFile, both, keyLength);
        }
        else
        {
            if (diff.Changes(s => s.Mode))
                yield return Run($"chmod 0644 -- {Sources}");
            if (diff.Changes(s => s.SigningKeyMode))
                yield return Run($"chmod 0644 -- {KeyFile}");
        }

        if (diff.Actual?.ListFile == List)
            yield return Run($"rm -f -- {List}");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^[a-z][a-z0-9+-]*:[^\s\p{Cc}]+\z")]
    private static partial Regex Uri();

    [GeneratedRegex(@"^[^\s\p{Cc}#,]+\z")]
    private static partial Regex Word();
}
