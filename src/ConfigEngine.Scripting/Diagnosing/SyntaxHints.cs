using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for text that is not C#.</summary>
static partial class SyntaxHints
{
    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS1010" => "put text of several lines between \"\"\" and \"\"\", each on a line of its own",
            "CS1011" or "CS1012" => "use double quotes: \"…\"",
            "CS7010" => "write the path in quotes: #load \"lib/name.csx\"",
            _ when YamlLine().IsMatch(slip.Line) || YamlLine().IsMatch(slip.LineBefore) =>
                "a recipe is C#, not YAML: On(\"web\", new Package(\"nginx\"));",
            "CS1003" or "CS1525" when slip.Token.IsKind(SyntaxKind.IfKeyword) || Next(slip).IsKind(SyntaxKind.IfKeyword) =>
                "in a list, write condition ? new Package(\"nginx\") : null, or When(condition, …) for several",
            "CS1525"
                when Next(slip) is var next
                    && next.IsKind(SyntaxKind.CloseParenToken)
                    && next.GetPreviousToken().IsKind(SyntaxKind.CommaToken) =>
                "take away the last comma: in ( ) there is none after the last one; in [ ] and { } there may be",
            "CS1002" when slip.Following is ',' && BlockOfLambda().IsMatch(slip.Before) =>
                "write a list of resources in brackets: host => [ … ]",
            "CS0839" => "take away one of the two commas",
            "CS1003" or "CS1525" when IsLoop(slip.Token) || IsLoop(Next(slip)) =>
                "build the list first: List<IDeclaration> parts = []; then parts.Add(…) where you like, and On(…, [.. parts])",
            "CS1003" when slip.Message.Contains("'=' expected", StringComparison.Ordinal) =>
                "a property is set with =, as in Content = \"…\"",
            "CS1002" or "CS1003" or "CS1026" or "CS1513" => Unexpected(Next(slip)),
            _ => null,
        };

    static bool IsLoop(SyntaxToken token) => token.Kind() is SyntaxKind.ForEachKeyword or SyntaxKind.ForKeyword;

    static string? Unexpected(SyntaxToken next)
    {
        var before = next.GetPreviousToken();
        return next.Kind() switch
        {
            SyntaxKind.SemicolonToken when before.Parent?.FirstAncestorOrSelf<InitializerExpressionSyntax>() is not null =>
                "between { and } properties are separated by commas; a ; comes after On(…)",
            SyntaxKind.OpenBraceToken
                when before.Parent
                    is ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax type } } =>
                $"write new {type}(…) {{ … }}",
            SyntaxKind.NewKeyword
            or SyntaxKind.IdentifierToken when before.IsKind(SyntaxKind.CloseParenToken) || before.IsKind(SyntaxKind.CloseBraceToken) =>
                before.Parent?.FirstAncestorOrSelf<ArgumentSyntax>() is null ? null : "put a comma between resources",
            SyntaxKind.StringLiteralToken when before.ValueText is nameof(Dsl.On) or nameof(Dsl.Group) or nameof(Dsl.Hosts) =>
                $"write {before.ValueText}(…) with parentheses",
            SyntaxKind.IdentifierToken when before.ValueText is "using" || before.GetPreviousToken().ValueText is "using" =>
                "a recipe's own variables need no using: var it = …",
            _ => null,
        };
    }

    // If a line ends there, the compiler reports a missing token at the end of the token before.
    static SyntaxToken Next(Slip slip) => slip.Token.SpanStart >= slip.Position ? slip.Token : slip.Token.GetNextToken();

    [GeneratedRegex(@"=>\s*\{[^{}]*\z")]
    private static partial Regex BlockOfLambda();

    [GeneratedRegex(@"^\s*(- )?[\w-]+:(\s|\z)")]
    private static partial Regex YamlLine();
}
