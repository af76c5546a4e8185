using System.Diagnostics;

namespace ConfigEngine.Model;

/// <summary>Turns what a recipe's own code throws into an error with the recipe's line.</summary>
static class RecipeTrace
{
    /// <summary>The error for a user: the innermost place in a script, and what was thrown.</summary>
    /// <param name="thrown">What the recipe threw.</param>
    /// <param name="otherwise">The place to name when no script is on the stack.</param>
    public static RecipeException Explain(Exception thrown, SourceLine? otherwise)
    {
        if (thrown is RecipeException already && already.At is not null)
            return already;
        var at = PlaceIn(new(thrown, fNeedFileInfo: true)) ?? otherwise;
        if (thrown is RecipeException known)
            return new(known.Message, at);
        // What the language itself throws is a sentence for people; of anything else, the type tells more than the message.
        var type = thrown.TargetSite?.Module == typeof(RecipeTrace).Module ? "" : $" ({thrown.GetType().Name})";
        return new($"{thrown.Message}{type}", at, inner: thrown);
    }

    /// <summary>The place in a script that is running now; null outside of one.</summary>
    public static SourceLine? Here() => PlaceIn(new(fNeedFileInfo: true));

    static SourceLine? PlaceIn(StackTrace trace) =>
        trace.GetFrames().FirstOrDefault(frame => frame.GetFileName()?.EndsWith(".csx", StringComparison.Ordinal) == true) is { } frame
            ? new(frame.GetFileName() ?? "", frame.GetFileLineNumber(), frame.GetFileColumnNumber())
            : null;
}
