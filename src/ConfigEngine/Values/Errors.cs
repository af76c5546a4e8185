namespace ConfigEngine.Values;

/// <summary>
/// An error that a user is meant to read: its message says what, where and what to do next. Every error that the engine
/// expects is one of these; anything else is a defect.
/// </summary>
public abstract class CfgException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The recipe is wrong: nothing was done. The message begins with <c>file(line,column)</c> where it is known.</summary>
public sealed class RecipeException(string problem, SourceLine? source = null, string? hint = null, Exception? inner = null)
    : CfgException((source is null ? "" : $"{source}: ") + problem + (hint is null ? "" : $"\n  hint: {hint}"), inner)
{
    /// <summary>Where; null when the error has no place in a script.</summary>
    public SourceLine? At { get; } = source;
}

/// <summary>A probe's answer has a shape that its parser does not know.</summary>
public sealed class UnexpectedOutputException(string message) : CfgException(message);
