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

    /// <summary>The warnings that the recipe does not silence, in the order of the lines: <c>site.csx:3: CFG1001: …</c>.</summary>
    public static IEnumerable<string> Shown(IEnumerable<Diagnostic> warnings, CSharpCompilation compilation) =>
        CompilationWithAnalyzers
            .GetEffectiveDiagnostics(warnings, compilation)
            .Where(warning => !warning.IsSuppressed)
            .Select(warning => (At: Diagnosis.PlaceOf(warning.Location), Warning: warning))
            .Select(told =>
                $"{(told.At is { } at ? $"{at.File}:{at.Line}: " : "")}{told.Warning.Id}: "
                + told.Warning.GetMessage(CultureInfo.InvariantCulture)
            )
            .Distinct();

    static DiagnosticDescriptor Kind(string id) => new(id, id, "{0}", "recipe", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
