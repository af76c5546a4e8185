using System.Formats.Tar;
using MemoryStream = System.IO.MemoryStream;

namespace ConfigEngine.Resources;

/// <summary>Changes a tree: first directories, then all files from one archive, then owners and modes, then removals.</summary>
sealed class TreeWrite(string root)
{
    public IEnumerable<Operation> Operations(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var pairs = TreeDiff.Pairs(before, after).ToList();
        var directories = pairs
            .Where(pair => pair is { Before: null, After.Type: "directory" })
            .Select(pair => pair.After)
            .OfType<TreeEntry>()
            .ToList();
        if (directories.Count > 0)
            yield return Make(directories);

        var files = pairs
            .Where(pair => pair.After is { Type: "file" } && pair.Before?.Content != pair.After.Content)
            .Select(pair => pair.After)
            .OfType<TreeEntry>()
            .ToList();
        // A file that can only be checked in its place is written alone, so that its old version can be restored.
        var judged = files.ToLookup(file => Checks.InItsPlace(Full(file)) is not null);
        files = [.. judged[false]];
        var tops = TreeDiff.Tops(pairs.Where(pair => pair.After is null).Select(pair => pair.Before?.Path ?? ""));
        var check = Checks.BeforeTree(root, [.. files.Select(file => file.Path)], [.. tops.Select(Full)]);
        if (files.Count > 0)
            yield return Write(files, check);
        foreach (var file in judged[true])
            yield return FileWrite.InItsPlace(Full(file), file);

        // New and written paths get their owner and mode before they are moved to their places.
        var kept = pairs.Where(pair => pair is { Before: not null, After: not null } && pair.Before.Content == pair.After.Content);
        foreach (var alike in kept.Select(Owned).OfType<Owning>().GroupBy(own => (own.Ownership, own.Mode)))
            yield return Own([.. alike]);

        if (tops.Count > 0)
        {
            yield return new(
                $"{(files.Count > 0 ? Shell.Verbatim("") : check)}"
                    + $"{Together(tops, (directory, names) => $"cfg_remove {Full(directory)} {names}")}"
            )
            {
                TellsFirstWrite = true,
                Title = $"remove {Text.List([.. tops.Select(Text.Excerpt)], 5)}",
            };
        }
    }

    /// <summary>
    /// Directories: all are made in a private place, with their owners and modes. Then each topmost one is moved to its place.
    /// </summary>
    Operation Make(List<TreeEntry> directories)
    {
        // If the tree itself is new, all of it is made beside its place.
        var name = root[(root.LastIndexOf('/') + 1)..];
        var (place, prefix) = directories.Exists(entry => entry.Path is ".") ? (PathProbe.Parent(root), $"{name}/") : (root, "");
        string Staged(TreeEntry entry) => $"./{(entry.Path is "." ? name : prefix + entry.Path)}";

        Shell script = $"cfg_stage {place}\n{ForEach(directories.Select(Staged), $"mkdir -p --")}\n";

        // The deepest first: without root, paths below a directory may be out of reach after the directory has its final mode.
        directories.Reverse();
        foreach (var owned in directories.GroupBy(entry => new Ownership(entry.Owner, entry.Group)).Where(owned => !owned.Key.IsKept))
            script = $"{script}{ForEach(owned.Select(Staged), $"chown -h {owned.Key.ToString()} --")}\n";

        // Fewer than five digits leave the set-group-ID bit of a directory alone (chmod(1)).
        foreach (var moded in directories.GroupBy(entry => entry.Mode ?? "0755"))
            script = $"{script}{ForEach(moded.Select(Staged), $"chmod {"00" + moded.Key} --")}\n";

        var made = directories.Select(entry => Staged(entry)[2..]).ToHashSet(StringComparer.Ordinal);
        var tops = made.Where(path => !made.Contains(Parent(path))).Order(StringComparer.Ordinal);
        return new($"{script}{Together(tops, (directory, names) => Put(Below(place, directory), directory, names))}")
        {
            TellsFirstWrite = true,
            Title = $"make {Text.Count(directories.Count, "director" + (directories.Count == 1 ? "y" : "ie"))}",
        };
    }

    /// <summary>
    /// Files: unpacked into a directory on the same file system that only this session's user may enter, and from there each
    /// renamed to its place. They get the time of that moment as their modification time.
    /// </summary>
    /// <param name="files">The files.</param>
    /// <param name="check">The check that runs before the first of them is moved.</param>
    Operation Write(List<TreeEntry> files, Shell check)
    {
        Shell script = $"cfg_stage {root}\ntar -xomf -\n";
        foreach (var owned in files.GroupBy(file => new Ownership(file.Owner, file.Group)).Where(owned => !owned.Key.IsKept))
            script = $"{script}{ForEach(owned.Select(Local), $"chown -h {owned.Key.ToString()} --")}\n";

        // After chown, because chown clears the set-user-ID and set-group-ID bits (chown(2)).
        foreach (var moded in files.GroupBy(file => file.Mode ?? "0644"))
            script = $"{script}{ForEach(moded.Select(Local), $"chmod {moded.Key} --")}\n";
        script = $"{script}find . -type f -exec sync {{}} + 2>/dev/null || :\n";
        script =
            $"{script}{check}{Together(files.Select(file => file.Path), (directory, names) => Put(Full(directory), directory, names))}";

        var bytes = files.Sum(file => file.Content?.Length ?? 0);
        return new(script)
        {
            Input = Archive(files),
            TellsFirstWrite = true,
            Title = $"write {Text.Count(files.Count, "file")} ({bytes} byte{(bytes == 1 ? "" : "s")})",
        };
    }

    /// <summary>A path with the right content and a wrong owner or mode.</summary>
    sealed record Owning(TreeEntry Entry, Ownership Ownership, Mode Mode);

    static Owning? Owned((TreeEntry? Before, TreeEntry? After) pair)
    {
        if (pair is not ({ } before, { } after))
            return null;
        var gives = before.Owner != after.Owner || before.Group != after.Group;
        return gives || before.Mode != after.Mode
            ? new(after, gives ? new(after.Owner, after.Group) : Ownership.Kept, after.Mode ?? "0755")
            : null;
    }

    Operation Own(List<Owning> alike)
    {
        var (ownership, mode) = (alike[0].Ownership, alike[0].Mode);
        var directories = alike
            .Where(own => own.Entry.Content is null)
            .Select(own => (Shell)$"cfg_own_directory {Full(own.Entry)} {ownership.ToString()} {mode}");
        var files = alike
            .Where(own => own.Entry.Content is not null)
            .GroupBy(own => Parent(own.Entry.Path), own => (string[])[own.Entry.Content?.Digest ?? "", NameOf(own.Entry.Path)])
            .Select(together => (Shell)$"cfg_own {Full(together.Key)} {ownership.ToString()} {mode} {together.SelectMany(pair => pair)}");
        return new(Shell.Verbatim(string.Join('\n', directories.Concat(files))))
        {
            TellsFirstWrite = true,
            Title = FileWrite.OwnTitle(Called(alike.Select(own => own.Entry)), ownership, mode),
        };
    }

    static Content Archive(IEnumerable<TreeEntry> files)
    {
        using MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var bytes = file.Content?.Bytes ?? throw new InvalidOperationException($"the content of {file.Path} is not here");
                using MemoryStream data = new(bytes.ToArray(), writable: false);

                // One time for all, so that the same tree always gives the same archive; tar -m ignores it.
                writer.WriteEntry(
                    new GnuTarEntry(TarEntryType.RegularFile, file.Path) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch }
                );
            }
        }

        return new(archive.ToArray());
    }

    string Full(TreeEntry entry) => entry.Path is "." ? root : Full(entry.Path);

    string Full(string path) => Below(root, path);

    static string Below(string directory, string path) => path.Length == 0 ? directory : $"{directory.TrimEnd('/')}/{path}";

    /// <summary>Moves the files in a staging directory to their places.</summary>
    static Shell Put(string to, string staged, IEnumerable<string> names) =>
        $"cfg_put {to} {(staged.Length == 0 ? "" : staged + "/")} {names}";

    static string Local(TreeEntry entry) => $"./{entry.Path}";

    /// <summary>The parent directory of a path in the tree, without a slash at its end; empty for the tree itself.</summary>
    static string Parent(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    static string Called(IEnumerable<TreeEntry> entries) =>
        entries.ToList() is var all && all.Count <= 3
            ? string.Join(", ", all.Select(entry => Text.Excerpt(entry.Path)))
            : $"{all.Count} paths";

    /// <summary>One command for all paths in one directory, and then one for the next directory.</summary>
    static Shell Together(IEnumerable<string> paths, Func<string, IEnumerable<string>, Shell> command)
    {
        Shell script = $"";
        foreach (var together in paths.GroupBy(Parent, NameOf))
            script = script.Text.Length == 0 ? command(together.Key, together) : $"{script}\n{command(together.Key, together)}";
        return script;
    }

    /// <summary>A command with many paths as arguments, in as few calls as the system allows.</summary>
    static Shell ForEach(IEnumerable<string> paths, Shell command) => $"printf '%s\\0' {paths} | xargs -0 {command}";
}
