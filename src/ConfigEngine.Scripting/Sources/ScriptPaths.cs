namespace ConfigEngine.Scripting;

/// <summary>
/// The form in which paths are shown: as the user would write them. Compiled recipes contain paths in this form too (debug
/// information, <c>[CallerFilePath]</c>), so it must be possible to find the file from it.
/// </summary>
sealed record ScriptPaths(string WorkingDirectory, bool Relative)
{
    /// <summary>Whether every path is shown whole: a debugger finds files by it.</summary>
    public bool Whole { get; init; }

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

    /// <summary>The absolute path for a given or shown path.</summary>
    public string Full(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>The absolute path for a path in a script.</summary>
    public string Full(string path, string script) => Path.GetFullPath(path, DirectoryOf(Full(script)));

    /// <summary>The directory of a file, by its absolute path.</summary>
    public static string DirectoryOf(string full) => Path.GetDirectoryName(full) ?? "/";

    /// <summary>The path to show: relative if the file is below the current directory or the recipe's path was relative.</summary>
    public string Shown(string full)
    {
        if (Whole)
            return full;
        var relative = Path.GetRelativePath(WorkingDirectory, full);
        return Relative || !(relative == ".." || relative.StartsWith("../", StringComparison.Ordinal)) ? relative : full;
    }
}
