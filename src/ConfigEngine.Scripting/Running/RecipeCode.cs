using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ConfigEngine.Scripting;

/// <summary>Runs the lambdas of a recipe's blocks, and its policies, each within the limits of a recipe.</summary>
sealed class RecipeCode(string recipe, RecipeLimits limits) : IRecipeCode
{
    /// <inheritdoc/>
    public T? Run<T>(Func<T?> code, string makes, SourceLine? at, CancellationToken ct)
        where T : class
    {
        T? result = null;
        ConcurrentQueue<string> said = [];
        var thrown = new RecipeRun().Within(
            limits with
            {
                Says = said.Enqueue,
            },
            recipe,
            () => result = code(),
            stopped => TooLong(stopped, makes, at),
            ct
        );
        if (result is not null || thrown is not null)
        {
            foreach (var line in said)
                RecipeConsole.Say(limits.Says, line);
        }

        if (thrown is not null)
            ExceptionDispatchInfo.Throw(RecipeRun.Cause(thrown));
        return result;
    }

    RecipeException TooLong(Exception? stopped, string makes, SourceLine? at) =>
        new(
            $"{makes} were still being made after {limits.Time.TotalSeconds:0.##} s",
            (stopped is null ? null : RecipeTrace.Explain(stopped, null).At) ?? at,
            hint: "this code waits for nothing, and its loops end"
        );
}
