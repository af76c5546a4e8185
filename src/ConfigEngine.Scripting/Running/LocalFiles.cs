using System.Collections.Concurrent;

namespace ConfigEngine.Scripting;

/// <summary>
/// The files beside a recipe. Each is read once per loaded recipe, so that every host gets the same bytes and a plan can name the
/// files that it was made from.
/// </summary>
sealed class LocalFiles(ScriptPaths paths, Disk disk) : ILocalFiles
{
    readonly ConcurrentDictionary<string, Content> read = new(StringComparer.Ordinal);

    public IReadOnlyList<LocalFile> Seen =>
        [
            .. read.Select(file => new LocalFile(paths.Shown(file.Key), file.Value.Digest))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];

    public Content Read(string path, string script)
    {
        var full = Full(path, script);
        if (System.IO.Directory.Exists(full))
            throw new RecipeException($"{paths.Shown(full)} is a directory", hint: "Local(…) is the content of one file");
        return ReadFull(full);
    }

    public IReadOnlyList<LocalEntry> List(string path, string script)
    {
        var full = Full(path, script);
        if (!System.IO.Directory.Exists(full))
            throw new RecipeException(
                $"the directory {paths.Shown(full)} {(System.IO.File.Exists(full) ? "is a file" : "does not exist")}"
            );
        List<LocalEntry> entries = [];
        Walk(full, "", [Disk.ResolvedPath(full)], entries);
        return [.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    void Walk(string directory, string prefix, IReadOnlyList<string> within, List<LocalEntry> entries)
    {
        foreach (var entry in Children(directory))
        {
            var name = prefix + entry.Name;
            if (System.IO.Directory.Exists(entry.FullName))
            {
                var real = entry.LinkTarget is null ? Path.Combine(within[^1], entry.Name) : Disk.ResolvedPath(entry.FullName);
                if (within.Any(outer => outer == real || outer.StartsWith(real + "/", StringComparison.Ordinal)))
                    throw new RecipeException(
                        $"{paths.Shown(entry.FullName)} is a symbolic link to {paths.Shown(real)}, which contains it"
                    );
                entries.Add(new(name, null, Executable: true));
                Walk(entry.FullName, name + "/", [.. within, real], entries);
            }
            else
            {
                var content = ReadFull(entry.FullName);
                entries.Add(new(name, content, IsExecutable(entry.FullName)));
            }
        }
    }

    IReadOnlyList<FileSystemInfo> Children(string directory)
    {
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFileSystemInfos()];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException($"the directory {paths.Shown(directory)} cannot be read: {Disk.Reason(failed)}", inner: failed);
        }
    }

    Content ReadFull(string full) => read.GetOrAdd(full, path => new Content(disk.Read(path, paths.Shown(path))));

    string Full(string path, string script) =>
        path.Length == 0 ? throw new RecipeException("the path of a local file is empty") : paths.Full(path, script);

    static bool IsExecutable(string path) =>
        System.IO.File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
}
