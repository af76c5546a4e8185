using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Scripting;

/// <summary>Gives the compiler the scripts that were read, under the paths that are shown. It never reads a file itself.</summary>
sealed class LoadResolver(ScriptSet scripts, IReadOnlyDictionary<string, string> texts) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => path;

    public override string? ResolveReference(string path, string? baseFilePath) =>
        path == Taps.Path && texts.ContainsKey(path) ? path : scripts.Loaded(path, baseFilePath ?? scripts.Recipe.Path)?.Name;

    public override Stream OpenRead(string resolvedPath) => new MemoryStream(Encoding.UTF8.GetBytes(texts[resolvedPath]));

    public override SourceText ReadText(string resolvedPath) => SourceText.From(texts[resolvedPath], RecipeCompiler.Utf8);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>Gives the compiler the libraries that were read.</summary>
sealed class LibraryResolver(ScriptSet scripts) : MetadataReferenceResolver
{
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference,
        string? baseFilePath,
        MetadataReferenceProperties properties
    )
    {
        if (scripts.Referenced(reference, baseFilePath ?? scripts.Recipe.Path) is { } library)
            return [MetadataReference.CreateFromImage(library.Bytes, properties, filePath: library.Path)];
        return Framework.Find(reference) is { } path ? [MetadataReference.CreateFromFile(path, properties)] : [];
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
