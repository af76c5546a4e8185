using System.Collections.Concurrent;
using System.Globalization;

namespace ConfigEngine.Local;

/// <summary>
/// Decides which files a run may trust. A file that is executed or relied on must belong to this user or to root, and no other user
/// may be able to write it or any directory above it. So no other user can replace it either, and the file that was checked by its
/// name stays the same.
/// </summary>
sealed class Trust
{
    const int MostLinks = 40;

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode ForOthers = (UnixFileMode)0x3f;

    readonly IReadOnlyCollection<uint> owners;
    readonly LocalAccounts accounts;
    readonly IReadOnlyList<string> directories = [];
    readonly bool takesDirectories;

    // A recipe may read thousands of files in one directory.
    readonly ConcurrentDictionary<string, Doubt?> seen = new(StringComparer.Ordinal);

    /// <summary>A rule.</summary>
    /// <param name="owners">The users whose files are trusted.</param>
    /// <param name="accounts">The names of users, and the members of groups.</param>
    public Trust(IReadOnlyCollection<uint> owners, LocalAccounts accounts) => (this.owners, this.accounts) = (owners, accounts);

    Trust(IReadOnlyCollection<uint> owners, LocalAccounts accounts, IReadOnlyList<string> directories)
        : this(owners, accounts) => (this.directories, takesDirectories) = (directories, true);

    /// <summary>The number of this process's effective user.</summary>
    public static uint ThisUser { get; } = LibC.EffectiveUser();

    /// <summary>The rule for cfg's own files.</summary>
    public static Trust Own { get; } = new([.. Administrators, ThisUser], LocalAccounts.Here);

    // The owner of / can replace every program, also this one. That is root, except in some sandboxes.
    static IEnumerable<uint> Administrators => FileStatus.Of("/") is { } top ? [0, top.Owner] : [0];

    /// <summary>
    /// The rule for recipes, and for other files that the user names. If cfg runs as root with sudo, the files of the user who
    /// called sudo are trusted too, as in git (SUDO_UID in its safe.directory): that user already decided what root runs.
    /// </summary>
    /// <param name="directories">Files in these are trusted, even if other users can write them.</param>
    /// <exception cref="DirectoryNotFoundException">A directory does not exist; the message names it.</exception>
    public static Trust ForRecipes(IEnumerable<string> directories) =>
        new([.. Administrators, ThisUser, .. Caller()], LocalAccounts.Here, [.. directories.Select(Real)]);

    static IEnumerable<uint> Caller() =>
        ThisUser == 0
        && uint.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out var caller)
            ? [caller]
            : [];

    static string Real(string directory) =>
        Directory.Exists(directory)
            ? Own.Walk(Path.GetFullPath(directory)).Path
            : throw new DirectoryNotFoundException($"there is no directory {directory}");

    /// <summary>Finds a file or directory, and checks that no other user can change it.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="UntrustedException">Another user can change it, or a directory above it.</exception>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    public TrustedFile Find(string path)
    {
        var (real, status, doubt) = Walk(path);
        if (doubt is null || directories.Any(directory => IsWithin(real, directory)))
            return new(real, status);
        var parent = status.Kind is FileKind.Directory ? real : Path.GetDirectoryName(real) ?? "/";
        throw new UntrustedException(
            path,
            doubt.Why,
            (doubt.Remedy, takesDirectories) switch
            {
                ({ } remedy, true) => $"{remedy}, or trust the files there: --trust {Shell.Quote(parent)}",
                ({ } remedy, false) => remedy,
                (null, true) => $"if you trust the files there: --trust {Shell.Quote(parent)}",
                (null, false) => "cfg keeps its own files only where nobody else can write",
            }
        );
    }

    /// <summary>
    /// A directory for cfg's own files, for this user only. If it is missing, it is created, with its parents.
    /// </summary>
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="UntrustedException">Another user can change it, or a directory above it.</exception>
    public string MakeDirectory(string path)
    {
        var nearest = path;
        while (FileStatus.Of(nearest) is null)
            nearest = Path.GetDirectoryName(nearest) ?? "/";
        Find(nearest);
        Directory.CreateDirectory(path, Private);
        var made = Find(path);
        if (made.Status.Kind is not FileKind.Directory)
            throw new IOException($"{path} is not a directory");
        if (made.Status.Owner != ThisUser)
        {
            throw new UntrustedException(
                path,
                $"it belongs to {accounts.UserName(made.Status.Owner)}, and not to {accounts.UserName(ThisUser)}",
                "cfg keeps its own files only in directories of its user"
            );
        }

        if ((made.Status.Mode & ForOthers) != 0)
            File.SetUnixFileMode(made.Path, Private);
        return made.Path;
    }

    /// <summary>
    /// Checks every part of a path, from the top down, through its links. No other user can change a part that passed the check
    /// while the parts below it are checked.
    /// </summary>
    (string Path, FileStatus Status, Doubt? Doubt) Walk(string path)
    {
        var at = "/";
        var status = FileStatus.Of(at) ?? throw new FileNotFoundException($"{at} does not exist");
        var doubt = DoubtOf(at, status);
        Stack<string> ahead = new();
        Push(path);
        for (var links = 0; ahead.TryPop(out var name);)
        {
            if (name is "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = Path.Combine(at, name);
            status = FileStatus.Of(next) ?? throw new FileNotFoundException($"{next} does not exist", next);
            doubt ??= DoubtOf(next, status);
            if (status.Kind is not FileKind.Link)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
                throw new IOException($"{path} leads through too many symbolic links");
            var target = new FileInfo(next).LinkTarget ?? throw new FileNotFoundException($"{next} does not exist", next);
            if (Path.IsPathRooted(target))
                at = "/";
            Push(target);
        }

        return (at, status.Kind is FileKind.Link ? FileStatus.Of(at) ?? status : status, doubt);

        void Push(string parts)
        {
            foreach (var part in parts.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Where(part => part is not "."))
                ahead.Push(part);
        }
    }

    Doubt? DoubtOf(string path, FileStatus status) =>
        takesDirectories && status.Kind is FileKind.Directory ? seen.GetOrAdd(path, _ => Judge(path, status)) : Judge(path, status);

    Doubt? Judge(string path, FileStatus status)
    {
        if (!owners.Contains(status.Owner))
            return new($"{path} belongs to {accounts.UserName(status.Owner)}, and cfg runs as {accounts.UserName(ThisUser)}", null);
        // A device or a pipe is refused by the code that reads it. Entries in a sticky directory can be renamed and removed by
        // their owner only (inode(7)), so each entry is checked by itself.
        if (status.Kind is not (FileKind.Directory or FileKind.Regular))
            return null;
        if (status.Kind is FileKind.Directory && status.Mode.HasFlag(UnixFileMode.StickyBit))
            return null;
        if (status.Mode.HasFlag(UnixFileMode.OtherWrite))
            return new($"everybody can write {path}", $"chmod o-w {Shell.Quote(path)}");
        if (status.Mode.HasFlag(UnixFileMode.GroupWrite) && !accounts.HasOnly(status.Group, owners))
            return new($"the group {accounts.GroupName(status.Group)} can write {path}", $"chmod g-w {Shell.Quote(path)}");
        return null;
    }

    static bool IsWithin(string path, string directory) =>
        path == directory || path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>Why something is not trusted, and how to change that.</summary>
    sealed record Doubt(string Why, string? Remedy);
}
