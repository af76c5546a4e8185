using ConfigEngine.Scripting;

namespace ConfigEngine.Cli;

/// <summary>Finds and loads recipes.</summary>
static class Recipes
{
    const string Default = "infra.csx";

    /// <summary>The recipe that a command is for.</summary>
    /// <param name="path">Its path; the nearest infra.csx when null.</param>
    /// <param name="choice">Whether an inventory is needed.</param>
    /// <param name="ct">Stops.</param>
    public static LoadedRecipe Load(string? path, RunChoice choice, CancellationToken ct)
    {
        path ??= Nearest() ?? throw new UsageException($"there is no {Default} here or above; name a recipe (cfg plan recipes/site.csx), or begin with one: cfg init");
        RecipeLoader loader = new();
        return choice.Everywhere is null ? loader.Load(path, ct) : loader.LoadAlone(path, ct);
    }

    /// <summary>The inventory that a command is for.</summary>
    public static Inventory Inventory(CancellationToken ct) => new RecipeLoader().LoadInventory(Directory.GetCurrentDirectory(), ct).Inventory;

    static string? Nearest()
    {
        for (var directory = Directory.GetCurrentDirectory(); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var candidate = Path.Combine(directory, Default);
            if (File.Exists(candidate))
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), candidate);
        }

        return null;
    }
}
