namespace ConfigEngine.Cli.Comparing;

/// <summary>
/// The two sides of a comparison as directories. A revision is written out into a directory of this user's alone, and removed with it:
/// the repository, its index and its working tree stay as they are.
/// </summary>
sealed class Checkouts : IDisposable
{
    readonly DirectoryInfo own;
    readonly string top;

    Checkouts(DirectoryInfo own, string top, string place, Side before, Side after) =>
        (this.own, this.top, Place, Before, After) = (own, top, place, before, after);

    /// <summary>The directory or file that is compared, relative to the repository's top.</summary>
    public string Place { get; }

    /// <summary>The first side.</summary>
    public Side Before { get; }

    /// <summary>The second side.</summary>
    public Side After { get; }

    /// <summary>Writes out what is compared.</summary>
    /// <param name="revisions">The revisions.</param>
    /// <param name="path">A directory or a file of the repository.</param>
    /// <param name="trusted">Directories whose files are trusted.</param>
    /// <param name="terminal">The terminal.</param>
    /// <param name="ct">Stops.</param>
    /// <exception cref="UsageException">There is no git, no repository or no such revision.</exception>
    public static async Task<Checkouts> Make(
        Revisions revisions,
        string path,
        IReadOnlyList<string> trusted,
        Terminal terminal,
        CancellationToken ct
    )
    {
        var full = Path.GetFullPath(path);
        var directory = Directory.Exists(full) ? full : Path.GetDirectoryName(full) ?? "/";
        if (!Directory.Exists(directory))
            throw new UsageException($"there is no {path}");
        var where =
            await new Git(directory, terminal).Run(["rev-parse", "--show-toplevel", "--show-prefix"], ct)
            ?? throw new UsageException("diff: there is no git on this machine; it reads the revisions");
        if (where.Exit != 0)
            throw new UsageException($"{path} is in no git repository: {where.Complaints}");
        var lines = where.Said.Split('\n');
        var (top, prefix) = (lines[0], lines.Length > 1 ? lines[1] : "");

        // The recipes of a revision run with the rights of this user, so the same is asked of the repository as of a recipe.
        Named.Find(top, trusted);
        Git git = new(top, terminal);
        var before = await Commit(git, revisions.Before, path, ct);
        var after = revisions.After is null ? null : await Commit(git, revisions.After, path, ct);
        if (revisions.From is ComparedFrom.MergeBase && after is not null)
            before = await MergeBase(git, before, after, revisions, ct);

        var own = Directory.CreateTempSubdirectory("cfg-diff-");
        try
        {
            var first = await Written(git, before, Path.Combine(own.FullName, "before"), ct);
            return new(
                own,
                top,
                prefix + (directory == full ? "" : Path.GetFileName(full)),
                new(revisions.Before, first, null),
                after is null || revisions.After is null
                    ? new("the working tree", top, Directory.GetCurrentDirectory())
                    : new(revisions.After, await Written(git, after, Path.Combine(own.FullName, "after"), ct), null)
            );
        }
        catch
        {
            own.Delete(recursive: true);
            throw;
        }
    }

    static async Task<string> Commit(Git git, string revision, string path, CancellationToken ct) =>
        await git.Run(["rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}"], ct)
            is { Exit: 0, Said: { Length: > 0 } commit }
            ? commit
            : throw new UsageException(
                $"{revision}: the repository of {path} has no such revision"
                    + (Path.Exists(revision) ? $"\n  hint: to compare a path with the last commit: cfg diff HEAD {revision}" : "")
            );

    static async Task<string> MergeBase(Git git, string before, string after, Revisions revisions, CancellationToken ct) =>
        await git.Run(["merge-base", before, after], ct) is { Exit: 0, Said: { Length: > 0 } both }
            ? both
            : throw new UsageException($"{revisions}: these two have no commit in common");

    /// <summary>All files of a commit, by an index of their own.</summary>
    static async Task<string> Written(Git git, string commit, string to, CancellationToken ct)
    {
        var index = $"{to}.index";
        foreach (
            var command in (string[][])
                [
                    ["read-tree", commit],
                    ["checkout-index", "--all", "--force", $"--prefix={to}/"],
                ]
        )
        {
            var answer = await git.Run(command, ct, index);
            if (answer is not { Exit: 0 })
                throw new UsageException($"git {command[0]} did not write the files of {commit}: {answer?.Complaints}");
        }

        Directory.CreateDirectory(to);
        return to;
    }

    /// <summary>A text in which each file of a revision is called by that and its path, as git calls it.</summary>
    public string WithNames(string text) => Before.Named(After.Named(text));

    /// <summary>A file or directory of the working tree as it is typed here, for commands.</summary>
    /// <param name="relative">It, relative to the repository's top.</param>
    public string Typed(string relative) => Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(top, relative));

    /// <inheritdoc/>
    public void Dispose() => own.Delete(recursive: true);
}

/// <summary>One side of a comparison.</summary>
/// <param name="Name">Its name, as the user wrote it.</param>
/// <param name="Root">The directory that has the repository's files as they are there.</param>
/// <param name="Here">The directory that paths are shown relative to; null where they are in a directory that no user knows.</param>
sealed record Side(string Name, string Root, string? Here)
{
    /// <summary>The path of a file.</summary>
    /// <param name="relative">The file, relative to the repository's top.</param>
    public string PathOf(string relative)
    {
        var path = Path.Combine(Root, relative);
        return Here is null ? path : Path.GetRelativePath(Here, path);
    }

    /// <summary>A text in which files of this side are called by the revision and their path, as git calls them.</summary>
    public string Named(string text) => Here is null ? text.Replace($"{Root}/", $"{Name}:", StringComparison.Ordinal) : text;
}
