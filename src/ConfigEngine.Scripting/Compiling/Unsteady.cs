using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Scripting;

/// <summary>
/// Finds what is different at every run, such as the time: a plan of what is made from it is never empty. What only prints is no
/// declaration.
/// </summary>
static class Unsteady
{
    const string Fixed = "write a fixed value, or keep the value in a file beside the recipe (Local) or in a variable of the host (Vars)";

    const string Seed = "new Random(7) gives the same numbers at every run; a password is made once and read with Secrets.File(…)";

    /// <summary>The warnings.</summary>
    public static IReadOnlyList<Diagnostic> In(IReadOnlyList<SyntaxTree> written, Func<CSharpCompilation> compile)
    {
        // What the names mean costs time, and most recipes have none of them.
        if (!written.SelectMany(Names).Any(name => Told(name.Identifier.ValueText) is not null))
            return [];
        var compilation = compile();
        return [.. compilation.SyntaxTrees.SelectMany(tree => In(tree, compilation.GetSemanticModel(tree)))];
    }

    static IEnumerable<Diagnostic> In(SyntaxTree tree, SemanticModel model) =>
        from name in Names(tree)
        let told = Told(name.Identifier.ValueText)
        where told is not null && !IsPrinted(name)
        let type = Meant(name, model)
        where
            type is not null
            && told.Value.Types.Contains(type.Name)
            && type.ContainingNamespace?.ToString() is { } space
            && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
        select Diagnostic.Create(
            RecipeWarning.Unsteady,
            name.GetLocation(),
            $"{Shown(name, type)} is different at every run, so what is made from it changes every time: {told.Value.Instead}"
        );

    static (string[] Types, string Instead)? Told(string name) =>
        name switch
        {
            "Now" or "UtcNow" or "Today" => (["DateTime", "DateTimeOffset"], Fixed),
            "TickCount" or "TickCount64" => (["Environment"], Fixed),
            "GetTimestamp" or "StartNew" => (["Stopwatch"], Fixed),
            "GetUtcNow" or "GetLocalNow" => (["TimeProvider"], Fixed),
            "NewGuid" or "CreateVersion7" => (["Guid"], "make one with uuidgen(1), and write it down: Guid.Parse(\"…\")"),
            "Random" or "Shared" => (["Random"], Seed),
            "GetBytes" or "GetInt32" or "GetHexString" or "GetString" or "GetItems" or "Create" => (["RandomNumberGenerator"], Seed),
            "GetRandomFileName" or "GetTempFileName" => (["Path"], Fixed),
            "CreateTempSubdirectory" => (["Directory"], Fixed),
            "ProcessId" => (["Environment"], Fixed),
            _ => null,
        };

    /// <summary>The type whose member it is; of a constructor without a seed, the type itself.</summary>
    static INamedTypeSymbol? Meant(SimpleNameSyntax name, SemanticModel model) =>
        model.GetSymbolInfo(name).Symbol switch
        {
            IPropertySymbol property => property.ContainingType,
            IMethodSymbol { MethodKind: MethodKind.Ordinary } method => method.ContainingType,
            INamedTypeSymbol { Name: "Random" } type when IsUnseeded(name) => type,
            _ => null,
        };

    static bool IsUnseeded(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { ArgumentList: null or { Arguments.Count: 0 } } creation
            ? creation.Type.Span.Contains(name.Span)
            : name.Parent
                is VariableDeclarationSyntax
            {
                Variables: [{ Initializer.Value: ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } }, ..]
            };

    static bool IsPrinted(SimpleNameSyntax name) =>
        name.AncestorsAndSelf()
            .OfType<InvocationExpressionSyntax>()
            .Any(call => call.Expression.ToString() is "Console.WriteLine" or "Console.Write" or "Console.Error.WriteLine");

    static string Shown(SimpleNameSyntax name, INamedTypeSymbol type) =>
        name.Identifier.ValueText == type.Name ? $"new {type.Name}()" : $"{type.Name}.{name}";

    static IEnumerable<SimpleNameSyntax> Names(SyntaxTree tree) => tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>();
}
