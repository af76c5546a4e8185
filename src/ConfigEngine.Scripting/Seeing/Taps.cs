using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// What is written into scripts so that their branches can be seen: around each place that decides, a call that notes the way. The calls
/// go to a type that is loaded with the recipe, so that the engine knows nothing of it. No call changes a type or an assignment that the
/// compiler can rely on: a condition stays one whose variables are assigned where it is true.
/// </summary>
/// <param name="written">The scripts as they were written, for the types of lambdas.</param>
sealed class Taps(Lazy<CSharpCompilation> written)
{
    /// <summary>The path of the script with the type; no file has it.</summary>
    public const string Path = "branches of cfg";

    /// <summary>The type, and its field.</summary>
    public const string Type = "CfgBranches_",
        Field = "Taken";

    const string At = $"{Type}.At",
        Then = $"{Type}.Then",
        Or = $"{Type}.Or";

    readonly List<Branch> all = [];

    /// <summary>The branches so far; each has its index as its number.</summary>
    public IReadOnlyList<Branch> All => all;

    /// <summary>The script with the type.</summary>
    public static string Script { get; } = Read();

    /// <summary>A recipe's text that loads the script with the type. A first line that names a program stays the first.</summary>
    public static string Load(string text, string file)
    {
        var first = text.StartsWith("#!", StringComparison.Ordinal) ? text.IndexOf('\n') + 1 : 0;
        return $"{text[..first]}#load \"{Path}\"\n#line {(first == 0 ? 1 : 2)} \"{file}\"\n{text[first..]}";
    }

    /// <summary>What to write around a node; null where nothing.</summary>
    /// <param name="node">The node.</param>
    public Tap? Of(SyntaxNode node) =>
        node switch
        {
            StatementSyntax { Parent: SwitchSectionSyntax section } first when section.Statements[0] == first => Tap.Around(
                first,
                Note(Way.Arm, section.Labels[0], section),
                ""
            ),
            BlockSyntax { Parent: var parent } block when Opens(parent) is { } way => Tap.Inside(block, Note(way, parent, block)),
            BlockSyntax => null,
            StatementSyntax { Parent: var loop } body when IsLoop(loop, body) => Tap.Around(body, $"{{{Note(Way.Loop, loop, body)}", " }"),
            ExpressionSyntax expression => OfExpression(expression),
            PatternSyntax { Parent: SwitchExpressionArmSyntax { WhenClause: null } arm } pattern when arm.Pattern == pattern => Tap.Around(
                pattern,
                "",
                $" when ({Number(Way.Arm, pattern, arm.Expression)} || true)"
            ),
            _ => null,
        };

    static string Read()
    {
        using StreamReader reader = new(
            typeof(Taps).Assembly.GetManifestResourceStream("branches.csx") ?? throw new MissingMemberException("branches.csx")
        );
        return reader.ReadToEnd();
    }

    Tap? OfExpression(ExpressionSyntax node) =>
        IsBody(node) && OfBody(node) is { } body ? body
        : node is LiteralExpressionSyntax || IsConstant(node) ? null
        : node.Parent switch
        {
            IfStatementSyntax { Condition: var condition } choice when condition == node => Whole(
                node,
                choice.Statement,
                choice.Else?.Statement
            ),
            ConditionalExpressionSyntax { Condition: var condition } choice when condition == node => Whole(
                node,
                choice.WhenTrue,
                choice.WhenFalse
            ),
            WhenClauseSyntax { Parent: SwitchExpressionArmSyntax arm } => Tap.Around(
                node,
                "((",
                $") && ({Number(Way.Arm, arm.Pattern, arm.Expression)} || true))"
            ),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice when choice.Left == node => Coalesce(
                node,
                choice.Right
            ),
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list }
                when IsWhen(call) && list.Arguments[0].Expression == node && list.Arguments[0].NameColon is null => OfWhen(node),
            _ => IsPart(node) ? Part(node) : null,
        };

    Tap? OfBody(ExpressionSyntax node)
    {
        var owner = node.Parent is ArrowExpressionClauseSyntax { Parent: { } function } ? function : node.Parent;
        return owner switch
        {
            MethodDeclarationSyntax method when IsValue(method.ReturnType, method.Modifiers) => Arm(Way.Function),
            LocalFunctionStatementSyntax local when IsValue(local.ReturnType, local.Modifiers) => Arm(Way.Function),
            LambdaExpressionSyntax lambda when lambda.Modifiers.Any(SyntaxKind.AsyncKeyword) || node is RefExpressionSyntax => null,
            LambdaExpressionSyntax lambda when IsStatement(node) && !HasValue(lambda) => Tap.Around(
                node,
                $"{{{Note(Way.Lambda, lambda, node)} ",
                "; } "
            ),
            LambdaExpressionSyntax => Arm(Way.Lambda),
            _ => null,
        };

        Tap Arm(Way way) => Tap.Around(node, $"0 switch {{ _ when ({Number(way, owner, node)} || true) => ", " } ");
    }

    Tap Whole(ExpressionSyntax node, SyntaxNode then, SyntaxNode? otherwise) =>
        Condition(
            node,
            Make(Way.True, node, then) with
            {
                IsWhole = IsLogical(Bare(node)),
            },
            Make(Way.False, node, otherwise) with
            {
                IsWhole = IsLogical(Bare(node)),
            }
        );

    Tap OfWhen(ExpressionSyntax node)
    {
        var yes = Make(Way.True, node, null) with { IsWhole = IsLogical(Bare(node)) };
        return Tap.Around(node, $"{Then}({Add(yes)}, {Add(yes with { Way = Way.False })}, ", ")");
    }

    /// <summary>One operand of <c>&amp;&amp;</c> or <c>||</c>: the other one is run on one of its ways.</summary>
    Tap Part(ExpressionSyntax node)
    {
        SyntaxNode inner = node;
        while (inner.Parent is ParenthesizedExpressionSyntax parenthesis)
            inner = parenthesis;
        var other = inner.Parent is BinaryExpressionSyntax binary && binary.Left == inner ? binary.Right : null;
        var isAnd = inner.Parent.IsKind(SyntaxKind.LogicalAndExpression);
        return Condition(node, Make(Way.True, node, isAnd ? other : null), Make(Way.False, node, isAnd ? null : other));
    }

    // The constants tell the compiler which variables are assigned on which way; a call with the condition would not.
    Tap Condition(ExpressionSyntax node, Branch yes, Branch no) =>
        Tap.Around(node, "((", $") && ({At}({Add(yes)}) || true) || {At}({Add(no)}) && false)");

    Tap Coalesce(ExpressionSyntax node, ExpressionSyntax otherwise) =>
        Tap.Around(node, $"{Or}({Add(Make(Way.Null, node, otherwise))}, {Add(Make(Way.NotNull, node, null))}, ", ")");

    string Note(Way way, SyntaxNode? at, SyntaxNode arm) => $" {Number(way, at ?? arm, arm)};";

    string Number(Way way, SyntaxNode at, SyntaxNode arm) => $"{At}({Add(Make(way, at, arm))})";

    int Add(Branch branch)
    {
        all.Add(branch);
        return all.Count - 1;
    }

    static Branch Make(Way way, SyntaxNode at, SyntaxNode? arm)
    {
        var place = at.SyntaxTree.GetLineSpan(at.Span).StartLinePosition;
        return new(at.SyntaxTree.FilePath, place.Line + 1, place.Character + 1, way, NameOf(at))
        {
            Own = new(at.SpanStart, at.Span.End),
            Arm = arm is null ? default : new(arm.SpanStart, arm.Span.End),
            IsError = Throws(arm),
        };
    }

    static string NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            CommonForEachStatementSyntax loop => $"foreach (… in {loop.Expression})",
            ForStatementSyntax loop => $"for (…; {loop.Condition}; …)",
            WhileStatementSyntax loop => $"while ({loop.Condition})",
            CatchClauseSyntax caught => $"catch{(caught.Declaration is null ? "" : $" {caught.Declaration}")}",
            LambdaExpressionSyntax lambda => $"{Parameters(lambda)} => …",
            AnonymousMethodExpressionSyntax => "delegate",
            _ => node.ToString(),
        };

    static string Parameters(LambdaExpressionSyntax lambda) =>
        lambda is SimpleLambdaExpressionSyntax simple ? simple.Parameter.ToString()
        : lambda is ParenthesizedLambdaExpressionSyntax several ? several.ParameterList.ToString()
        : "";

    static bool Throws(SyntaxNode? arm) =>
        arm switch
        {
            ThrowExpressionSyntax or ThrowStatementSyntax => true,
            BlockSyntax { Statements: [var only] } => Throws(only),
            SwitchSectionSyntax { Statements: [var only] } => Throws(only),
            ParenthesizedExpressionSyntax { Expression: var inner } => Throws(inner),
            _ => false,
        };

    /// <summary>What a block is the body of; null where it is no branch of its own.</summary>
    static Way? Opens(SyntaxNode? parent) =>
        parent switch
        {
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => Way.Function,
            AnonymousFunctionExpressionSyntax => Way.Lambda,
            CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax => Way.Loop,
            CatchClauseSyntax => Way.Catch,
            _ => null,
        };

    static bool IsLoop(SyntaxNode? parent, StatementSyntax body) =>
        parent switch
        {
            CommonForEachStatementSyntax loop => loop.Statement == body,
            ForStatementSyntax loop => loop.Statement == body,
            WhileStatementSyntax loop => loop.Statement == body,
            _ => false,
        };

    /// <summary>Whether an expression is all of a function or a lambda.</summary>
    static bool IsBody(ExpressionSyntax node) =>
        node.Parent switch
        {
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } => true,
            LambdaExpressionSyntax lambda => lambda.ExpressionBody == node,
            _ => false,
        };

    static bool IsValue(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is not (PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } or RefTypeSyntax)
        && !modifiers.Any(SyntaxKind.AsyncKeyword);

    static bool IsStatement(ExpressionSyntax body) =>
        body
            is InvocationExpressionSyntax
                or AssignmentExpressionSyntax
                or PrefixUnaryExpressionSyntax
                or PostfixUnaryExpressionSyntax
                or ConditionalAccessExpressionSyntax
                or AwaitExpressionSyntax;

    bool HasValue(LambdaExpressionSyntax lambda)
    {
        var tree = written.Value.SyntaxTrees.First(tree => tree.FilePath == lambda.SyntaxTree.FilePath);
        return tree.GetRoot().FindNode(lambda.Span, getInnermostNodeForTie: true) is LambdaExpressionSyntax same
            && written.Value.GetSemanticModel(tree).GetSymbolInfo(same).Symbol is IMethodSymbol { ReturnsVoid: false };
    }

    static bool IsWhen(InvocationExpressionSyntax call) =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: nameof(Dsl.When) };

    /// <summary>Whether an expression is an operand of <c>&amp;&amp;</c> or <c>||</c>, and no such operation itself.</summary>
    static bool IsPart(ExpressionSyntax node)
    {
        if (node is ParenthesizedExpressionSyntax || IsLogical(node))
            return false;
        SyntaxNode outer = node;
        while (outer.Parent is ParenthesizedExpressionSyntax parenthesis)
            outer = parenthesis;
        return outer.Parent is ExpressionSyntax parent && IsLogical(parent);
    }

    static bool IsLogical(SyntaxNode node) => node.IsKind(SyntaxKind.LogicalAndExpression) || node.IsKind(SyntaxKind.LogicalOrExpression);

    static ExpressionSyntax Bare(ExpressionSyntax node) => node is ParenthesizedExpressionSyntax inner ? Bare(inner.Expression) : node;

    /// <summary>Whether only a constant may stand there.</summary>
    static bool IsConstant(ExpressionSyntax node) =>
        node.Ancestors()
            .Any(outer =>
                outer
                    is AttributeSyntax
                        or ConstantPatternSyntax
                        or CaseSwitchLabelSyntax
                        or EnumMemberDeclarationSyntax
                        or EqualsValueClauseSyntax { Parent: ParameterSyntax }
                || (outer is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
                || (outer is LocalDeclarationStatementSyntax local && local.IsConst)
            );
}

/// <summary>What is written at two places of a script.</summary>
/// <param name="Start">The first place.</param>
/// <param name="Opening">What is written there.</param>
/// <param name="End">The second place.</param>
/// <param name="Closing">What is written there.</param>
sealed record Tap(int Start, string Opening, int End, string Closing)
{
    public static Tap Around(SyntaxNode node, string opening, string closing) => new(node.SpanStart, opening, node.Span.End, closing);

    public static Tap Inside(BlockSyntax block, string text) => new(block.OpenBraceToken.Span.End, text, block.Span.End, "");
}
