namespace ConfigEngine.Scripting;

/// <summary>Finds the policies of a recipe.</summary>
static class PolicyFiles
{
    /// <summary>The name of their directory.</summary>
    public const string Directory = "policies";

    /// <summary>
    /// The files of the policies: those beside the nearest infra.csx, or beside the recipe if there is none. In order of their names.
    /// </summary>
    /// <param name="recipe">The recipe's full path.</param>
    public static IReadOnlyList<string> For(string recipe)
    {
        var beside = ScriptPaths.DirectoryOf(recipe);
        var directory = Path.Combine(
            InfraFile.Find(beside, except: null) is { } infra ? ScriptPaths.DirectoryOf(infra) : beside,
            Directory
        );
        return System.IO.Directory.Exists(directory)
            ? [.. System.IO.Directory.EnumerateFiles(directory, "*.csx").Where(file => file != recipe).Order(StringComparer.Ordinal)]
            : [];
    }
}
