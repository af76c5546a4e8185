using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// Finds secrets in interpolated strings that become text. C# allows any value in one. If the types do not show the mistake, <see
/// cref="Secret.ToString"/> throws when the recipe runs.
/// </summary>
static class SecretsInText
{
    public static void Check(IReadOnlyList<SyntaxTree> written, Func<CSharpCompilation> compile)
    {
        // To find out what names mean takes time, and most recipes have no secret.
        if (!written.Any(tree => tree.GetText().ToString().Contains(nameof(Secret), StringComparison.Ordinal)))
            return;
        var compilation = compile();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            var found = tree.GetRoot()
                .DescendantNodes()
                .OfType<InterpolationSyntax>()
                .FirstOrDefault(hole =>
                    Is(model.GetTypeInfo(hole.Expression).Type, typeof(Secret))
                    && !Is(model.GetTypeInfo(Whole(hole)).ConvertedType, typeof(Content))
                );
            if (found is not null)
                throw new RecipeException(
                    $"{found} is a secret, and this string becomes text, which anything could show",
                    Diagnosis.PlaceOf(found.GetLocation()),
                    hint: "write it right where a file's content or a command's input is: Content = $\"PASSWORD={password}\\n\"; for a "
                        + "part of it, write Content part = $\"…\""
                );
        }
    }

    static bool Is(ITypeSymbol? found, Type type) =>
        found?.Name == type.Name && found.ContainingNamespace?.ToDisplayString() == type.Namespace;

    /// <summary>The string that contains a hole, with the text that is added to it.</summary>
    static ExpressionSyntax Whole(InterpolationSyntax hole)
    {
        ExpressionSyntax whole = hole.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() ?? hole.Expression;
        while (whole.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            whole = (ExpressionSyntax)whole.Parent;
        return whole;
    }
}
