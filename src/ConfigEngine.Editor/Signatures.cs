using ConfigEngine.Editor.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConfigEngine.Editor;

/// <summary>What a call takes that is being written.</summary>
static class Signatures
{
    static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.MinimallyQualifiedFormat.RemoveMemberOptions(
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType
    );

    static readonly SymbolDisplayFormat ParameterFormat = SymbolDisplayFormat.MinimallyQualifiedFormat.AddParameterOptions(
        SymbolDisplayParameterOptions.IncludeDefaultValue
    );

    /// <summary>The methods that the call at a place may mean.</summary>
    public static async Task<SignatureHelp?> At(Script script, Position at, CancellationToken ct)
    {
        var position = script.PositionOf(at);
        if (
            await script.Document.GetSyntaxRootAsync(ct) is not { } root
            || await script.Document.GetSemanticModelAsync(ct) is not { } model
            || root.FindToken(Math.Max(0, position - 1))
                .Parent?.AncestorsAndSelf()
                .OfType<ArgumentListSyntax>()
                .FirstOrDefault(list => Contains(list, position))
                is not { Parent: { } call } arguments
        )
            return null;
        var methods = Methods(call, model, ct).OrderBy(method => method.Parameters.Length).ToList();
        if (methods.Count == 0)
            return null;
        var written = arguments.Arguments.GetSeparators().Count(comma => comma.SpanStart < position);
        var chosen = model.GetSymbolInfo(call, ct).Symbol as IMethodSymbol;
        var active = methods.FindIndex(method =>
            SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, chosen?.OriginalDefinition)
        );
        if (active < 0)
            active = Math.Max(
                0,
                methods.FindIndex(method => method.Parameters.Length > written || method.Parameters.LastOrDefault() is { IsParams: true })
            );
        return new([.. methods.Select(Of)], active, ActiveOf(methods[active], arguments, written));
    }

    static bool Contains(ArgumentListSyntax list, int position) =>
        position > list.OpenParenToken.SpanStart && (list.CloseParenToken.IsMissing || position <= list.CloseParenToken.SpanStart);

    static IEnumerable<IMethodSymbol> Methods(SyntaxNode call, SemanticModel model, CancellationToken ct) =>
        call switch
        {
            InvocationExpressionSyntax invocation => model.GetMemberGroup(invocation.Expression, ct).OfType<IMethodSymbol>(),
            ObjectCreationExpressionSyntax creation => Constructors(model.GetSymbolInfo(creation.Type, ct).Symbol as INamedTypeSymbol),
            ImplicitObjectCreationExpressionSyntax creation => Constructors(model.GetTypeInfo(creation, ct).Type as INamedTypeSymbol),
            _ => [],
        };

    static IEnumerable<IMethodSymbol> Constructors(INamedTypeSymbol? type) =>
        type?.InstanceConstructors.Where(one => one.DeclaredAccessibility is Accessibility.Public && !IsCopy(one)) ?? [];

    static bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters is [{ Type: var type }] && SymbolEqualityComparer.Default.Equals(type, constructor.ContainingType);

    static int ActiveOf(IMethodSymbol method, ArgumentListSyntax arguments, int written)
    {
        if (
            arguments.Arguments.ElementAtOrDefault(written)?.NameColon is { } named
            && method.Parameters.FirstOrDefault(parameter => parameter.Name == named.Name.Identifier.ValueText) is { } parameter
        )
            return parameter.Ordinal;
        return Math.Max(
            0,
            method.Parameters.LastOrDefault() is { IsParams: true } ? Math.Min(written, method.Parameters.Length - 1) : written
        );
    }

    static Signature Of(IMethodSymbol method)
    {
        // The documentation of a record is that of its type, and so is that of its parameters.
        ISymbol documented = method.MethodKind is MethodKind.Constructor ? method.ContainingType : method;
        var label =
            method.MethodKind is MethodKind.Constructor
                ? $"new {method.ContainingType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}("
                : $"{method.ToDisplayString(Format)}(";
        List<Parameter> parameters = [];
        foreach (var parameter in method.Parameters)
        {
            label += parameters.Count > 0 ? ", " : "";
            var begin = label.Length;
            label += parameter.ToDisplayString(ParameterFormat);
            var text = Described.ParameterOf(documented, parameter.Name) ?? Described.ParameterOf(method, parameter.Name);
            parameters.Add(new([begin, label.Length], text is null ? null : new(text)));
        }

        return new($"{label})", Described.SummaryOf(documented) is { } summary ? new(summary) : null, parameters);
    }
}
