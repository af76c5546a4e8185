using System.Text.Json;

namespace ConfigEngine.Scripting;

/// <summary>The assemblies of .NET itself that this process was started with.</summary>
static class Framework
{
    static readonly Lazy<Dictionary<string, string>> Found = new(() =>
    {
        var directory = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        var bundled = directory == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) ? Bundled() : null;
        return trusted
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) == directory)
            .Where(path => bundled?.Contains(Path.GetFileName(path)) is not false)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), path))
            .DistinctBy(found => found.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(found => found.Name, found => found.path, StringComparer.OrdinalIgnoreCase);
    });

    /// <summary>Every assembly's path, by its name.</summary>
    public static IReadOnlyDictionary<string, string> All => Found.Value;

    /// <summary>The path of an assembly.</summary>
    public static string? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>
    /// The files of .NET in a self-contained program. They are in the directory of the program's other assemblies; its list of
    /// dependencies tells which they are. A recipe is compiled with the same assemblies whichever way cfg was installed.
    /// </summary>
    static HashSet<string> Bundled() =>
        ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(FilesOfRuntime)
            .ToHashSet(StringComparer.Ordinal);

    static List<string> FilesOfRuntime(string dependencies)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(dependencies));
        return
        [
            .. from target in json.RootElement.GetProperty("targets").EnumerateObject()
            from library in target.Value.EnumerateObject()
            where library.Name.StartsWith("runtimepack.", StringComparison.Ordinal)
            from file in library.Value.GetProperty("runtime").EnumerateObject()
            select Path.GetFileName(file.Name),
        ];
    }
}
