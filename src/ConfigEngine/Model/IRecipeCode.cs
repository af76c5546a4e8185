namespace ConfigEngine.Model;

/// <summary>Runs code of a recipe after the recipe itself has run: the lambdas of blocks for each host, and the policies.</summary>
interface IRecipeCode
{
    /// <summary>
    /// Runs the code to its end. Its exceptions are passed on unchanged. If it returns null it runs again later, so its output is
    /// then dropped.
    /// </summary>
    /// <param name="code">The code to run.</param>
    /// <param name="makes">What it makes, for messages.</param>
    /// <param name="at">Its place in the recipe.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="RecipeException">The code does not end.</exception>
    T? Run<T>(Func<T?> code, string makes, SourceLine? at, CancellationToken ct)
        where T : class;
}
