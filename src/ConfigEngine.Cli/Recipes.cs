using ConfigEngine.Rendering;
using ConfigEngine.Scripting;

namespace ConfigEngine.Cli;

/// <summary>Finds and loads recipes.</summary>
static class Recipes
{
    const string Default = "infra.csx";

    /// <summary>The recipe of a command.</summary>
    /// <param name="path">Its path; the nearest infra.csx when null.</param>
    /// <param name="choice">Whether an inventory is needed.</param>
    /// <param name="terminal">The terminal that asks for secrets.</param>
    /// <param name="ct">Stops.</param>
    public static LoadedRecipe Load(string? path, RunChoice choice, Terminal terminal, CancellationToken ct)
    {
        path ??=
            Nearest()
            ?? throw new UsageException(
                $"there is no {Default} here or above; name a recipe (cfg plan recipes/site.csx), or begin with one: cfg init"
            );
        var loader = (choice.Recorded ?? choice.StandIns) is { } recordings
            ? new(Recorded.OfflineOptions.Of(terminal, choice.Trusted, recordings))
            : Loader(terminal, choice.Trusted, choice.DebugRecipe ? () => RecipeDebugging.Wait(terminal, ct) : null);
        return Told(choice.Everywhere is null ? loader.Load(path, ct) : loader.LoadAlone(path, ct), terminal);
    }

    /// <summary>The inventory of a command; without a terminal if the command only reads it.</summary>
    public static Inventory Inventory(Terminal? terminal, IReadOnlyList<string> trusted, CancellationToken ct) =>
        Hosts(terminal, trusted, ct).Inventory;

    /// <summary>The same with its secrets, which are not read yet.</summary>
    public static LoadedRecipe Hosts(Terminal? terminal, IReadOnlyList<string> trusted, CancellationToken ct) =>
        Told((terminal is null ? new() : Loader(terminal, trusted)).LoadInventory(Directory.GetCurrentDirectory(), ct), terminal);

    /// <summary>A recipe, after its warnings were shown to the user.</summary>
    static LoadedRecipe Told(LoadedRecipe recipe, Terminal? terminal)
    {
        foreach (var warning in recipe.Warnings)
            terminal?.Say($"warning: {warning}", Ink.Warning);
        return recipe;
    }

    static RecipeLoader Loader(Terminal terminal, IReadOnlyList<string> trusted, Action? debug = null) =>
        new(
            new()
            {
                Trusted = trusted,
                BeforeDebugging = debug,
                Says = line => terminal.Say(line),
                Secrets = new()
                {
                    Time = terminal.Time,
                    Redaction = terminal.Redaction,
                    Variable = terminal.Variable,
                    Ask = terminal.InIsTerminal ? question => Passwords.Type($"{question}: ", terminal) : null,
                    DigestKey = () => DigestKey.Of(terminal),
                },
            }
        );

    /// <summary>The nearest infra.csx; null where there is none.</summary>
    public static string? Nearest()
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
