using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Scripting;

/// <summary>
/// Finds texts in which the <c>$</c> was forgotten: <c>"server_name {name};"</c> where the recipe has a variable <c>name</c>. Text in
/// braces that is no variable is left alone, and so is a place that <c>Replace("{name}", …)</c> fills in.
/// </summary>
static partial class NotFilledIn
{
    /// <summary>The warnings.</summary>
    public static IReadOnlyList<Diagnostic> In(IReadOnlyList<SyntaxTree> written, Func<CSharpCompilation> compile)
    {
        var replaced = written.SelectMany(Texts).Select(text => text.ValueText).ToHashSet(StringComparer.Ordinal);
        // What the names mean costs time, and most recipes have no text with braces.
        if (!written.SelectMany(Texts).SelectMany(text => Holes(text, replaced)).Any())
            return [];
        var compilation = compile();
        return [.. compilation.SyntaxTrees.SelectMany(tree => In(tree, compilation.GetSemanticModel(tree), replaced))];
    }

    static IEnumerable<Diagnostic> In(SyntaxTree tree, SemanticModel model, HashSet<string> replaced) =>
        from text in Texts(tree)
        from hole in Holes(text, replaced)
        let name = hole.Groups["name"].Value
        where model.LookupSymbols(text.SpanStart, name: name).Any(IsOfRecipe)
        select Diagnostic.Create(
            RecipeWarning.NotFilledIn,
            tree.GetLocation(new TextSpan(text.SpanStart + hole.Index, hole.Length)),
            $"{hole.Value} stays as it is written, because this text has no $ before its first quote; with it, the value of {name} is "
                + "filled in"
        );

    /// <summary>A variable of the recipe, and not a member of the language, such as Local.</summary>
    static bool IsOfRecipe(ISymbol symbol) =>
        symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol && symbol.DeclaringSyntaxReferences.Length > 0;

    static IEnumerable<SyntaxToken> Texts(SyntaxTree tree) =>
        tree.GetRoot()
            .DescendantTokens()
            .Where(token =>
                token.Kind()
                    is SyntaxKind.StringLiteralToken
                        or SyntaxKind.SingleLineRawStringLiteralToken
                        or SyntaxKind.MultiLineRawStringLiteralToken
            );

    static IEnumerable<Match> Holes(SyntaxToken text, HashSet<string> replaced) =>
        Hole().Matches(text.Text).Where(hole => !replaced.Contains(hole.Value));

    [GeneratedRegex(@"(?<![{$\\])\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(\.[A-Za-z_][A-Za-z0-9_.]*)?\}(?!\})", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
