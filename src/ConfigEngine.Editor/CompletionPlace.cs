using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Tags;

namespace ConfigEngine.Editor;

/// <summary>What is likely at a place in a recipe, beyond what C# allows there.</summary>
sealed class CompletionPlace
{
    /// <summary>The resources, if one of them is likely.</summary>
    IReadOnlyCollection<string> Resources { get; init; } = [];

    /// <summary>Whether <c>new</c> is before it.</summary>
    public bool IsAfterNew => Resources.Count > 0;

    /// <summary>
    /// The properties that may be set in the braces after <c>new File("/x")</c>; null elsewhere. C# would offer those too whose own
    /// properties could be set.
    /// </summary>
    public IReadOnlySet<string>? Settable { get; private init; }

    /// <summary>Looks at a place.</summary>
    public static async Task<CompletionPlace> Of(Script script, int position, CancellationToken ct)
    {
        if (
            await script.Document.GetSyntaxRootAsync(ct) is not { } root
            || await script.Document.GetSemanticModelAsync(ct) is not { } model
        )
            return new();
        var token = root.FindToken(Math.Max(0, position - 1));
        var before = token.Span.End < position || token.IsKind(SyntaxKind.NewKeyword) ? token : token.GetPreviousToken();
        return new()
        {
            Resources = before.IsKind(SyntaxKind.NewKeyword) && before.Span.End < position ? new ResourceTypes([root]).Names : [],
            Settable = SettableIn(token.Parent, position, model, ct),
        };
    }

    /// <summary>Whether something may be written here.</summary>
    public bool Takes(CompletionItem item) =>
        (Settable is null || Settable.Contains(item.DisplayText))
        && !(ResourceTypes.OldNames.Contains(item.DisplayText) && item.Tags.Contains(WellKnownTags.Class));

    /// <summary>What is put before the order of C#: after <c>new</c>, a resource is nearly always meant.</summary>
    public string Order(string name) =>
        !IsAfterNew ? ""
        : Resources.Contains(name) ? "0 "
        : "1 ";

    static HashSet<string>? SettableIn(SyntaxNode? node, int position, SemanticModel model, CancellationToken ct)
    {
        if (
            node?.FirstAncestorOrSelf<InitializerExpressionSyntax>() is not { Parent: BaseObjectCreationExpressionSyntax creation } braces
            || position <= braces.OpenBraceToken.SpanStart
            || (!braces.CloseBraceToken.IsMissing && position > braces.CloseBraceToken.SpanStart)
            || braces.Expressions.Any(one => IsValue(one, position))
        )
            return null;
        HashSet<string> names = [];
        for (var type = model.GetTypeInfo(creation, ct).Type; type is not null; type = type.BaseType)
            names.UnionWith(type.GetMembers().Where(IsSettable).Select(member => member.Name));
        return names.Count > 0 ? names : null;
    }

    static bool IsValue(ExpressionSyntax part, int position) =>
        part is AssignmentExpressionSyntax one && position > one.OperatorToken.SpanStart && position <= one.FullSpan.End;

    static bool IsSettable(ISymbol member) =>
        member
            is IFieldSymbol { IsReadOnly: false, IsConst: false, DeclaredAccessibility: Accessibility.Public }
                or IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Public };
}
