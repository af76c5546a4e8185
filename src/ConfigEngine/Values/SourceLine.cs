namespace ConfigEngine.Values;

/// <summary>The place of a declaration in a recipe.</summary>
/// <param name="File">The script's path, as it was given.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 when it is not known.</param>
public sealed record SourceLine(string File, int Line, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Column > 0 ? $"{File}({Line},{Column})" : $"{File}({Line})";
}
