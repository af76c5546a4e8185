using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>The names of resource types that a recipe can mean: the engine's, and those that its scripts declare.</summary>
sealed class ResourceTypes
{
    readonly HashSet<string> names;

    public ResourceTypes(IEnumerable<SyntaxNode> roots)
    {
        names =
        [
            .. typeof(Dsl)
                .Assembly.GetExportedTypes()
                .Where(type => type is { IsAbstract: false, IsNested: false } && type.IsSubclassOf(typeof(Resource)))
                .Select(type => type.Name),
        ];
        var declared = roots.SelectMany(root => root.DescendantNodes().OfType<TypeDeclarationSyntax>()).ToList();
        names.ExceptWith(declared.Select(type => type.Identifier.ValueText));
        int before;
        do
        {
            before = names.Count;
            names.UnionWith(declared.Where(IsResource).Select(type => type.Identifier.ValueText).ToList());
        } while (names.Count > before);
    }

    public IReadOnlyCollection<string> Names => names;

    /// <summary>Whether a type's name, as written, is that of a resource.</summary>
    public bool Has(TypeSyntax? type) =>
        type switch
        {
            IdentifierNameSyntax name => names.Contains(name.Identifier.ValueText),
            QualifiedNameSyntax name => name.Left.ToString() is "ConfigEngine.Resources" or "Resources"
                && names.Contains(name.Right.Identifier.ValueText),
            _ => false,
        };

    bool IsResource(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.FirstOrDefault()?.Type is { } parent
        && (Has(parent) || parent is GenericNameSyntax { Identifier.ValueText: nameof(Resource) });
}
