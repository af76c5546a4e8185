namespace ConfigEngine.Values;

/// <summary>
/// An error for the user: its message says what happened, where, and what to do next. Every error that the engine expects has this
/// type; any other exception is a defect.
/// </summary>
public abstract class CfgException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The recipe is wrong; nothing was done. The message begins with <c>file(line,column)</c> if that is known.</summary>
public sealed class RecipeException(string problem, SourceLine? source = null, string? hint = null, Exception? inner = null)
    : CfgException((source is null ? "" : $"{source}: ") + problem + (hint is null ? "" : $"\n  hint: {hint}"), inner)
{
    /// <summary>The place in a script; null if the error has none.</summary>
    public SourceLine? At { get; } = source;

    /// <summary>What is wrong, without the place.</summary>
    internal string Problem { get; } = problem;

    /// <summary>What to do about it.</summary>
    internal string? Hint { get; } = hint;
}

/// <summary>A probe's answer has a form that its parser does not know.</summary>
public sealed class UnexpectedOutputException(string message) : CfgException(message);
