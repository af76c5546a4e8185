using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Finds code that C# allows and that is a mistake in a recipe.</summary>
static class Rules
{
    public static void Check(SyntaxTree recipe, IEnumerable<SyntaxTree> libraries, ResourceTypes resources)
    {
        foreach (var tree in libraries)
            DeclaresNothing(tree);
        foreach (var tree in libraries.Prepend(recipe))
        {
            LeavesNoResourceAlone(tree, resources);
            HasModes(tree, resources);
        }
    }

    static void DeclaresNothing(SyntaxTree library)
    {
        var call = library
            .GetRoot()
            .DescendantNodes(node =>
                node
                    is not (
                        BaseMethodDeclarationSyntax
                        or LocalFunctionStatementSyntax
                        or AnonymousFunctionExpressionSyntax
                        or BaseTypeDeclarationSyntax
                    )
            )
            .OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call =>
                call.Expression
                    is IdentifierNameSyntax
                {
                    Identifier.ValueText: nameof(Dsl.On) or nameof(Dsl.Group) or nameof(Dsl.Hosts) or nameof(Dsl.Forbid)
                }
            );
        if (call is null)
            return;
        throw new RecipeException(
            $"{call.Expression}(…) in a file that another one loads: "
                + "a library holds functions that return a Recipe and declares nothing",
            Diagnosis.PlaceOf(call.GetLocation()),
            hint: call.Expression.ToString() switch
            {
                nameof(Dsl.On) => "make it a function here, and write On(…, ThatFunction()) in the recipe",
                nameof(Dsl.Forbid) => $"policies belong into {PolicyFiles.Directory}/*.csx beside {InfraFile.Name}",
                _ => $"hosts belong into {InfraFile.Name}, which recipes beside it and below it find by themselves",
            }
        );
    }

    static void LeavesNoResourceAlone(SyntaxTree tree, ResourceTypes resources)
    {
        var alone = tree.GetRoot()
            .DescendantNodes()
            .OfType<ExpressionStatementSyntax>()
            .Select(statement => statement.Expression)
            .OfType<ObjectCreationExpressionSyntax>()
            .FirstOrDefault(creation => resources.Has(creation.Type));
        if (alone is not null)
            throw new RecipeException(
                $"this {alone.Type} is for no host",
                Diagnosis.PlaceOf(alone.GetLocation()),
                hint: alone.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is null
                    ? $"put it into On(\"…\", new {alone.Type}(…)), or give it a name: var it = new {alone.Type}(…)"
                    : $"return it in a list: host => [new {alone.Type}(…)]"
            );
    }

    /// <summary>A mode is text, so the compiler does not know it; and code for one host does not run before its host is known.</summary>
    static void HasModes(SyntaxTree tree, ResourceTypes resources)
    {
        foreach (var assignment in tree.GetRoot().DescendantNodes().OfType<AssignmentExpressionSyntax>())
        {
            if (
                assignment
                    is not
                    {
                        Left: IdentifierNameSyntax { Identifier.ValueText: var name },
                        Right: LiteralExpressionSyntax { Token.Value: string text } literal,
                        Parent: InitializerExpressionSyntax { Parent: ObjectCreationExpressionSyntax creation }
                    }
                || resources.PropertyOf(creation.Type, name) != typeof(Mode)
            )
                continue;
            try
            {
                Mode.Parse(text);
            }
            catch (FormatException wrong)
            {
                throw new RecipeException(wrong.Message, Diagnosis.PlaceOf(literal.GetLocation()), inner: wrong);
            }
        }
    }
}
