using System.Diagnostics;

namespace ConfigEngine;

/// <summary>Turns what a recipe's own code throws into an error with the recipe's line.</summary>
public static class RecipeTrace
{
    /// <summary>The error for a user: the innermost place in a script, and what was thrown.</summary>
    /// <param name="thrown">What the recipe threw.</param>
    /// <param name="otherwise">The place to name when no script is on the stack.</param>
    public static RecipeException Explain(Exception thrown, SourceLine? otherwise)
    {
        if (thrown is RecipeException already && already.At is not null)
            return already;
        var frame = new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
            .FirstOrDefault(frame => frame.GetFileName()?.EndsWith(".csx", StringComparison.Ordinal) == true);
        var at = frame is null ? otherwise : new SourceLine(frame.GetFileName()!, frame.GetFileLineNumber(), frame.GetFileColumnNumber());
        return thrown is RecipeException known
            ? new(known.Message, at)
            : new($"{thrown.Message} ({thrown.GetType().Name})", at, inner: thrown);
    }
}
