using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>Hints for properties and constructors.</summary>
static partial class MemberHints
{
    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS0117" or "CS0572" or "CS1061" => NoSuchMember(slip),
            "CS9035" when Required().Match(slip.Message) is { Success: true } required => required.Groups["member"].Value is "Content"
                ? $"new {required.Groups["type"]}(…) {{ Content = \"text\\n\" }}, or Content = Local(\"files/name\") for a file "
                    + $"beside the recipe"
                : $"new {required.Groups["type"]}(…) {{ {required.Groups["member"]} = … }}",
            "CS7036" or "CS1729" => Constructor(slip),
            "CS8852" or "CS0200" => "what is declared does not change: set it where it is made, or make a copy: it with { … }",
            _ => null,
        };

    static string? NoSuchMember(Slip slip)
    {
        if (TypeOf(slip) is not { } type)
            return null;
        if (IsType(slip))
            return NoSuchStatic(slip, type);
        var settable = slip.Node.FirstAncestorOrSelf<InitializerExpressionSyntax>() is not null;
        List<IPropertySymbol> properties =
        [
            .. Hierarchy(type)
                .SelectMany(part => part.GetMembers())
                .OfType<IPropertySymbol>()
                .Where(property =>
                    property
                        is {
                            DeclaredAccessibility: Accessibility.Public,
                            IsStatic: false,
                            IsIndexer: false,
                            Name: not nameof(Resource.Source)
                        }
                )
                .Where(property => !settable || property.SetMethod is not null),
        ];
        if (Similar.Closest(slip.Name, properties.Select(property => property.Name).Distinct()) is { } close)
            return $"did you mean {close}?";
        var names = properties.Select(property => property.Name).Distinct().Order(StringComparer.Ordinal).Take(20).ToList();
        return names.Count == 0 ? null : $"{type.Name} has: {string.Join(", ", names)}";
    }

    /// <summary>Whether the member is asked of a type and not of a value: <c>ByteSize.FromGibibytes(4)</c>.</summary>
    static bool IsType(Slip slip) =>
        slip.Node.Parent is MemberAccessExpressionSyntax access && slip.Model?.GetSymbolInfo(access.Expression).Symbol is ITypeSymbol;

    static string? NoSuchStatic(Slip slip, ITypeSymbol type)
    {
        List<string> names =
        [
            .. type.GetMembers()
                .Where(member => member is { IsStatic: true, DeclaredAccessibility: Accessibility.Public, CanBeReferencedByName: true })
                .Where(member => member is IPropertySymbol or IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
                .Select(member => member.Name)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        return Similar.Closest(slip.Name, names) is { } close ? $"did you mean {type.Name}.{close}?"
            : names.Count is 0 or > 20 ? null
            : $"there is: {string.Join(", ", names.Select(name => $"{type.Name}.{name}"))}";
    }

    static ITypeSymbol? TypeOf(Slip slip) =>
        slip.Node.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == slip.Node => slip.Model?.GetTypeInfo(access.Expression).Type,
            _ => slip.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation
                ? slip.Model?.GetTypeInfo(creation).Type
                : null,
        };

    static IEnumerable<ITypeSymbol> Hierarchy(ITypeSymbol type)
    {
        for (var at = type; at is not null; at = at.BaseType)
            yield return at;
    }

    static string Written(IParameterSymbol parameter) => parameter.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    static string? Constructor(Slip slip)
    {
        var creation = slip.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>();
        if (creation is null || slip.Model?.GetTypeInfo(creation).Type is not INamedTypeSymbol type)
            return null;
        var forms = type
            .InstanceConstructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public)
            .Select(constructor => $"new {type.Name}({string.Join(", ", constructor.Parameters.Select(Written))})")
            .ToList();
        if (IsForSeveral(creation) && type.InstanceConstructors.Any(constructor => constructor.Parameters.Length == 1))
            return $"write one for each: new {type.Name}(\"…\"), new {type.Name}(\"…\"); of a list: "
                + $".. names.Select(name => new {type.Name}(name))";
        return forms.Count == 0 ? null : $"it is written {string.Join(" or ", forms)}";
    }

    /// <summary><c>new Package("git", "vim")</c>, <c>new Package(["git", "vim"])</c>.</summary>
    static bool IsForSeveral(BaseObjectCreationExpressionSyntax creation) =>
        creation.ArgumentList?.Arguments is { Count: > 0 } arguments
        && (
            arguments[0].Expression is CollectionExpressionSyntax
            || (arguments.Count > 1 && arguments.All(argument => argument.Expression is LiteralExpressionSyntax { Token.Value: string }))
        );

    [GeneratedRegex(@"'(?<type>\w+)\.(?<member>\w+)'")]
    private static partial Regex Required();
}
