using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ConfigEngine.Scripting;

/// <summary>
/// What cfg itself warns of in a recipe. Each kind has a number, so that <c>#pragma warning disable CFG1001</c> silences it where the
/// recipe is right.
/// </summary>
static class RecipeWarning
{
    /// <summary>Something that is different at every run.</summary>
    public static DiagnosticDescriptor Unsteady { get; } = Kind("CFG1001");

    /// <summary>A text with the name of a variable in braces, and without the <c>$</c> that would fill it in.</summary>
    public static DiagnosticDescriptor NotFilledIn { get; } = Kind("CFG1002");

    /// <summary>The warnings that the recipe does not silence, in the order of the lines.</summary>
    public static IReadOnlyList<Problem> In(IReadOnlyList<SyntaxTree> written, Func<CSharpCompilation> compile)
    {
        IReadOnlyList<Diagnostic> found = [.. Scripting.Unsteady.In(written, compile), .. Scripting.NotFilledIn.In(written, compile)];
        return found.Count == 0
            ? []
            :
            [
                .. CompilationWithAnalyzers
                    .GetEffectiveDiagnostics(found, compile())
                    .Where(warning => !warning.IsSuppressed)
                    .Select(warning => new Problem(Diagnosis.PlaceOf(warning.Location), warning.GetMessage(CultureInfo.InvariantCulture))
                    {
                        Code = warning.Id,
                        Span = warning.Location.GetLineSpan().Span,
                        IsWarning = true,
                    }),
            ];
    }

    static DiagnosticDescriptor Kind(string id) => new(id, id, "{0}", "recipe", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
