using ConfigEngine.Local;

namespace ConfigEngine.Scripting;

/// <summary>The names of hosts in ssh_config(5).</summary>
/// <param name="read">The text of a file; null where it does not exist.</param>
/// <param name="directory">The directory that relative names of Include are in.</param>
sealed class SshConfigHosts(Func<string, string?> read, string directory)
{
    // As ssh itself: READCONF_MAX_DEPTH.
    const int Deepest = 16;

    /// <summary>The names in a file and in what it includes, in their order, each once.</summary>
    /// <exception cref="RecipeException">A file includes itself, or cannot be read as such a file.</exception>
    public IReadOnlyList<string> In(string path)
    {
        try
        {
            return [.. Of(path, 0).Distinct(StringComparer.Ordinal)];
        }
        catch (SettingsException wrong)
        {
            throw new RecipeException(wrong.Problem, inner: wrong);
        }
    }

    IEnumerable<string> Of(string path, int depth)
    {
        if (depth > Deepest)
            throw new RecipeException($"{path} is included in itself");
        foreach (var line in SshConfigLine.Of(path, (read(path) ?? "").Split('\n')))
        {
            if (line.Keyword.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var name in line.Arguments.Where(name => !name.StartsWith('!') && !Glob.IsPattern(name)))
                    yield return name;
            }
            else if (line.Keyword.Equals("Include", StringComparison.OrdinalIgnoreCase))
            {
                foreach (
                    var name in line
                        .Arguments.SelectMany(argument => SshPatterns.Files(Path.Combine(directory, SshPatterns.Tilde(argument))))
                        .SelectMany(file => Of(file, depth + 1))
                )
                    yield return name;
            }
        }
    }
}
