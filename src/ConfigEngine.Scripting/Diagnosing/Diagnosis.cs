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
        var errors = Sorted(diagnostics);
        if (errors.Count == 0)
            return;

        Hints hints = new(compilation, resources);
        HashSet<string> given = [];
        List<string> lines = [];
        foreach (var error in errors.Take(Most).Select(error => Told(error, hints)))
        {
            // The exception's message already begins with the first place.
            lines.Add((lines.Count == 0 || error.At is null ? "" : $"{error.At}: ") + error.Numbered);
            if (error.Hint is { } hint && given.Add(hint))
                lines.Add($"  hint: {hint}");
        }

        if (errors.Count > Most)
            lines.Add($"and {errors.Count - Most} more");
        throw new RecipeException(string.Join("\n", lines), PlaceOf(errors[0].Location));
    }

    /// <summary>The first errors, in the order of the scripts' lines.</summary>
    public static IEnumerable<Problem> Errors(
        IEnumerable<Diagnostic> diagnostics,
        CSharpCompilation? compilation,
        ResourceTypes resources,
        int most
    )
    {
        Hints hints = new(compilation, resources);
        return Sorted(diagnostics).Take(most).Select(error => Told(error, hints));
    }

    static Problem Told(Diagnostic error, Hints hints)
    {
        var (code, words) = Words(error);
        return new(PlaceOf(error.Location), words)
        {
            Code = code,
            Hint = hints.For(error),
            Span = error.Location.GetLineSpan().Span,
        };
    }

    /// <summary>
    /// The first error of each line: one mistake causes further errors on its line. A missing property (CS9035) often follows from a
    /// misspelt one.
    /// </summary>
    static List<Diagnostic> Sorted(IEnumerable<Diagnostic> diagnostics) =>
        [
            .. diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => (Place: PlaceOf(diagnostic.Location), Diagnostic: diagnostic))
                .OrderBy(error => error.Place?.File, StringComparer.Ordinal)
                .ThenBy(error => error.Place?.Line)
                .ThenBy(error => error.Diagnostic.Id is "CS9035")
                .ThenBy(error => error.Place?.Column)
                .DistinctBy(error => (error.Place?.File, error.Place?.Line))
                .Select(error => error.Diagnostic),
        ];

    public static SourceLine? PlaceOf(Location location) => PlaceOf(location.GetLineSpan());

    /// <summary>The place in the original text, from a place in the text with places added.</summary>
    public static SourceLine? PlaceBefore(Location location) => PlaceOf(location.GetMappedLineSpan());

    static SourceLine? PlaceOf(FileLinePositionSpan span) =>
        span.IsValid && span.Path.Length > 0
            ? new(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1)
            : null;

    // A recipe's author has no assembly to reference; if a using would help, the hint says so.
    static (string? Code, string Words) Words(Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        return diagnostic.Id switch
        {
            // What the engine itself forbids is a sentence for people.
            "CS0619" when Forbidden().Match(message) is { Success: true } forbidden => (null, forbidden.Groups["why"].Value),
            "CS0572" when NestedType().Match(message) is { Success: true } nested => (
                diagnostic.Id,
                $"'{nested.Groups["member"]}' is not a property of '{nested.Groups["type"]}'"
            ),
            "CS0200" => (diagnostic.Id, $"{Quoted().Match(message).Value} cannot be set"),
            _ => (
                diagnostic.Id,
                message.Replace(" (are you missing a using directive or an assembly reference?)", "", StringComparison.Ordinal)
            ),
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
