using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for <c>File.ReadAllText</c> and the like: <c>File</c> and <c>Directory</c> are resources of a host here.</summary>
static class OwnMachineHints
{
    public static string? For(Slip slip)
    {
        if (
            slip.Id is not "CS0117"
            || slip.Node.Parent is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax type } access
            || slip.Model?.GetSymbolInfo(type).Symbol is not INamedTypeSymbol
            || !slip.Resources.Has(type)
        )
            return null;
        var path = access.Parent
            is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax literal }, ..] }
            ? literal.ToString()
            : null;
        return (type.Identifier.ValueText, slip.Name) switch
        {
            ("File", "ReadAllText" or "ReadAllBytes" or "ReadAllTextAsync" or "ReadAllBytesAsync" or "OpenRead" or "OpenText") =>
                $"the content of a file beside the recipe is Local({path ?? "\"files/name\""})",
            ("File", "ReadAllLines" or "ReadLines") =>
                $"the content of a file beside the recipe is Local({path ?? "\"files/name\""}); its text is .Text, for its lines: "
                    + ".Text?.Split('\\n')",
            ("Directory", "GetFiles" or "EnumerateFiles" or "GetFileSystemEntries" or "EnumerateFileSystemEntries") =>
                $"what is in a directory beside the recipe is LocalTree({path ?? "\"files\""}), as in new Tree(\"/srv/www\") "
                    + $"{{ From = LocalTree({path ?? "\"files\""}) }}",
            ("File" or "Directory", "Exists") =>
                $"on a host, a command tells: host.Ask($\"test -e {path?.Trim('"') ?? "/path"} && echo yes || true\").Text; on this "
                    + $"machine: System.IO.{type}.Exists(…)",
            ("File", "WriteAllText" or "WriteAllLines" or "WriteAllBytes" or "AppendAllText" or "Create" or "Copy") =>
                "a file of a host is declared: new File(\"/path\") { Content = … }",
            ("File" or "Directory", "Delete") => "what should not be there is declared: new NoPath(\"/path\")",
            ("Directory", "CreateDirectory") => "a directory of a host is declared: new Directory(\"/path\")",
            _ => null,
        };
    }
}
