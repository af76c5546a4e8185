using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// Writes the place of each resource and block into a script: a resource's <see cref="Resource.Source"/>, and <see cref="Dsl.At"/>
/// before <c>On(…)</c>. The compiler's own debug information has only statements, and a whole block is one statement. After each
/// insertion a <c>#line</c> directive gives the rest of the line its old place.
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

    /// <summary>The script's text with the places added.</summary>
    public static string WriteInto(SyntaxTree tree, ResourceTypes resources)
    {
        var text = tree.GetText().ToString();
        // A directive has no escapes for such a path, so its resources have no place.
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
        // In a type that the recipe declares, On is another method.
        if (
            node.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Dsl.On) }
            && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null
        )
            Insert(node.SpanStart, $"{nameof(Dsl.At)}({Arguments(node)}).");
        base.VisitInvocationExpression(node);
    }

    // A hole in a string on one line cannot contain a directive.
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
