namespace ConfigEngine.Model;

/// <summary>Runs a recipe's own code once the recipe itself has run: the lambda of a block, for each of its hosts.</summary>
interface IRecipeCode
{
    /// <summary>
    /// Runs it to its end. What it throws comes out as it is. Where it returns nothing it runs again later, so what it printed is dropped.
    /// </summary>
    /// <param name="code">What to run.</param>
    /// <param name="at">Where it stands in the recipe.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="RecipeException">It does not end.</exception>
    T? Run<T>(Func<T?> code, SourceLine? at, CancellationToken ct)
        where T : class;
}
