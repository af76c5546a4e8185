using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>How much of where things are is written into a script.</summary>
enum Detail
{
    /// <summary>Nothing: the text is compiled as it is written.</summary>
    Nothing,

    /// <summary>Where each resource and block is.</summary>
    Declarations,

    /// <summary>The same, and where an error in the middle of a long statement is.</summary>
    Lines,
}

/// <summary>
/// Writes into a script where each of its resources and blocks is: <see cref="Dsl.Placed"/> around a resource, and
/// <see cref="Dsl.At"/> before <c>On(…)</c> and <c>Forbid(…)</c>. The compiler's own debug information knows statements only, and a
/// block is one statement; but an arm of a <c>switch</c> is one by itself, so with <see cref="Detail.Lines"/> what begins on a line of
/// its own is put into one. After each insertion a <c>#line</c> directive puts the rest of the line back to its old place.
/// </summary>
sealed class Places : CSharpSyntaxWalker
{
    const int LastColumn = 65535;

    // Each arm costs the compilers time. Who has more resources in one file has them from a program, or finds them by their names.
    const int MostArms = 1000;

    readonly SyntaxTree tree;
    readonly ResourceTypes resources;
    readonly Detail detail;
    readonly Taps? taps;
    readonly List<(int Position, string Text)> insertions = [];
    int arms;

    /// <summary>How many holes of texts it is in.</summary>
    int holes;

    /// <summary>The line that an error is reported at, here.</summary>
    int line = -1;

    Places(SyntaxTree tree, ResourceTypes resources, Detail detail, Taps? taps)
    {
        this.tree = tree;
        this.resources = resources;
        this.detail = detail;
        this.taps = taps;
    }

    /// <summary>The script's text with the places in it.</summary>
    /// <param name="tree">The script.</param>
    /// <param name="resources">The types of resources.</param>
    /// <param name="detail">How much is written.</param>
    /// <param name="taps">What is written so that branches are seen; nothing when null.</param>
    public static string WriteInto(SyntaxTree tree, ResourceTypes resources, Detail detail, Taps? taps = null)
    {
        var text = tree.GetText().ToString();
        // A directive has no escapes for such a path, so its resources have no place.
        if (detail is Detail.Nothing || tree.FilePath.AsSpan().ContainsAny('"', '\n', '\r'))
            return text;
        Places places = new(tree, resources, detail, taps);
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

    public override void Visit(SyntaxNode? node)
    {
        if (node is null || taps?.Of(node) is not { } tap)
        {
            VisitInside(node);
            return;
        }

        Insert(tap.Start, tap.Opening);
        VisitInside(node);
        Insert(tap.End, tap.Closing);
    }

    void VisitInside(SyntaxNode? node)
    {
        // What the compiler's debug information knows by itself.
        if (
            node is StatementSyntax and not BlockSyntax
            || node?.Parent is ArrowExpressionClauseSyntax or SwitchExpressionArmSyntax
            || (node?.Parent is LambdaExpressionSyntax lambda && lambda.ExpressionBody == node)
        )
            Within(node, () => base.Visit(node));
        else
            base.Visit(node);
    }

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        if (holes == 0 && resources.Has(node.Type))
            Place(node, "", () => base.VisitObjectCreationExpression(node));
        else
            base.VisitObjectCreationExpression(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        if (
            holes == 0
            && node.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax variable }
            && resources.Has(variable.Type)
        )
            Place(node, $"<{variable.Type}>", () => base.VisitImplicitObjectCreationExpression(node));
        else
            base.VisitImplicitObjectCreationExpression(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        // In a type that the recipe declares, they are other methods.
        if (
            holes == 0
            && node.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Dsl.On) or nameof(Dsl.Forbid) }
            && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is null
        )
            Insert(node.SpanStart, $"{nameof(Dsl.At)}({Arguments(node)}).");
        if (holes == 0 && IsPart(node))
            InArm(node, () => base.VisitInvocationExpression(node));
        else
            base.VisitInvocationExpression(node);
    }

    // A hole in a string on one line cannot contain a directive. Where branches are written into one, the rest of the line is put back
    // to its old place after the string.
    public override void VisitInterpolation(InterpolationSyntax node)
    {
        if (taps is null)
            return;
        holes++;
        base.VisitInterpolation(node);
        holes--;
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        var before = insertions.Count;
        base.VisitInterpolatedStringExpression(node);
        if (holes == 0 && insertions.Count > before)
            Insert(node.Span.End, " ");
    }

    /// <summary>A call that makes a value of a resource, or part of a list.</summary>
    bool IsPart(InvocationExpressionSyntax node) =>
        node.Parent switch
        {
            SpreadElementSyntax or ExpressionElementSyntax => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax called } } => called
                .Identifier
                .ValueText
                is nameof(Dsl.On)
                    or nameof(Dsl.When),
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: ObjectCreationExpressionSyntax creation } } =>
                resources.Has(creation.Type),
            _ => false,
        };

    void Place(ExpressionSyntax node, string type, Action visit)
    {
        Insert(node.SpanStart, $"{typeof(Dsl)}.{nameof(Dsl.Placed)}{type}(");
        InArm(node, visit);
        Insert(node.Span.End, $", {Arguments(node)})");
    }

    void InArm(ExpressionSyntax node, Action visit)
    {
        if (detail is Detail.Declarations || LineOf(node) == line || arms == MostArms)
        {
            visit();
            return;
        }

        arms++;
        Insert(node.SpanStart, "(0 switch { _ => ");
        Within(node, visit);
        Insert(node.Span.End, " })");
    }

    void Within(SyntaxNode node, Action visit)
    {
        var outer = line;
        line = LineOf(node);
        visit();
        line = outer;
    }

    int LineOf(SyntaxNode node) => tree.GetLineSpan(node.Span).StartLinePosition.Line;

    string Arguments(SyntaxNode node)
    {
        var start = tree.GetLineSpan(node.Span).StartLinePosition;
        return $"{SymbolDisplay.FormatLiteral(tree.FilePath, quote: true)}, {start.Line + 1}, {start.Character + 1}";
    }

    void Insert(int position, string text)
    {
        if (text.Length == 0)
            return;
        if (holes > 0)
        {
            insertions.Add((position, text));
            return;
        }

        var start = tree.GetText().Lines.GetLinePosition(position);
        insertions.Add(
            (position, $"{text}\n#line ({start.Line + 1}, {start.Character + 1}) - ({start.Line + 1}, {LastColumn}) \"{tree.FilePath}\"\n")
        );
    }
}
