using Microsoft.CodeAnalysis;

namespace ConfigEngine.Scripting;

/// <summary>The assemblies that a recipe is compiled with.</summary>
static class References
{
    // The assemblies that recipes use. Each costs compile time. After an error, all of .NET is tried before the error is reported.
    static readonly string[] Usual =
    [
        "System.Private.CoreLib",
        "System.Runtime",
        "System.Collections",
        "System.Linq",
        "System.Memory",
        "System.Console",
        "System.Text.RegularExpressions",
        "System.Text.Json",
        "System.Net.Primitives",
        "System.Private.Uri",
    ];

    static readonly Lazy<IReadOnlyList<MetadataReference>> few = new(() => From(Usual.Select(Framework.Find).OfType<string>()));
    static readonly Lazy<IReadOnlyList<MetadataReference>> all = new(() => From(Framework.All.Values));

    public static IReadOnlyList<MetadataReference> Few => few.Value;

    public static IReadOnlyList<MetadataReference> All => all.Value;

    static IReadOnlyList<MetadataReference> From(IEnumerable<string> paths) =>
        [.. paths.Append(typeof(Dsl).Assembly.Location).Select(path => MetadataReference.CreateFromFile(path))];
}
