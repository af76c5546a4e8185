using System.Text;
using ConfigEngine.Editor.Protocol;
using ConfigEngine.Local;
using ConfigEngine.Scripting;
using Microsoft.CodeAnalysis;

namespace ConfigEngine.Editor;

/// <summary>
/// Where something of cfg or .NET itself is declared: there is no source of it beside the recipe, so its type is written as a file, with
/// its documentation and without code.
/// </summary>
static class Declarations
{
    const int Widest = 110;

    static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeModifiers,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
    );

    /// <summary>The place in such a file; null if no directory for it can be had.</summary>
    public static TextLocation? Find(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        if (type is null || RecipeCache.DefaultDirectory is not { } cache)
            return null;
        StringBuilder text = new();
        var line = Write(type, symbol.OriginalDefinition, text, "");
        try
        {
            var assembly = type.ContainingAssembly.Identity;
            var directory = Trust.Own.MakeDirectory(
                Path.Combine(Path.GetDirectoryName(cache) ?? cache, "declarations", $"{assembly.Name}-{assembly.Version}")
            );
            var path = Path.Combine(directory, $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}.cs");
            Save(path, text.ToString());
            return new(FileUri.Of(path), new(new(line, 0), new(line, 0)));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or UntrustedException)
        {
            return null;
        }
    }

    static void Save(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
            return;
        var draft = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(draft, text);
        // It is there to be read: a change of it would change nothing.
        File.SetUnixFileMode(draft, UnixFileMode.UserRead);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Writes a type, and returns the line of the symbol that is looked for.</summary>
    static int Write(INamedTypeSymbol type, ISymbol wanted, StringBuilder text, string indent)
    {
        if (indent.Length == 0)
        {
            var assembly = type.ContainingAssembly.Identity;
            text.Append($"// {assembly.Name} {assembly.Version}: declarations only, to be read.\n")
                .Append($"namespace {type.ContainingNamespace.ToDisplayString()};\n\n");
        }

        Document(type, text, indent);
        var found = Lines(text);
        text.Append($"{indent}public {type.ToDisplayString(Format)}{Bases(type)}\n{indent}{{\n");
        foreach (var member in type.GetMembers().Where(IsShown))
        {
            if (member is INamedTypeSymbol inner)
            {
                var at = Write(inner, wanted, text, $"{indent}    ");
                if (Same(inner, wanted) || Same(wanted.ContainingType, inner))
                    found = at;
                continue;
            }

            Document(member, text, $"{indent}    ");
            if (Same(member, wanted))
                found = Lines(text);
            text.Append($"{indent}    {(type.TypeKind is TypeKind.Enum ? $"{member.Name}," : $"public {Declared(member)}")}\n");
        }

        text.Append($"{indent}}}\n");
        return found;
    }

    static string Declared(ISymbol member) => $"{member.ToDisplayString(Format)}{(member is IPropertySymbol ? "" : ";")}";

    static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    static int Lines(StringBuilder text) => text.ToString().AsSpan().Count('\n');

    static bool IsShown(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false, IsOverride: false }
        && member.Name is not ("Deconstruct" or "<Clone>$" or "Equals" or "GetHashCode" or "op_Equality" or "op_Inequality")
        && member
            is IFieldSymbol
                or IPropertySymbol
                or IEventSymbol
                or INamedTypeSymbol
                or IMethodSymbol
            {
                MethodKind: MethodKind.Ordinary or MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion
            };

    static string Bases(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } parent
            ? $" : {parent.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}"
            : "";

    static void Document(ISymbol symbol, StringBuilder text, string indent)
    {
        foreach (var line in Described.SummaryOf(symbol) is { } summary ? Folded(summary, Widest - indent.Length) : [])
            text.Append($"{indent}/// {line}\n");
        if (symbol is INamedTypeSymbol && Described.ExampleOf(symbol) is { } example)
            text.Append($"{indent}/// Example:\n{string.Concat(example.Split('\n').Select(line => $"{indent}///   {line}\n"))}");
    }

    static IEnumerable<string> Folded(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? $" {word}" : word;
        }

        yield return line;
    }
}
