using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// Writes into a script where each of its resources and blocks stands: a resource's <see cref="Resource.Source"/>, and
/// <see cref="Dsl.At"/> before <c>On(…)</c>. The compiler's own debug information knows statements only, and a block is
/// one statement. After each insertion a <c>#line</c> directive puts the rest of the line back to its old place.
/// </summary>
sealed class Places : CSharpSyntaxWalker
{
    const int LastColumn = 65535;

    readonly SyntaxTree tree;
    readonly ResourceTypes resources;
    readonly List<(int Position, string Text)> insertions = [];

    Places(SyntaxTree tree, ResourceTypes resources)
    {
        this.tree = tree;
        this.resources = resources;
    }

    /// <summary>The script's text with the places in it.</summary>
    public static string WriteInto(SyntaxTree tree, ResourceTypes resources)
    {
        var text = tree.GetText().ToString();
        // A directive has no escapes for such a path; its resources go without a place.
        if (tree.FilePath.AsSpan().ContainsAny('"', '\n', '\r'))
            return text;
        Places places = new(tree, resources);
        places.Visit(tree.GetRoot());
        StringBuilder written = new();
        var from = 0;
        foreach (var (position, insertion) in places.insertions.OrderBy(insertion => insertion.Position))
        {
            written.Append(text, from, position - from).Append(insertion);
            from = position;
        }

        return written.Append(text, from, text.Length - from).ToString();
    }

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        base.VisitObjectCreationExpression(node);
        if (resources.Has(node.Type))
            WriteSource(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        base.VisitImplicitObjectCreationExpression(node);
        if (node.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax variable } && resources.Has(variable.Type))
            WriteSource(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        // In a type of the recipe's own, On is something else.
        if (
            node.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Dsl.On) }
            && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null
        )
            Insert(node.SpanStart, $"{nameof(Dsl.At)}({Arguments(node)}).");
        base.VisitInvocationExpression(node);
    }

    // A hole of a string on one line cannot hold a directive.
    public override void VisitInterpolation(InterpolationSyntax node) { }

    void WriteSource(BaseObjectCreationExpressionSyntax node)
    {
        var source = $"{nameof(Resource.Source)} = new {typeof(SourceLine)}({Arguments(node)})";
        if (node.Initializer is not { } initializer)
            Insert(node.Span.End, $" {{ {source} }}");
        else if (initializer.IsKind(SyntaxKind.ObjectInitializerExpression) && !SetsSource(initializer))
            Insert(
                initializer.CloseBraceToken.SpanStart,
                initializer.Expressions.Count > initializer.Expressions.SeparatorCount ? $", {source} " : $"{source} "
            );
    }

    static bool SetsSource(InitializerExpressionSyntax initializer) =>
        initializer.Expressions.Any(expression =>
            expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: nameof(Resource.Source) } }
        );

    string Arguments(SyntaxNode node)
    {
        var start = tree.GetLineSpan(node.Span).StartLinePosition;
        return $"{SymbolDisplay.FormatLiteral(tree.FilePath, quote: true)}, {start.Line + 1}, {start.Character + 1}";
    }

    void Insert(int position, string text)
    {
        var start = tree.GetText().Lines.GetLinePosition(position);
        insertions.Add(
            (position, $"{text}\n#line ({start.Line + 1}, {start.Character + 1}) - ({start.Line + 1}, {LastColumn}) \"{tree.FilePath}\"\n")
        );
    }
}
