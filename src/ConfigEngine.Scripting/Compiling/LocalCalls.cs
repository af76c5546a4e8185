using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// Finds the local files that a script names in plain text, also where the code that names them is run for a host only, and so not by
/// <c>cfg check</c>.
/// </summary>
static class LocalCalls
{
    /// <summary>The calls of <c>Local("path")</c> and <c>LocalTree("path")</c>.</summary>
    public static IEnumerable<LocalCall> In(ScriptFile script, CSharpParseOptions parse)
    {
        var root = CSharpSyntaxTree.ParseText(script.Text, parse, script.Name).GetRoot();
        var own = root.DescendantNodes()
            .Select(node =>
                node switch
                {
                    MethodDeclarationSyntax method => method.Identifier.ValueText,
                    LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                    _ => "",
                }
            )
            .ToHashSet(StringComparer.Ordinal);
        return from call in root.DescendantNodes().OfType<InvocationExpressionSyntax>()
               let name = (call.Expression as IdentifierNameSyntax)?.Identifier.ValueText
               where name is nameof(Dsl.Local) or nameof(Dsl.LocalTree) && !own.Contains(name)
               let path = call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }]
                   ? literal.Token.Value as string
                   : null
               let at = Diagnosis.PlaceOf(call.GetLocation())
               where path is not null && at is not null
               select new LocalCall(path, script.Name, at, name is nameof(Dsl.LocalTree) ? LocalKind.Tree : LocalKind.File);
    }
}

/// <summary>A local file or directory that a script names.</summary>
/// <param name="Path">The path as written.</param>
/// <param name="Script">The script, as shown.</param>
/// <param name="At">The place of the call.</param>
/// <param name="Kind">What it must be.</param>
sealed record LocalCall(string Path, string Script, SourceLine At, LocalKind Kind);

/// <summary>What a local path must be.</summary>
enum LocalKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A directory.</summary>
    Tree,
}
