using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Finds code that would end the process of a recipe, or continue in it after the recipe has ended.</summary>
static class OwnProcess
{
    public static void Check(IReadOnlyList<SyntaxTree> written, Func<CSharpCompilation> compile)
    {
        // To find out what names mean takes time, and most recipes have none of these names.
        if (!written.SelectMany(Names).Any(name => Told(name) is not null))
            return;
        var compilation = compile();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var name in Names(tree).Where(name => !IsAsked(name)))
            {
                if (
                    Told(name) is not { } told
                    || Meant(model.GetSymbolInfo(name)) is not { } type
                    || $"{type.ContainingNamespace}.{type.Name}" != told.Type
                )
                    continue;
                var place = name.Parent as MemberAccessExpressionSyntax ?? (SyntaxNode)name;
                throw new RecipeException(told.Problem, Diagnosis.PlaceOf(place.GetLocation()), told.Hint);
            }
        }
    }

    /// <summary>The problem with a name, if it is the name of that type.</summary>
    static (string Type, string Problem, string Hint)? Told(SimpleNameSyntax name) =>
        name.Identifier.ValueText switch
        {
            "Exit" or "FailFast" => (
                "System.Environment",
                $"Environment.{name} would end cfg itself, in the middle of what it does",
                "a recipe that cannot go on says so: throw new Exception(\"why\")"
            ),
            "Thread" or "ThreadPool" or "Timer" => (
                $"System.Threading.{name}",
                $"{name} would go on when the recipe has ended",
                "a recipe only declares, from top to bottom: it needs no threads"
            ),
            _ => null,
        };

    /// <summary>
    /// Whether the member is harmless, although its type is not: Thread.Sleep only waits, and the time of a recipe is limited
    /// anyway.
    /// </summary>
    static bool IsAsked(SimpleNameSyntax name)
    {
        var type = name.Parent is MemberAccessExpressionSyntax qualified && qualified.Name == name ? qualified : (ExpressionSyntax)name;
        return name.Identifier.ValueText is "Thread" && type.Parent is MemberAccessExpressionSyntax access && access.Expression == type;
    }

    static IEnumerable<SimpleNameSyntax> Names(SyntaxTree tree) => tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>();

    /// <summary>The type that a name stands for, or whose method it is.</summary>
    static INamedTypeSymbol? Meant(SymbolInfo info) =>
        (info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) switch
        {
            INamedTypeSymbol type => type,
            IMethodSymbol { Name: "Exit" or "FailFast" } method => method.ContainingType,
            IMethodSymbol { MethodKind: MethodKind.Constructor } made => made.ContainingType,
            _ => null,
        };
}
