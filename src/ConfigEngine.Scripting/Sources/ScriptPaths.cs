namespace ConfigEngine.Scripting;

/// <summary>
/// How paths are shown: as the user would write them. Compiled recipes hold paths in this form too (debug information,
/// <c>[CallerFilePath]</c>), so it must lead back to the file.
/// </summary>
sealed record ScriptPaths(string WorkingDirectory, bool Relative)
{
    public static ScriptPaths For(string given)
    {
        try
        {
            return new(Environment.CurrentDirectory, !Path.IsPathRooted(given));
        }
        catch (IOException)
        {
            throw new RecipeException("the current directory does not exist any more", hint: "cd to one that does");
        }
    }

    /// <summary>The absolute path of one that was given or shown.</summary>
    public string Full(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>The absolute path of one that a script says.</summary>
    public string Full(string path, string script) => Path.GetFullPath(path, DirectoryOf(Full(script)));

    /// <summary>The directory of a file, by its absolute path.</summary>
    public static string DirectoryOf(string full) => Path.GetDirectoryName(full) ?? "/";

    /// <summary>The path to show: relative where the file is below the current directory or the recipe was given so.</summary>
    public string Shown(string full)
    {
        var relative = Path.GetRelativePath(WorkingDirectory, full);
        return Relative || !(relative == ".." || relative.StartsWith("../", StringComparison.Ordinal)) ? relative : full;
    }
}
