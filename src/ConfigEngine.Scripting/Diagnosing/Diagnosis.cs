using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConfigEngine.Scripting;

/// <summary>The compiler's errors as one error for a user: sorted, without follow-up errors, with hints.</summary>
static partial class Diagnosis
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
    static string Words(Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return diagnostic.Id switch
        {
            // What the engine itself forbids is a sentence for people.
            "CS0619" when Forbidden().Match(message) is { Success: true } forbidden => forbidden.Groups["why"].Value,
            "CS0572" when NestedType().Match(message) is { Success: true } nested =>
                $"{diagnostic.Id}: '{nested.Groups["member"]}' is not a property of '{nested.Groups["type"]}'",
            "CS0200" => $"{diagnostic.Id}: {Quoted().Match(message).Value} cannot be set",
            _ => $"{diagnostic.Id}: "
                + message.Replace(" (are you missing a using directive or an assembly reference?)", "", StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"^'.+?' is obsolete: '(?<why>.*)'\z", RegexOptions.Singleline)]
    private static partial Regex Forbidden();

    // It offers a type that is of no use to anybody here: 'State': … try 'Package.State' instead.
    [GeneratedRegex(@"try '(?<type>[\w.]+)\.(?<member>\w+)' instead")]
    private static partial Regex NestedType();

    [GeneratedRegex("'[^']+'")]
    private static partial Regex Quoted();
}
