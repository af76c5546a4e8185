using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConfigEngine.Scripting;

/// <summary>The compiler's errors as one error for a user: sorted, without follow-up errors, with hints.</summary>
static class Diagnosis
{
    const int Most = 10;

    public static void ThrowIfAny(IEnumerable<Diagnostic> diagnostics, CSharpCompilation? compilation, ResourceTypes resources)
    {
        // One mistake causes further errors on its line; only the first error of a line is shown. A missing property (CS9035) often
        // follows from a misspelt one.
        var errors = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => (Place: PlaceOf(diagnostic.Location), Diagnostic: diagnostic))
            .OrderBy(error => error.Place?.File, StringComparer.Ordinal)
            .ThenBy(error => error.Place?.Line)
            .ThenBy(error => error.Diagnostic.Id is "CS9035")
            .ThenBy(error => error.Place?.Column)
            .DistinctBy(error => (error.Place?.File, error.Place?.Line))
            .ToList();
        if (errors.Count == 0)
            return;

        Hints hints = new(compilation, resources);
        HashSet<string> given = [];
        List<string> lines = [];
        foreach (var (place, diagnostic) in errors.Take(Most))
        {
            // The exception's message already begins with the first place.
            lines.Add((lines.Count == 0 || place is null ? "" : $"{place}: ") + Words(diagnostic));
            if (hints.For(diagnostic) is { } hint && given.Add(hint))
                lines.Add($"  hint: {hint}");
        }

        if (errors.Count > Most)
            lines.Add($"and {errors.Count - Most} more");
        throw new RecipeException(string.Join("\n", lines), errors[0].Place);
    }

    public static SourceLine? PlaceOf(Location location) => PlaceOf(location.GetLineSpan());

    /// <summary>The place in the original text, from a place in the text with places added.</summary>
    public static SourceLine? PlaceBefore(Location location) => PlaceOf(location.GetMappedLineSpan());

    static SourceLine? PlaceOf(FileLinePositionSpan span) =>
        span.IsValid && span.Path.Length > 0
            ? new(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1)
            : null;

    // A recipe's author has no assembly to reference; if a using would help, the hint says so.
    static string Words(Diagnostic diagnostic) =>
        $"{diagnostic.Id}: "
        + diagnostic
            .GetMessage(CultureInfo.InvariantCulture)
            .Replace(" (are you missing a using directive or an assembly reference?)", "", StringComparison.Ordinal);
}
