namespace ConfigEngine.Scripting;

/// <summary>The assemblies of .NET itself that this process was started with.</summary>
static class Framework
{
    static readonly Lazy<Dictionary<string, string>> Found = new(() =>
    {
        var directory = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        return trusted
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) == directory)
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), path))
            .DistinctBy(found => found.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(found => found.Name, found => found.path, StringComparer.OrdinalIgnoreCase);
    });

    /// <summary>Every assembly's path, by its name.</summary>
    public static IReadOnlyDictionary<string, string> All => Found.Value;

    /// <summary>The path of an assembly.</summary>
    public static string? Find(string name) => All.GetValueOrDefault(name);
}
