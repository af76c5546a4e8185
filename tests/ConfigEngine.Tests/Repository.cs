using System.Runtime.CompilerServices;

namespace ConfigEngine.Tests;

/// <summary>The files of this repository, for laws about them.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    public static string At(string path) => Path.Combine(Root, path);

    public static string Tests => At("tests/ConfigEngine.Tests");

    /// <summary>Source files below some directories, each with its path from the root.</summary>
    public static IEnumerable<(string Name, string Path)> Sources(params string[] directories) =>
        directories
            .SelectMany(directory => System.IO.Directory.EnumerateFiles(At(directory), "*.cs", SearchOption.AllDirectories))
            .Select(path => (Name: Path.GetRelativePath(Root, path), path))
            .Where(file => !file.Name.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../.."));
}
