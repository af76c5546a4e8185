using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>The names of resource types in a recipe: the engine's, and those that its scripts declare.</summary>
sealed class ResourceTypes
{
    static readonly List<Type> Own =
    [
        .. typeof(Dsl)
            .Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false, IsNested: false } && type.IsSubclassOf(typeof(Resource))),
    ];

    readonly HashSet<string> names;

    public ResourceTypes(IEnumerable<SyntaxNode> roots)
    {
        names = [.. Own.Select(type => type.Name)];
        var declared = roots.SelectMany(root => root.DescendantNodes().OfType<TypeDeclarationSyntax>()).ToList();
        names.ExceptWith(declared.Select(type => type.Identifier.ValueText));
        int before;
        do
        {
            before = names.Count;
            names.UnionWith(declared.Where(IsResource).Select(type => type.Identifier.ValueText).ToList());
        } while (names.Count > before);
    }

    /// <summary>The names that a recipe should use, without the old ones.</summary>
    public IReadOnlyCollection<string> Names => [.. names.Except(OldNames)];

    /// <summary>The names of the engine's resources that have another name now.</summary>
    public static IReadOnlySet<string> OldNames { get; } =
        Own.Where(type => type.IsDefined(typeof(ObsoleteAttribute), inherit: false)).Select(type => type.Name).ToHashSet();

    /// <summary>Whether a type's name, as written, is the name of a resource.</summary>
    public bool Has(TypeSyntax? type) =>
        type switch
        {
            IdentifierNameSyntax name => names.Contains(name.Identifier.ValueText),
            QualifiedNameSyntax name => name.Left.ToString() is "ConfigEngine.Resources" or "Resources"
                && names.Contains(name.Right.Identifier.ValueText),
            _ => false,
        };

    /// <summary>The type of a property of one of the engine's own resources, where nothing else has its name.</summary>
    public Type? PropertyOf(TypeSyntax? resource, string property) =>
        Has(resource)
        && Own.Find(type => type.Name == resource?.ToString().Split('.')[^1])?.GetProperty(property)?.PropertyType is { } found
            ? Nullable.GetUnderlyingType(found) ?? found
            : null;

    bool IsResource(TypeDeclarationSyntax type) =>
        type.BaseList?.Types.FirstOrDefault()?.Type is { } parent
        && (Has(parent) || parent is GenericNameSyntax { Identifier.ValueText: nameof(Resource) });
}
