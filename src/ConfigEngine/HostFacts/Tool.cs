using System.Text.RegularExpressions;

namespace ConfigEngine.HostFacts;

/// <summary>A program on the host.</summary>
/// <param name="Path">The path of its file.</param>
/// <param name="Version">The version of git, perl, python3, rsync and tar in <c>/usr/bin</c>, which print it quickly; null for all
/// others.</param>
public sealed partial record Tool(string Path, string? Version = null)
{
    internal static Dictionary<string, Tool> Read(FactSection tools, FactSection versions)
    {
        var said = versions.Entries("git", "perl", "python3", "rsync", "tar").ToLookup(e => e.Key, e => e.Value);
        Dictionary<string, Tool> found = new(StringComparer.Ordinal);
        foreach (var path in tools.Lines)
        {
            if (!path.StartsWith('/') || path.EndsWith('/'))
                throw tools.Unknown(path, "a path");
            var name = path[(path.LastIndexOf('/') + 1)..];
            var version = Number.Match(said[name].FirstOrDefault() ?? "");
            found[name] = new(path, version.Success ? version.Value : null);
        }
        return found;
    }

    [GeneratedRegex(@"\d+(?:\.\d+)+")]
    static partial Regex Number { get; }
}
