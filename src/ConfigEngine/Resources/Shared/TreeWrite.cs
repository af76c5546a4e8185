using System.Formats.Tar;
using MemoryStream = System.IO.MemoryStream;

namespace ConfigEngine.Resources;

/// <summary>What changes a tree: directories first, then all files from one archive, then owners and modes, then what goes.</summary>
sealed class TreeWrite(string root)
{
    /// <summary>
    /// Removes paths with all below them, but not across mounts: the directory of one cannot be removed, which is an error.
    /// (busybox's rm has no --one-file-system.)
    /// </summary>
    static readonly Shell Remove = Shell.Verbatim("""
        sh -c '
          find "$@" -xdev ! -type d -exec rm -f -- {} + || exit 1
          for cfg_d; do [ ! -d "$cfg_d" ] || find "$cfg_d" -xdev -depth -type d -exec rmdir -- {} + || exit 1; done' sh
        """);

    /// <summary>The operations.</summary>
    public IEnumerable<Operation> Operations(IReadOnlyList<TreeEntry> before, IReadOnlyList<TreeEntry> after)
    {
        var pairs = TreeDiff.Pairs(before, after).ToList();
        var directories = pairs.Where(pair => pair is { Before: null, After.Type: "directory" }).Select(pair => pair.After).OfType<TreeEntry>().ToList();
        if (directories.Count > 0)
        {
            yield return new(ForEach(directories.Select(Full), $"mkdir -m {directories[0].Mode ?? "0755"} --"))
            {
                Title = $"make {Text.Count(directories.Count, "director" + (directories.Count == 1 ? "y" : "ie"))}",
            };
        }

        var files = pairs.Where(pair => pair.After is { Type: "file" } && pair.Before?.Content != pair.After.Content).Select(pair => pair.After).OfType<TreeEntry>().ToList();
        if (files.Count > 0)
            yield return Write(files);

        // A file that is written has its owner and mode before it is in its place.
        var kept = pairs.Where(pair => pair is { Before: not null, After: not null } && pair.Before.Content == pair.After.Content).ToList();
        var given = kept.Where(pair => pair.Before?.Owner != pair.After?.Owner || pair.Before?.Group != pair.After?.Group).Select(pair => pair.After).OfType<TreeEntry>()
            .Concat(directories.Where(made => made.Owner is not null || made.Group is not null)).ToList();
        foreach (var owned in given.GroupBy(entry => LinkWrite.Ownership(entry.Owner, entry.Group)))
            yield return new(ForEach(owned.Select(Full), $"chown -h {owned.Key} --")) { Title = $"give {Called(owned)} to {owned.Key}" };

        // After chown, which may take the set-user-ID and set-group-ID bits away (chown(2)).
        var set = kept.Where(pair => pair.Before?.Mode != pair.After?.Mode).Select(pair => pair.After).OfType<TreeEntry>().Union(given);
        foreach (var moded in set.GroupBy(entry => entry.Mode ?? "0755"))
            yield return new(ForEach(moded.Select(Full), $"chmod {moded.Key} --")) { Title = $"set the mode of {Called(moded)} to {moded.Key}" };

        var gone = pairs.Where(pair => pair.After is null).Select(pair => pair.Before?.Path ?? "").ToHashSet(StringComparer.Ordinal);
        var tops = gone.Where(path => path.LastIndexOf('/') is var slash && (slash < 0 || !gone.Contains(path[..slash]))).Order(StringComparer.Ordinal).ToList();

        if (tops.Count > 0)
            yield return new(ForEach(tops.Select(Full), Remove)) { Title = $"remove {string.Join(", ", tops.Take(5).Select(Text.Excerpt))}{(tops.Count > 5 ? $" and {tops.Count - 5} more" : "")}" };
    }

    /// <summary>
    /// Files: unpacked into a directory that only this session's user may enter, on the same file system, and from there each
    /// renamed to its place. They get their time of modification there and then.
    /// </summary>
    Operation Write(List<TreeEntry> files)
    {
        Shell script = $"""
            cfg_new=$(mktemp -d {root.TrimEnd('/')}/.cfg.XXXXXXXXXX)
            trap 'rm -rf -- "$cfg_new"' EXIT
            tar -xomf - -C "$cfg_new"
            cd "$cfg_new"

            """;
        foreach (var owned in files.Where(file => file.Owner is not null || file.Group is not null).GroupBy(file => LinkWrite.Ownership(file.Owner, file.Group)))
            script = $"{script}{ForEach(owned.Select(Local), $"chown -h {owned.Key} --")}\n";
        foreach (var moded in files.GroupBy(file => file.Mode ?? "0644"))
            script = $"{script}{ForEach(moded.Select(Local), $"chmod {moded.Key} --")}\n";
        script = $"{script}find . -type f -exec sync {{}} + 2>/dev/null || :\n";
        foreach (var together in files.GroupBy(file => file.Path[..(file.Path.LastIndexOf('/') + 1)]))
        {
            Shell move = $"sh -c 'cfg_to=$1; shift; exec mv -f -- \"$@\" \"$cfg_to\"' sh {Full(together.Key)}";
            script = $"{script}{ForEach(together.Select(Local), move)}\n";
        }

        var bytes = files.Sum(file => file.Content?.Length ?? 0);
        return new(script) { Input = Archive(files), Title = $"write {Text.Count(files.Count, "file")} ({bytes} byte{(bytes == 1 ? "" : "s")})" };
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

                // One time for all, so that the same tree is the same archive; tar -m does not take it over.
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, file.Path) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return new(archive.ToArray());
    }

    string Full(TreeEntry entry) => entry.Path is "." ? root : Full(entry.Path);

    string Full(string path) => $"{root.TrimEnd('/')}/{path}";

    static string Local(TreeEntry entry) => $"./{entry.Path}";

    static string Called(IEnumerable<TreeEntry> entries) => entries.ToList() is var all && all.Count <= 3
        ? string.Join(", ", all.Select(entry => Text.Excerpt(entry.Path)))
        : $"{all.Count} paths";

    /// <summary>A command with many paths behind it, in as few calls as the system allows.</summary>
    static Shell ForEach(IEnumerable<string> paths, Shell command) => $"printf '%s\\0' {paths} | xargs -0 {command}";
}
