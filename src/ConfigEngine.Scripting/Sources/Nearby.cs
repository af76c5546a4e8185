namespace ConfigEngine.Scripting;

/// <summary>Suggestions for a path that does not exist.</summary>
static class Nearby
{
    const int Most = 6;

    /// <summary>The recipes in a directory, as a hint.</summary>
    public static string? Recipes(string directory, string shown) => List(Names(directory), shown);

    /// <summary>Recipes with names similar to one that does not exist, as a hint.</summary>
    public static string? Like(string path, string shown, string? except)
    {
        var parent = ScriptPaths.DirectoryOf(path);
        var shownParent = Path.GetDirectoryName(shown) ?? "";
        if (!System.IO.Directory.Exists(parent))
            return $"there is no directory {(shownParent.Length == 0 ? parent : shownParent)} either";
        var names = Names(parent);
        names.Remove(Path.GetFileName(except) ?? "");
        if (names.Contains($"{Path.GetFileName(path)}.csx"))
            return $"did you mean {shown}.csx?";
        return Similar.Closest(Path.GetFileName(path), names) is { } close
            ? $"did you mean {Path.Combine(shownParent, close)}?"
            : List(names, shownParent);
    }

    static string? List(List<string> names, string directory) =>
        names.Count == 0
            ? null
            : $"there {(names.Count == 1 ? "is" : "are")}: "
                + $"{string.Join(", ", names.Take(Most).Select(name => Path.Combine(directory, name)))}";

    static List<string> Names(string directory)
    {
        try
        {
            return
            [
                .. System
                    .IO.Directory.EnumerateFiles(directory, "*.csx")
                    .Select(path => Path.GetFileName(path))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
