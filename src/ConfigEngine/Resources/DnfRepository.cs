using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A repository that dnf(8) takes packages from: /etc/yum.repos.d/NAME.repo (dnf.conf(5)), with its key in /etc/pki/rpm-gpg. A
/// change is tried first: the index of this repository alone is fetched and, if it is signed, checked with the key. The files
/// change only when that worked. A package that is not signed by the key is refused when it is installed. rpm keeps its keys in one
/// place: after it has imported a key, it accepts packages signed by that key from any repository.
/// </summary>
/// <theme>packages</theme>
/// <example><code>
/// new DnfRepository("example")
/// {
///     Uris = ["https://packages.example.org/el/$releasever/$basearch"],
///     SigningKey = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n…\n-----END PGP PUBLIC KEY BLOCK-----\n",
/// }
/// </code></example>
/// <param name="Name">Its id and the name of the files: letters, digits, dots, dashes and underscores.</param>
public sealed partial record DnfRepository(string Name) : Resource<DnfRepository.State>
{
    /// <summary>
    /// The URLs of the repository. Several are mirrors of the same repository. dnf replaces <c>$releasever</c>, <c>$basearch</c>
    /// and its other variables.
    /// </summary>
    public required IReadOnlyList<string> Uris { get; init; }

    /// <summary>
    /// The public key that signs the packages, as armoured text. When null, the keys that rpm already has are used.
    /// </summary>
    public Content? SigningKey { get; init; }

    /// <summary>
    /// Whether the index is signed by that key too (repomd.xml.asc), and is checked each time it is fetched. Not when null.
    /// </summary>
    public bool? SignedIndex { get; init; }

    /// <summary>Whether dnf uses the repository; it does when null.</summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// Whether dnf takes packages from the repository although they are not signed, as for a local directory. Not when null.
    /// </summary>
    public bool? Unsigned { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    string File => $"/etc/yum.repos.d/{Name}.repo";

    string KeyFile => $"/etc/pki/rpm-gpg/RPM-GPG-KEY-{Name}";

    RepositoryFiles Files => new(File, Wanted, KeyFile, SigningKey);

    /// <summary>The file without the line for the key, which is the last line.</summary>
    string Section =>
        string.Concat(
            (
                (string[])
                    [
                        $"[{Name}]",
                        $"name={Name}",
                        $"baseurl={string.Join(' ', Uris)}",
                        $"enabled={(Enabled is not false ? 1 : 0)}",
                        $"gpgcheck={(Unsigned is not true ? 1 : 0)}",
                        $"repo_gpgcheck={(SignedIndex is true ? 1 : 0)}",
                    ]
            ).Select(line => line + "\n")
        );

    Content Wanted => SigningKey is null ? Section : $"{Section}gpgkey=file://{KeyFile}\n";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. Id().IsMatch(Name) && Name is not "main"
                ? (string[])[]
                : [$"\"{Name}\" is not a valid id for a repository: letters, digits, dots, dashes and underscores, and not main"],
            .. Uris.Count == 0 ? (string[])["it needs at least one of Uris"] : [],
            .. Uris.Where(uri => !Uri().IsMatch(uri))
                .Select(uri => $"\"{Text.Excerpt(uri)}\" is not a URI that dnf takes, such as https://packages.example.org/el"),
            .. RepositoryFiles.Problems(SigningKey, Unsigned),
            .. SigningKey is not null && SigningKey.Text is null ? (string[])["its SigningKey is not armoured: rpm takes text alone"] : [],
            .. SignedIndex is true && SigningKey is null ? (string[])["SignedIndex needs the SigningKey that signs it"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File), Aspect.Path(KeyFile)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Aspect.Path(KeyFile), new(PackageIndex.Aspect, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File), Aspect.Path(KeyFile)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Repo">The file for dnf.</param>
    /// <param name="Mode">The mode of that file.</param>
    /// <param name="SigningKey">The key.</param>
    /// <param name="SigningKeyMode">The mode of the key's file.</param>
    public sealed record State(Content? Repo, Mode? Mode, Content? SigningKey, Mode? SigningKeyMode);

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "0644", SigningKey, SigningKey is null ? (Mode?)null : "0644");

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_dnf_elsewhere {File} {Name}\n{Files.Script}",
            output =>
                Files.Read(output) is not (null, null) and var (repo, key) ? new(repo?.Content, repo?.Mode, key?.Content, key?.Mode) : null
        )
        {
            Prelude = Shell.Verbatim(Script.OfProbe("packages-dnf") + Script.OfProbe("repositories-dnf")),
            Tools = ["dnf"],
            Needs = output =>
                RepositoryFiles
                    .Elsewhere(output)
                    .Select(file => new Need(Aspect.Path(file), $"{file} has a repository {Name}, and dnf does not take an id twice")
                    {
                        Hint = $"before this line, declare new {WithoutIt(file)}, or take another name",
                    }),
        };

    static string WithoutIt(string file) =>
        file.StartsWith("/etc/yum.repos.d/", StringComparison.Ordinal) && file.EndsWith(".repo", StringComparison.Ordinal)
            ? $"NoDnfRepository(\"{file[(file.LastIndexOf('/') + 1)..^".repo".Length]}\")"
            : $"NoPath(\"{file}\")";

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Repo is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        Unsigned is true && diff.Changes(s => s.Repo) ? ["packages from it are installed although nobody signed them"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Changes(s => s.Repo) || diff.Changes(s => s.SigningKey))
        {
            var (both, keyLength) = RepositoryFiles.Together(SigningKey, Section);
            var isTried = Enabled is not false;
            yield return new($"cfg_dnf_source {Name} {(SigningKey is null ? "" : KeyFile)} {(long)keyLength} {(isTried ? "try" : "")}")
            {
                Input = both,
                TellsFirstWrite = true,
                Deadline = TimeSpan.FromMinutes(16),
                Title =
                    (isTried ? "$ dnf makecache, for this repository alone; then " : "")
                    + $"write {(SigningKey is null ? "" : KeyFile + " and ")}{File}",
            };
        }
        else
        {
            if (diff.Changes(s => s.Mode))
                yield return Run($"chmod 0644 -- {File}");
            if (diff.Changes(s => s.SigningKeyMode))
                yield return Run($"chmod 0644 -- {KeyFile}");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[a-z][a-z0-9+-]*:[^\s\p{Cc},]+\z")]
    private static partial Regex Uri();
}
