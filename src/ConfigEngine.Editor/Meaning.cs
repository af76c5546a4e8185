using ConfigEngine.Editor.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.QuickInfo;

namespace ConfigEngine.Editor;

/// <summary>What something in a script is, and where it is declared.</summary>
static class Meaning
{
    /// <summary>What is known of a place.</summary>
    public static async Task<Hover?> At(Script script, Position at, CancellationToken ct)
    {
        var position = script.PositionOf(at);
        if (
            QuickInfoService.GetService(script.Document) is not { } service
            || await service.GetQuickInfoAsync(script.Document, position, ct) is not { Sections.Length: > 0 } info
        )
            return null;
        var declaration = info.Sections.FirstOrDefault(section => section.Kind is QuickInfoSectionKinds.Description);
        var texts = info
            .Sections.Where(section => section != declaration && section.Kind is not "NullabilityAnalysis")
            .Select(section => Described.Escaped(section.TaggedParts))
            .Where(text => text.Length > 0);
        var symbol = await SymbolAt(script, position, ct);
        return new(
            Described.Of(
                declaration is null ? "" : Described.Plain(declaration.TaggedParts),
                string.Join("\n\n", texts),
                Described.ExampleOf(symbol)
                    ?? Described.ExampleOf(symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : null)
            ),
            script.RangeOf(info.Span)
        );
    }

    /// <summary>Where something is declared.</summary>
    public static async Task<IReadOnlyList<TextLocation>?> DefinitionOf(Script script, Position at, CancellationToken ct)
    {
        var position = script.PositionOf(at);
        if (await FileAt(script, position, ct) is { } file)
            return [new(FileUri.Of(file), new(new(0, 0), new(0, 0)))];
        if (await SymbolAt(script, position, ct) is not { } symbol)
            return [];
        if (symbol is INamespaceSymbol)
            return [];
        List<TextLocation> places = [.. symbol.Locations.Select(script.LocationOf).OfType<TextLocation>()];
        return places.Count > 0 ? places
            : Declarations.Find(symbol) is { } place ? [place]
            : [];
    }

    /// <summary>What a name at a place means.</summary>
    static async Task<ISymbol?> SymbolAt(Script script, int position, CancellationToken ct)
    {
        var symbol = await SymbolFinder.FindSymbolAtPositionAsync(script.Document, position, ct);
        return symbol is IAliasSymbol alias ? alias.Target : symbol;
    }

    /// <summary>The file that is named at a place: <c>#load "lib/nginx.csx"</c>, <c>Local("files/motd")</c>.</summary>
    static async Task<string?> FileAt(Script script, int position, CancellationToken ct)
    {
        if (await script.Document.GetSyntaxRootAsync(ct) is not { } root)
            return null;
        var token = root.FindToken(position, findInsideTrivia: true);
        var named = token.Parent switch
        {
            LoadDirectiveTriviaSyntax load => load.File.ValueText,
            LiteralExpressionSyntax
            {
                Token.Value: string text,
                Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax called } }
            } when called.Identifier.ValueText is nameof(Dsl.Local) => text,
            _ => null,
        };
        return
            named is { Length: > 0 }
            && script.Set.Paths.Full(named, script.Path) is var file
            && (File.Exists(file) || script.Loaded.Contains(file))
            ? file
            : null;
    }
}
