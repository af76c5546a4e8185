using System.IO.Enumeration;

namespace ConfigEngine.Ssh.Native;

/// <summary>Patterns of ssh_config(5) and sshd(8): <c>*</c>, <c>?</c>, and <c>!</c> before one that excludes.</summary>
static class Patterns
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
