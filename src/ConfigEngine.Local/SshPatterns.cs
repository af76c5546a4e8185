using System.IO.Enumeration;

namespace ConfigEngine.Local;

/// <summary>Patterns of ssh_config(5) and sshd(8): <c>*</c>, <c>?</c>, and <c>!</c> before one that excludes.</summary>
static class SshPatterns
{
    /// <summary>Whether a name matches a list: one that matches, and none that excludes it.</summary>
    public static bool Match(IEnumerable<string> patterns, string name)
    {
        var found = false;
        foreach (var pattern in patterns)
        {
            if (pattern.StartsWith('!') ? One(pattern[1..], name) : One(pattern, name))
            {
                if (pattern.StartsWith('!'))
                    return false;
                found = true;
            }
        }

        return found;
    }

    /// <summary>Whether a name matches one pattern. Upper and lower case are the same.</summary>
    public static bool One(string pattern, string name) =>
        // A backslash and < > " mean nothing here, and something there.
        FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), name, ignoreCase: true);

    /// <summary>The directory of the user's own files of ssh.</summary>
    public static string HomeSsh { get; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".ssh");

    /// <summary>A path that may begin with the user's home.</summary>
    public static string Tilde(string path) =>
        path is "~" || path.StartsWith("~/", StringComparison.Ordinal) ? Path.GetDirectoryName(HomeSsh) + path[1..] : path;

    /// <summary>The files that a path with patterns names, in order.</summary>
    public static IEnumerable<string> Files(string path)
    {
        if (path.IndexOfAny(['*', '?', '[']) < 0)
            return File.Exists(path) ? [path] : [];
        IEnumerable<string> found = ["/"];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = found
                .Where(Directory.Exists)
                .SelectMany(directory =>
                    part.IndexOfAny(['*', '?']) < 0
                        ? [Path.Combine(directory, part)]
                        : Directory
                            .EnumerateFileSystemEntries(directory)
                            .Where(entry => Hidden(part) == Hidden(Path.GetFileName(entry)) && One(part, Path.GetFileName(entry)))
                )
                .ToList();
        }

        return found.Where(File.Exists).Order(StringComparer.Ordinal);
    }

    static bool Hidden(string name) => name.StartsWith('.');
}
