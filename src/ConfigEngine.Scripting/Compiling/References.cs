using Microsoft.CodeAnalysis;

namespace ConfigEngine.Scripting;

/// <summary>What a recipe is compiled against.</summary>
static class References
{
    // What recipes use. Each costs compile time; with an error, all of .NET is tried before it is reported.
    static readonly string[] Usual =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Console",
        "System.Text.RegularExpressions", "System.Text.Json", "System.Net.Primitives", "System.Private.Uri",
    ];

    public static IReadOnlyList<MetadataReference> Few => [.. Usual.Select(Framework.Find).OfType<string>().Append(Engine).Select(path => MetadataReference.CreateFromFile(path))];

    public static IReadOnlyList<MetadataReference> All => [.. Framework.All.Values.Append(Engine).Select(path => MetadataReference.CreateFromFile(path))];

    static string Engine => typeof(Dsl).Assembly.Location;
}
