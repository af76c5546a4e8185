using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Scripting;

/// <summary>Something wrong in a script.</summary>
/// <param name="At">Its place; null if it has none.</param>
/// <param name="Message">What is wrong.</param>
sealed record Problem(SourceLine? At, string Message)
{
    /// <summary>Its number, of the compiler (CS0103) or of cfg (CFG1001); null if it has none.</summary>
    public string? Code { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Hint { get; init; }

    /// <summary>The lines and columns that it is about, if more than its beginning is known.</summary>
    public LinePositionSpan? Span { get; init; }

    /// <summary>Whether the recipe is loaded all the same.</summary>
    public bool IsWarning { get; init; }

    /// <summary>A warning as a line for a terminal: <c>infra.csx:12: Absent is called NoPath now</c>.</summary>
    public string OnOneLine => (At is null ? "" : $"{At.File}:{At.Line}: ") + Numbered;

    /// <summary>What is wrong, after its number.</summary>
    public string Numbered => Code is null ? Message : $"{Code}: {Message}";

    /// <summary>The same in a file, by its shown path.</summary>
    public Problem In(string file) => this with { At = new(file, At?.Line ?? 1) };

    /// <summary>The problem that was thrown.</summary>
    public static Problem Of(RecipeException error) => new(error.At, error.Problem) { Hint = error.Hint };
}
