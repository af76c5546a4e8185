using ConfigEngine.Editor.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Text;
using SymbolKind = ConfigEngine.Editor.Protocol.SymbolKind;

namespace ConfigEngine.Editor;

/// <summary>The parts of a script, and how it is indented.</summary>
static class Layout
{
    const int LongestName = 60;

    /// <summary>The blocks, variables, functions and types of a script, with the resources of each block.</summary>
    public static async Task<IReadOnlyList<DocumentSymbol>?> Parts(Script script, CancellationToken ct)
    {
        if (await script.Document.GetSyntaxRootAsync(ct) is not CompilationUnitSyntax root)
            return [];
        Scripting.ResourceTypes resources = new([root]);
        return [.. root.Members.SelectMany(member => Parts(member, script, resources))];
    }

    /// <summary>
    /// What has to change so that a script is indented as C# is. Spaces within a line are left: people align values with them.
    /// </summary>
    public static async Task<IReadOnlyList<TextEdit>?> Formatted(Script script, CancellationToken ct)
    {
        var formatted = await Formatter.FormatAsync(script.Document, cancellationToken: ct);
        var changes = await formatted.GetTextChangesAsync(script.Document, ct);
        return
        [
            .. changes
                .Where(change => IsIndent(change, script.Text))
                .Select(change => new TextEdit(script.RangeOf(change.Span), change.NewText ?? "")),
        ];
    }

    static bool IsIndent(TextChange change, SourceText text)
    {
        var line = text.Lines.GetLineFromPosition(change.Span.Start);
        return change.Span.End <= line.End
            && string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, change.Span.End)))
            && change.NewText?.Contains('\n', StringComparison.Ordinal) is false;
    }

    static IEnumerable<DocumentSymbol> Parts(MemberDeclarationSyntax member, Script script, Scripting.ResourceTypes resources)
    {
        switch (member)
        {
            case BaseTypeDeclarationSyntax type:
                yield return Symbol(type.Identifier.ValueText, SymbolKind.Class, type, type.Identifier);
                break;
            case MethodDeclarationSyntax method:
                yield return Symbol(method.Identifier.ValueText, SymbolKind.Function, method, method.Identifier) with
                {
                    Children = Inside(method),
                };
                break;
            case FieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                    yield return Symbol(variable.Identifier.ValueText, SymbolKind.Variable, member, variable.Identifier) with
                    {
                        Children = Inside(variable),
                    };
                break;
            default:
                foreach (var call in Outermost(member))
                {
                    var target = call.ArgumentList.Arguments.FirstOrDefault()?.ToString() ?? "";
                    yield return Symbol($"{call.Expression}({Short(target)})", SymbolKind.Event, call, call.GetFirstToken()) with
                    {
                        Children = Inside(call),
                    };
                }

                break;
        }

        DocumentSymbol Symbol(string name, SymbolKind kind, SyntaxNode node, SyntaxToken token) =>
            new(name.Length > 0 ? name : "?", kind, script.RangeOf(node.Span), script.RangeOf(token.Span));

        IReadOnlyList<DocumentSymbol> Inside(SyntaxNode node) =>
            [
                .. node.DescendantNodes()
                    .OfType<ObjectCreationExpressionSyntax>()
                    .Where(creation => resources.Has(creation.Type))
                    .Select(creation => Symbol(Named(creation), SymbolKind.Object, creation, creation.Type.GetFirstToken())),
            ];
    }

    static IEnumerable<InvocationExpressionSyntax> Outermost(SyntaxNode member) =>
        member
            .DescendantNodes(node => node is not InvocationExpressionSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression is IdentifierNameSyntax);

    static string Named(ObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList?.Arguments.FirstOrDefault() is { } first ? $"{creation.Type} {Short(first.ToString())}" : $"{creation.Type}";

    static string Short(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length > LongestName ? $"{line[..LongestName]}…" : line;
    }
}
