using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ConfigEngine.Scripting;

/// <summary>Runs the lambdas of a recipe's blocks, each within the limits of a recipe.</summary>
sealed class RecipeCode(string recipe, RecipeLimits limits) : IRecipeCode
{
    /// <inheritdoc/>
    public T? Run<T>(Func<T?> code, SourceLine? at, CancellationToken ct)
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
            stopped => TooLong(stopped, at),
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

    RecipeException TooLong(Exception? stopped, SourceLine? at) =>
        new(
            $"the resources for a host were still being made after {limits.Time.TotalSeconds:0.##} s",
            (stopped is null ? null : RecipeTrace.Explain(stopped, null).At) ?? at,
            hint: "a block only declares: it waits for nothing, and its loops end"
        );
}
