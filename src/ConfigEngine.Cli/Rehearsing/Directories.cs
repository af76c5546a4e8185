namespace ConfigEngine.Cli.Rehearsing;

/// <summary>The directories of this machine that the command line gives to containers.</summary>
static class Directories
{
    /// <summary>The roots, by host; the one without a host has an empty name.</summary>
    /// <exception cref="UsageException">One is no root.</exception>
    public static IReadOnlyDictionary<string, string> Roots(IEnumerable<string> given)
    {
        Dictionary<string, string> roots = [];
        foreach (var text in given)
        {
            var (host, path) = text.Split('=', 2) is [var name, var rest] ? (name, rest) : ("", text);
            var root = Checked("--root", path);
            if (!HasInit(root))
                throw new UsageException($"--root {path}: it is no root file system that boots: it has no /sbin/init");
            if (!roots.TryAdd(host, root))
                throw new UsageException($"--root: two directories for {(host.Length == 0 ? "all hosts" : host)}");
        }

        return roots;
    }

    /// <summary>The mounts.</summary>
    /// <exception cref="UsageException">One is no directory.</exception>
    public static IReadOnlyList<(string Source, string Target)> Mounts(IEnumerable<string> given) =>
        [
            .. given.Select(text =>
            {
                var parts = text.Split(':');
                var source = Checked("--mount", parts[0]);
                return parts switch
                {
                    [_] => (source, source),
                    [_, ['/', ..] target] => (source, target),
                    _ => throw new UsageException(
                        $"--mount {text}: write a directory, or a directory and its place in containers: packages:/srv/packages"
                    ),
                };
            }),
        ];

    // A link of a root leads into that root, so it is not followed here.
    static bool HasInit(string root) => FileInfoOf(root, "sbin/init") || FileInfoOf(root, "usr/sbin/init");

    static bool FileInfoOf(string root, string path) =>
        new FileInfo(Path.Combine(root, path)) is var file && (file.Exists || file.LinkTarget is not null);

    static string Checked(string option, string path)
    {
        var full = Path.GetFullPath(path);
        // Neither overlayfs nor systemd-nspawn takes these in a path.
        return !Directory.Exists(full) ? throw new UsageException($"{option}: there is no directory {path}")
            : full.AsSpan().IndexOfAny(":,\\\n") >= 0
                ? throw new UsageException($"{option} {path}: a path with ':', ',', a backslash or a line feed cannot be mounted")
            : full;
    }
}
