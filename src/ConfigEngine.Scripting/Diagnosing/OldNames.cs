using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ConfigEngine.Scripting;

/// <summary>
/// The old names in a recipe: the engine's own, and those that a library marks as obsolete. The recipe still runs, and the user
/// gets one warning for each name and line.
/// </summary>
static partial class OldNames
{
    /// <summary>The warnings, in the order of the lines: Absent is called NoPath now.</summary>
    public static IReadOnlyList<Problem> In(IEnumerable<Diagnostic> diagnostics) =>
        [
            .. diagnostics
                .Where(diagnostic => diagnostic is { Id: "CS0612" or "CS0618", IsSuppressed: false })
                .Select(diagnostic => new Problem(Diagnosis.PlaceBefore(diagnostic.Location), Words(diagnostic)) { IsWarning = true })
                .OrderBy(old => old.At?.File, StringComparer.Ordinal)
                .ThenBy(old => old.At?.Line)
                .ThenBy(old => old.At?.Column),
        ];

    // The attribute's text may begin with the name, or leave it out: [Obsolete("use Site")].
    static string Words(Diagnostic diagnostic)
    {
        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        if (Obsolete().Match(message) is not { Success: true } match)
            return message;
        var (name, why) = (match.Groups["name"].Value, match.Groups["why"].Value.ReplaceLineEndings(" "));
        return why.Length == 0 ? $"{name} is obsolete"
            : why.StartsWith(name.Split('(')[0], StringComparison.Ordinal) ? why
            : $"{name} is obsolete: {why}";
    }

    [GeneratedRegex(@"^'(?<name>.+?)' is obsolete(: '(?<why>.*)')?\z", RegexOptions.Singleline)]
    private static partial Regex Obsolete();
}
