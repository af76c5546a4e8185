using System.Diagnostics;

namespace ConfigEngine.Model;

/// <summary>Turns an exception of a recipe's own code into an error with the recipe's line.</summary>
static class RecipeTrace
{
    /// <summary>The error for a user: the innermost place in a script, and the exception.</summary>
    /// <param name="thrown">The exception of the recipe.</param>
    /// <param name="otherwise">The place to name when no script is on the stack.</param>
    public static RecipeException Explain(Exception thrown, SourceLine? otherwise)
    {
        if (thrown is RecipeException already && already.At is not null)
            return already;
        var at = PlaceIn(new(thrown, fNeedFileInfo: true)) ?? otherwise;
        if (thrown is RecipeException known)
            return new(known.Problem, at, known.Hint, known.InnerException);
        // The message of cfg's own exceptions is a sentence for people; for any other exception, the type tells more.
        var type = thrown.TargetSite?.Module == typeof(RecipeTrace).Module ? "" : $" ({thrown.GetType().Name})";
        return new($"{thrown.Message}{type}", at, HintFor(thrown), thrown);
    }

    /// <summary>The error for a user, of code that ran for one host.</summary>
    public static RecipeException Explain(Exception thrown, SourceLine? otherwise, string host)
    {
        var error = Explain(thrown, otherwise);
        return error.Problem.Split(' ').Contains(host)
            ? error
            : new($"for {host}: {error.Problem}", error.At, error.Hint, error.InnerException);
    }

    static string? HintFor(Exception thrown) =>
        thrown switch
        {
            System.IO.FileNotFoundException or System.IO.DirectoryNotFoundException =>
                "System.IO looks in the current directory; Local(\"files/name\") is the content of a file beside the recipe",
            NullReferenceException => "something on this line is null: a ? after it asks first, as in text?.Length",
            KeyNotFoundException => "where a value may be missing: host.Var(\"name\", otherwise), or TryGetValue of a dictionary",
            _ => null,
        };

    /// <summary>The place in a script that is running now; null outside of one.</summary>
    public static SourceLine? Here() => PlaceIn(new(fNeedFileInfo: true));

    static SourceLine? PlaceIn(StackTrace trace) =>
        trace.GetFrames().FirstOrDefault(frame => frame.GetFileName()?.EndsWith(".csx", StringComparison.Ordinal) == true) is { } frame
            ? new(frame.GetFileName() ?? "", frame.GetFileLineNumber(), frame.GetFileColumnNumber())
            : null;
}
