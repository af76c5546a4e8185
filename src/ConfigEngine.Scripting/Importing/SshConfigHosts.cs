namespace ConfigEngine.Scripting;

/// <summary>The names of hosts in ssh_config(5).</summary>
/// <param name="read">The text of a file; null where it does not exist.</param>
/// <param name="home">The directory of the user's own configuration, which relative names of Include are in.</param>
sealed class SshConfigHosts(Func<string, string?> read, string home)
{
    // As ssh itself: READCONF_MAX_DEPTH.
    const int Deepest = 16;

    /// <summary>The names in a file and in what it includes, in their order, each once.</summary>
    /// <exception cref="RecipeException">Files include each other.</exception>
    public IEnumerable<string> In(string path) => Of(path, 0).Distinct(StringComparer.Ordinal);

    IEnumerable<string> Of(string path, int depth)
    {
        if (depth > Deepest)
            throw new RecipeException($"{path} is included in itself");
        foreach (var line in (read(path) ?? "").Split('\n'))
        {
            if (Words(line) is not [var keyword, .. var values])
                continue;
            if (keyword.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var name in values.Where(name => !name.StartsWith('!') && !Glob.IsPattern(name)))
                    yield return name;
            }
            else if (keyword.Equals("Include", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var name in values.SelectMany(Files).SelectMany(file => Of(file, depth + 1)))
                    yield return name;
            }
        }
    }

    IEnumerable<string> Files(string pattern)
    {
        var full = pattern.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Path.GetDirectoryName(home) ?? "/", pattern[2..])
            : Path.GetFullPath(pattern, home);
        var directory = Path.GetDirectoryName(full) ?? "/";
        return Glob.IsPattern(full) && System.IO.Directory.Exists(directory)
            ? System.IO.Directory.EnumerateFiles(directory, Path.GetFileName(full)).Order(StringComparer.Ordinal)
            : [full];
    }

    /// <summary>The words of a line: separated by spaces or one <c>=</c>, in double quotes where they have spaces.</summary>
    static List<string> Words(string line)
    {
        line = line.Trim();
        if (line.Length == 0 || line[0] == '#')
            return [];
        var end = line.AsSpan().IndexOfAny(" \t=");
        if (end < 0)
            return [line];
        return [line[..end], .. line[end..].TrimStart(' ', '\t', '=').Split('"').SelectMany(Quoted)];
    }

    static IEnumerable<string> Quoted(string part, int place) =>
        place % 2 == 1 ? [part] : part.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
