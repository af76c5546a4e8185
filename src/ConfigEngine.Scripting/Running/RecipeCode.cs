using System.Runtime.ExceptionServices;

namespace ConfigEngine.Scripting;

/// <summary>Runs the lambdas of a recipe's blocks, each within the limits of a recipe.</summary>
sealed class RecipeCode(string recipe, RecipeLimits limits) : IRecipeCode
{
    /// <inheritdoc/>
    public T Run<T>(Func<T> code, SourceLine? at, CancellationToken ct)
    {
        List<T> result = [];
        var thrown = new RecipeRun().Within(limits, recipe, () => result.Add(code()), stopped => TooLong(stopped, at), ct);
        if (thrown is not null)
            ExceptionDispatchInfo.Throw(RecipeRun.Cause(thrown));
        return result[0];
    }

    RecipeException TooLong(Exception? stopped, SourceLine? at) => new(
        $"the resources for a host were still being made after {limits.Time.TotalSeconds:0.##} s",
        (stopped is null ? null : RecipeTrace.Explain(stopped, null).At) ?? at,
        hint: "a block only declares: it waits for nothing, and its loops end");
}
