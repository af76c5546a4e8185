using System.Security.Cryptography;
using ConfigEngine.Rendering;
using ConfigEngine.Scripting;
using ConfigEngine.Ssh;

namespace ConfigEngine.Cli;

/// <summary>A recipe and the hosts it is to be run on: what plan and apply have in common.</summary>
/// <remarks>Sessions stay open between planning and applying, for as many hosts as a machine can well hold open.</remarks>
sealed class Work(LoadedRecipe recipe, RunChoice choice, Connector connector, Engine engine) : IAsyncDisposable
{
    const int HeldOpen = 200;

    /// <summary>The recipe.</summary>
    public LoadedRecipe Recipe => recipe;

    /// <summary>What the command line chose.</summary>
    public RunChoice Choice => choice;

    /// <summary>The run.</summary>
    public Engine Engine => engine;

    /// <summary>Loads the recipe, asks for passwords, and prepares the run.</summary>
    /// <param name="path">The recipe; the nearest infra.csx when null.</param>
    /// <param name="choice">Which hosts and how.</param>
    /// <param name="then">What follows the plan.</param>
    /// <param name="terminal">Where passwords are asked for.</param>
    /// <param name="ct">Stops.</param>
    public static async Task<Work> Load(string? path, RunChoice choice, Then then, Terminal terminal, CancellationToken ct)
    {
        var recipe = Recipes.Load(path, choice, ct);
        var connector = await Connecting.Make(choice, terminal, ct);
        Engine engine = new(recipe.Catalog, recipe.Inventory, connector, new()
        {
            On = choice.On,
            Everywhere = choice.Everywhere,
            Only = choice.Only,
            Parallel = choice.Parallel,
            KeepSessions = then is Then.Apply && recipe.Inventory.Hosts.Count <= HeldOpen,
            Time = terminal.Time,
        });
        return new(recipe, choice, connector, engine);
    }

    /// <summary>Plans all hosts, and shows on the way how far it is.</summary>
    public async Task<Plan> Plan(Terminal terminal, CancellationToken ct)
    {
        await using var progress = PlanProgress.Start(terminal, [.. engine.Hosts.Select(host => host.Host.Name)]);
        var plan = await engine.Plan(progress.Done, ct);
        return choice.Only is null || plan.HasErrors || plan.Hosts.Any(host => host.Blocks.Any(block => block.Entries.Count > 0))
            ? plan
            : throw new UsageException($"--only: the recipe has no resource with the address \"{choice.Only}\" for these hosts; addresses are as plans show them: file /etc/motd");
    }

    /// <summary>A plan of this run as a document.</summary>
    public PlanDocument Document(Plan plan) => PlanJson.Document(plan, Cfg.Version, RecipeDocument(), new()
    {
        On = choice.On,
        Host = choice.HostText,
        Local = choice.Local,
        Only = choice.Only,
        Become = choice.Become,
    });

    RecipeDocument RecipeDocument() => new()
    {
        Path = recipe.Path,
        Digest = recipe.Digest,
        Files = [.. recipe.Files.Select(file => new FileDocument(file, Digest(file))), .. recipe.LocalFiles.Select(file => new FileDocument(file.Path, file.Digest))],
    };

    /// <summary>A file's SHA-256 digest; empty where it cannot be read.</summary>
    public static string Digest(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        connector.Dispose();
    }
}

/// <summary>What follows a plan.</summary>
enum Then
{
    /// <summary>Nothing: it is shown.</summary>
    Nothing,

    /// <summary>It is applied.</summary>
    Apply,
}
