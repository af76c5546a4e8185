using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

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

    /// <summary>The parts of a kind of all source files below some directories, each with its file and line.</summary>
    public static IEnumerable<(string Place, TNode Node)> Nodes<TNode>(params string[] directories)
        where TNode : SyntaxNode =>
        Sources(directories)
            .SelectMany(file =>
                CSharpSyntaxTree
                    .ParseText(System.IO.File.ReadAllText(file.Path))
                    .GetRoot()
                    .DescendantNodes()
                    .OfType<TNode>()
                    .Select(node => ($"{file.Name}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", node))
            );

    static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../.."));
}
