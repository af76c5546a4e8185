using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A directory with a commit of a git repository. A branch or tag is looked up in the repository during planning, so the plan names
/// the commit. If the branch moves before the plan is applied, the plan is out of date. The checkout is not on a branch
/// ("detached"). Files that git does not know are left alone; where the commit has a file in the same place, that is an error.
/// Submodules are an error too; they are not probed. As root, a directory that other users can write is an error: set <see
/// cref="Resource.As"/> there.
/// </summary>
/// <theme>files</theme>
/// <example>
/// <code>
/// new GitCheckout("/srv/app") { Repository = "https://example.com/app.git", Revision = "v1.2", As = "deploy" }
/// </code>
/// </example>
/// <param name="Path">An absolute path, in a directory that exists. At first the path itself must be absent or empty.</param>
public sealed partial record GitCheckout(string Path) : Resource<GitCheckout.State>
{
    /// <summary>
    /// The repository to fetch from, as git(1) takes it: a URL, <c>user@host:path</c>, or a path on the host. Over ssh, the
    /// repository's host key must be known on the host, and the login key must need no passphrase, because nothing can be asked.
    /// </summary>
    public required string Repository { get; init; }

    /// <summary>A branch, a tag, or a full commit id, which needs no look-up; the repository's default branch when null.</summary>
    public string? Revision { get; init; }

    /// <summary>
    /// What happens to files that were changed by hand, and to a commit that was made in the directory; an error by default.
    /// </summary>
    public LocalChanges LocalChanges { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <summary>A little less than the deadline of the change, so that git itself reports that the fetch took too long.</summary>
    int FetchSeconds => (int)Math.Max(10, (Deadline ?? TimeSpan.FromMinutes(5)).TotalSeconds - 10);

    bool IsCommit => Revision is not null && CommitId().IsMatch(Revision);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. Repository.Length == 0 || Repository.StartsWith('-') || Repository.Any(char.IsControl)
                ? (string[])[$"\"{Text.Excerpt(Repository)}\" is not a valid repository"]
                : [],
            .. WithPassword().IsMatch(Repository)
                ? (string[])
                    ["the repository's URL holds a password, which would be written into the checkout; use a key, or a credential helper"]
                : [],
            .. Revision is null || (Ref().IsMatch(Revision) && !Revision.Contains("..", StringComparison.Ordinal))
                ? (string[])[]
                : [$"\"{Text.Excerpt(Revision)}\" is not a valid branch, tag or commit id (git-check-ref-format(1))"],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "directory")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Under(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Under(Path)];

    /// <summary>What a plan compares.</summary>
    /// <param name="Commit">The commit that is checked out.</param>
    /// <param name="Repository">Where it is fetched from.</param>
    /// <param name="Changes">Files that were changed by hand.</param>
    public sealed record State(Known<GitCommit>? Commit, string? Repository, IReadOnlyList<string>? Changes)
    {
        /// <summary>Whether there is no commit yet.</summary>
        internal bool IsEmpty => Commit is null || Commit.Value == GitCommit.None;

        internal GitCommit? Wanted { get; init; }

        internal string? Answer { get; init; }

        /// <summary>Whether the commit is on no branch and no tag of the repository, as far as it was ever fetched.</summary>
        internal bool IsLocal { get; init; }

        /// <summary>Files that git does not know and that the desired commit would replace.</summary>
        internal IReadOnlyList<string> InTheWay { get; init; } = [];

        internal bool HasSubmodules { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired => Towards(null);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        new(
            IsCommit && Revision is { } commit ? new GitCommit(commit.ToLowerInvariant()) : actual?.Wanted ?? Known<GitCommit>.AfterApply,
            Repository,
            actual?.Changes is null ? null : []
        );

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Snippet("whole"), Parse)
        {
            Prelude = Functions,

            // An earlier change may create the parent directory. Files in the way were found by a fetch; one fetch is enough.
            Expecting = state => (Snippet(""), state is null ? null : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = ["git", "timeout"],
            Needs = Needs,
        };

    static Shell Functions { get; } = Shell.Verbatim(Script.OfProbe("git"));

    /// <summary>
    /// Asks the repository for exactly one ref. The target of an annotated tag has <c>^{}</c> after its name (git-ls-remote(1)).
    /// </summary>
    Shell Snippet(string whole) =>
        $"cfg_checkout {Path} {Repository} {Revision ?? ""} {(Revision is null ? "head" : IsCommit ? "commit" : "ref")} {whole}";

    State Parse(Output output)
    {
        var lines = output.Lines.Select(line => line.Split('=', 2)).ToList();
        if (
            lines.Find(line =>
                line.Length < 2
                || line[0]
                    is not (
                        "parent"
                        or "type"
                        or "commit"
                        or "change"
                        or "origin"
                        or "ref"
                        or "submodules"
                        or "local"
                        or "in-the-way"
                        or "missing"
                        or "theirs"
                    )
            ) is
            { } odd
        )
            throw new UnexpectedOutputException($"expected NAME=VALUE, got \"{Text.Excerpt(string.Join('=', odd))}\"");
        var commit = One(lines, "commit");
        return new(
            commit is { Length: > 0 } ? new GitCommit(commit) : GitCommit.None,
            One(lines, "origin"),
            [.. lines.Where(line => line[0] is "change").Select(line => line[1].Trim())]
        )
        {
            Answer = string.Concat(
                output
                    .Text.Replace("parent=absent\n", "parent=directory\n", StringComparison.Ordinal)
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(line =>
                        !line.StartsWith("in-the-way=", StringComparison.Ordinal) && !line.StartsWith("missing=", StringComparison.Ordinal)
                    )
                    .Select(line => line + "\n")
            ),
            IsLocal = One(lines, "local") is "yes",
            InTheWay = [.. lines.Where(line => line[0] is "in-the-way").Select(line => line[1])],
            HasSubmodules = One(lines, "submodules") is "yes",
            Wanted = WantedOf([.. lines.Where(line => line[0] is "ref" && line[1].Length > 0).Select(line => line[1])]),
        };
    }

    static string? One(List<string[]> lines, string name) => lines.Find(line => line[0] == name)?[1];

    static GitCommit? WantedOf(string[] refs)
    {
        var found = refs.Select(line => line.Split('\t')).ToDictionary(words => words[^1], words => words[0]);
        var best = found
            .Keys.OrderBy(name =>
                name switch
                {
                    _ when name.EndsWith("^{}", StringComparison.Ordinal) => 1,
                    _ when name.StartsWith("refs/heads/", StringComparison.Ordinal) => 0,
                    _ => 2,
                }
            )
            .FirstOrDefault();
        return best is null ? null : new(found[best]);
    }

    IEnumerable<Need> Needs(Output output)
    {
        var lines = output.Lines.Select(line => line.Split('=', 2)).ToList();
        var actual = Parse(output);
        var type = One(lines, "type");
        if (One(lines, "theirs")?.Split(' ', 2) is [var owner, var place])
        {
            yield return new(Aspect.Path(Path), $"others than root can exchange what is in {place}, and git goes by names there")
            {
                Always = true,
                Hint = owner is "root" ? $"let nobody else write {place}, or set As" : $"set As = \"{owner}\", or give {place} to root",
            };
            yield break;
        }

        if (One(lines, "parent") is "absent")
            yield return new(Aspect.Path(PathProbe.Parent(Path)), $"the directory {PathProbe.Parent(Path)} does not exist");
        if (type is "directory" or "other")
            yield return new(
                Aspect.Path(Path),
                type is "directory" ? $"{Path} is not empty, and not a checkout" : $"{Path} is not a directory"
            )
            {
                Hint = "cfg does not replace it unasked; remove it with a NoPath first, or use another path",
            };
        if (One(lines, "missing") is { } denied)
            yield return PathProbe.NeedOf(Path, denied.Split(':'));
        if (!IsCommit && actual.Wanted is null)
            yield return new(
                new("git-revision", $"{Repository} {Revision}"),
                $"{Repository} has no {(Revision is null ? "default branch" : $"branch or tag {Revision}")}"
            )
            {
                Always = true,
                Hint = "check the spelling; a commit is given by its whole id",
            };
        if (LocalChanges is LocalChanges.Refused && actual.Changes is { Count: > 0 } changes)
            yield return new(new("git-changes", Path), $"its files were changed by hand: {Text.List(changes, 5)}")
            {
                Always = true,
                Hint = "keep them by committing them elsewhere, or set LocalChanges = LocalChanges.Discarded",
            };
        if (LocalChanges is LocalChanges.Refused && actual is { IsLocal: true, Commit: { } own })
            yield return new(new("git-changes", Path), $"commit {own} is checked out, which is on no branch and no tag of {Repository}")
            {
                Hint = "keep it by pushing it there, or set LocalChanges = LocalChanges.Discarded",
            };
        if (actual.InTheWay is { Count: > 0 } way)
            yield return new(
                new("git-changes", Path),
                "git does not know these files, and commit "
                    + $"{Towards(actual).Commit} has files of its own in their place: {Text.List(way, 5)}"
            )
            {
                Hint = "move them away",
            };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual is null || diff.Actual.IsEmpty ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        [
            .. diff.Actual is { Changes.Count: > 0 } ? (Effect[])[new(EffectKind.Discards, $"what was changed by hand in {Path}")] : [],
            .. diff.Actual?.Changes?.Select(change => new Effect(EffectKind.Discards, $"{change} in {Path}") { InAttributes = true })
                ?? [],
            .. diff.Actual is { IsLocal: true, Commit: { } own }
                ? (Effect[])
                    [
                        new(
                            EffectKind.Discards,
                            $"commit {own} from {Path}, which is on no branch and no tag of the repository: git reflog still finds it"
                        ),
                    ]
                : [],
        ];

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual is { HasSubmodules: true } && diff.Changes(s => s.Commit)
            ? ["submodules are left as they are: git submodule update is yours to run"]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Actual is null || diff.Actual.IsEmpty)
            yield return Run($"git init -q -- {Path}");
        if (diff.Changes(s => s.Repository))
        {
            yield return diff.Actual?.Repository is { Length: > 0 }
                ? Run($"git -C {Path} remote set-url origin {Repository}")
                : Run($"git -C {Path} remote add origin {Repository} 2>/dev/null || git -C {Path} remote set-url origin {Repository}");
        }

        var commit = diff.Desired.Commit is { IsKnown: true } known ? known.ToString() : "";
        if (diff.Changes(s => s.Commit))
        {
            // Prune, because a branch that became a directory of branches would be in the way of those branches (git-fetch(1)).
            yield return Run(
                $"cfg_git {FetchSeconds} -C {Path} fetch -q --prune --tags --force --no-recurse-submodules origin "
                    + $"'+refs/heads/*:refs/remotes/origin/*'"
            );
            if (diff.Actual is { Changes.Count: > 0 })
                yield return Run($"git -C {Path} reset -q --hard --no-recurse-submodules HEAD");

            // Without --force, and with a refusal to replace ignored files: files that git does not know are always left alone.
            yield return Run(
                $"git -C {Path} -c advice.detachedHead=false checkout -q --no-overwrite-ignore --no-recurse-submodules --detach {commit}"
            );
            yield return Run($"git -C {Path} update-ref refs/configengine/checkout HEAD");
        }
        else if (diff.Changes(s => s.Changes))
        {
            yield return Run($"git -C {Path} reset -q --hard --no-recurse-submodules HEAD");
        }
    }

    [GeneratedRegex("^([0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})\\z")]
    private static partial Regex CommitId();

    [GeneratedRegex(@"^[^-/.\s~^:?*\[\\\p{Cc}][^\s~^:?*\[\\\p{Cc}]*\z")]
    private static partial Regex Ref();

    [GeneratedRegex("^[A-Za-z+]+://[^/@]*:[^/@]*@")]
    private static partial Regex WithPassword();
}

/// <summary>What happens to changes that were made by hand.</summary>
public enum LocalChanges
{
    /// <summary>They are an error, and nothing is done.</summary>
    Refused,

    /// <summary>They are lost.</summary>
    Discarded,
}

/// <summary>A commit of a git repository.</summary>
public sealed record GitCommit
{
    readonly string id;

    internal GitCommit(string id) => this.id = id;

    /// <summary>No commit.</summary>
    public static GitCommit None { get; } = new("nothing");

    /// <summary>Its id.</summary>
    public override string ToString() => id;
}
