namespace ConfigEngine.Scripting;

/// <summary>
/// Turns a <c>.csx</c> recipe into a <see cref="Catalog"/>: compiles it, or takes it from the cache, and runs it. It keeps no
/// state, so one loader can load any number of recipes from any thread.
/// </summary>
/// <example><code>
/// RecipeLoader loader = new();
/// var recipe = loader.Load("recipes/site.csx", ct);
/// await using Engine engine = new(recipe.Catalog, recipe.Inventory, connector, new());
/// </code></example>
/// <param name="options">The options; the defaults when null.</param>
public sealed class RecipeLoader(LoaderOptions? options = null)
{
    readonly LoaderOptions options = options ?? new();

    /// <summary>
    /// Runs a recipe. If it declares hosts, they are its inventory; otherwise the inventory is the nearest <c>infra.csx</c>.
    /// </summary>
    /// <param name="path">The recipe, relative to the current directory.</param>
    /// <param name="ct">Stops compiling or running.</param>
    /// <exception cref="RecipeException">The recipe does not exist, does not compile, or fails when it runs; the message says
    /// where.</exception>
    public LoadedRecipe Load(string path, CancellationToken ct)
    {
        RecipeSession session = new(options, ScriptPaths.For(path), ct);
        var recipe = options.SeesBranches ? session.RunTapped(path) : session.Run(path);
        var infra = recipe.Catalog.Inventory.IsEmpty
            ? session.RunNearest(ScriptPaths.DirectoryOf(recipe.Scripts.Recipe.Path), except: recipe.Scripts.Recipe.Path)
            : null;
        return session.Loaded(recipe, infra, session.RunPolicies(recipe.Scripts.Recipe.Path));
    }

    /// <summary>Runs a recipe without an <c>infra.csx</c>: for a run on one host that the command line names.</summary>
    /// <inheritdoc cref="Load"/>
    public LoadedRecipe LoadAlone(string path, CancellationToken ct)
    {
        RecipeSession session = new(options, ScriptPaths.For(path), ct);
        var recipe = session.Run(path);
        return session.Loaded(recipe, infra: null, session.RunPolicies(recipe.Scripts.Recipe.Path));
    }

    /// <summary>
    /// Runs an inventory: an <c>infra.csx</c>, a recipe as in <see cref="Load"/>, or the nearest inventory of a directory.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public LoadedRecipe LoadInventory(string path, CancellationToken ct)
    {
        if (!System.IO.Directory.Exists(path))
            return Load(path, ct);
        RecipeSession session = new(options, ScriptPaths.For(path), ct);
        var infra =
            session.RunNearest(session.Paths.Full(path), except: null)
            ?? throw new RecipeException(
                $"there is no {InfraFile.Name} in {path} or above it",
                hint: "declare the hosts: Hosts(new Host(\"web1\"), new Host(\"db1\"));"
            );
        return session.Loaded(infra, infra: null, policies: []);
    }
}
