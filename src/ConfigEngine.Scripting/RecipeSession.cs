using System.Security.Cryptography;
using System.Text;
using ConfigEngine.Local;

namespace ConfigEngine.Scripting;

/// <summary>The loading of one recipe, from its path to its declarations.</summary>
sealed class RecipeSession
{
    readonly LoaderOptions options;
    readonly ScriptPaths paths;
    readonly CancellationToken ct;
    readonly Disk disk;
    readonly RecipeCache cache;
    readonly LocalFiles local;
    readonly Secrets secrets;
    readonly InventoryImport import;
    readonly List<string> warnings = [];
    SeenBranches? branches;

    public RecipeSession(LoaderOptions options, ScriptPaths paths, CancellationToken ct)
    {
        paths = paths with { Whole = options.BeforeDebugging is not null };
        (this.options, this.paths, this.ct) = (options, paths, ct);
        disk = new(TrustIn(options.Trusted));
        cache = new(options.CacheDirectory, options.Time);
        local = new(paths, disk);
        LocalCommands commands = new(options.Secrets, ct);
        secrets = new(
            options.Secrets.StandIn is { } standIn
                ? new StandInSecrets(standIn, options.Secrets)
                : new LocalSecrets(paths, disk, options.Secrets, commands),
            options.Secrets.Redaction
        );
        import = new(paths, local, commands, options.Secrets.Redaction);
    }

    public ScriptPaths Paths => paths;

    public (ScriptSet Scripts, Catalog Catalog) Run(string path)
    {
        var scripts = ScriptSet.Read(path, paths, disk);
        return Run(scripts, Compiled(scripts));
    }

    /// <summary>Runs the recipe so that its branches are seen, if they can be.</summary>
    public (ScriptSet Scripts, Catalog Catalog) RunTapped(string path)
    {
        var scripts = ScriptSet.Read(path, paths, disk);
        // Its errors and warnings are those of the recipe as it always is.
        var compiled = Compiled(scripts);
        if (Tapped(scripts, ct) is not { Branches: { } seen } tapped)
            return Run(scripts, compiled);
        branches = seen;
        return Run(scripts, tapped with { Warnings = compiled.Warnings });
    }

    (ScriptSet Scripts, Catalog Catalog) Run(ScriptSet scripts, CompiledRecipe compiled)
    {
        warnings.AddRange(compiled.Warnings);
        if (WindowsLines(scripts) is { } warning)
            warnings.Add(warning);
        RecipeLimits limits = new(options.BeforeDebugging is null ? options.Limit : Timeout.InfiniteTimeSpan, options.Says);
        Catalog catalog = new()
        {
            Code = new RecipeCode(scripts.Recipe.Name, limits),
            Asks = scripts.Mentions($".{nameof(HostView.Ask)}("),
        };
        RecipeRun.Run(compiled, scripts, catalog, new(catalog, local, secrets, import), limits, ct);
        warnings.AddRange(import.Warnings);
        if (catalog.Blocks.Count == 0 && catalog.Inventory.IsEmpty && catalog.Policies.Count == 0 && catalog.Expectations.Count == 0)
            warnings.Add($"{scripts.Recipe.Name} declares nothing: it has no On(\"host\", …), and no Hosts(…) or Group(…)");
        return (scripts, catalog);
    }

    /// <summary>Runs the nearest infra.csx, in a directory or above it.</summary>
    public (ScriptSet Scripts, Catalog Catalog)? RunNearest(string directory, string? except) =>
        InfraFile.Find(directory, except) is { } found ? Run(found) : null;

    /// <summary>Runs the policies of a recipe.</summary>
    /// <exception cref="RecipeException">One of them declares something else.</exception>
    public IReadOnlyList<(ScriptSet Scripts, Catalog Catalog)> RunPolicies(string recipe) =>
        [.. PolicyFiles.For(recipe).Select(RunPolicy)];

    (ScriptSet Scripts, Catalog Catalog) RunPolicy(string path)
    {
        var (scripts, catalog) = Run(path);
        if (catalog.Blocks.Count > 0 || !catalog.Inventory.IsEmpty)
            throw new RecipeException(
                "a file of policies declares no hosts and no resources",
                catalog.Blocks is [var block, ..] ? block.Source : new(scripts.Recipe.Name, 1),
                hint: $"write only Forbid(…) in {PolicyFiles.Directory}/, and put recipes elsewhere"
            );
        return (scripts, catalog);
    }

    public LoadedRecipe Loaded(
        (ScriptSet Scripts, Catalog Catalog) recipe,
        (ScriptSet Scripts, Catalog Catalog)? infra,
        IReadOnlyList<(ScriptSet Scripts, Catalog Catalog)> policies
    )
    {
        IReadOnlyList<(ScriptSet Scripts, Catalog Catalog)> beside = infra is null ? policies : [infra.Value, .. policies];
        List<ScriptSet> sets = [recipe.Scripts, .. beside.Select(one => one.Scripts)];
        recipe.Catalog.Add([.. beside.SelectMany(one => one.Catalog.Policies)]);
        return new(
            recipe.Catalog,
            infra?.Catalog.Inventory ?? recipe.Catalog.Inventory,
            recipe.Scripts.Recipe.Name,
            DigestOf(sets),
            [
                .. sets.SelectMany(set =>
                        set.Scripts.Select(script => script.Name).Concat(set.Assemblies.Select(assembly => assembly.Name))
                    )
                    .Distinct(),
            ]
        )
        {
            Warnings = [.. warnings.Distinct()],
            Branches = branches,
            Local = local,
            Secrets = secrets,
            Sets = sets,
        };
    }

    static string? WindowsLines(ScriptSet scripts)
    {
        var names = scripts.Scripts.Where(script => script.IsFromWindows).Select(script => script.Name).ToList();
        return names.Count == 0
            ? null
            : $"{string.Join(", ", names)}: the lines end with CR LF, as on Windows; text in a recipe is written with LF all the same. "
                + $"To save {(names.Count == 1 ? "it" : "them")} with LF: sed -i 's/\\r$//' {string.Join(' ', names)}";
    }

    static Trust TrustIn(IReadOnlyList<string> directories)
    {
        try
        {
            return Trust.ForRecipes(directories);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new RecipeException($"what is to be trusted is not there: {missing.Message}", inner: missing);
        }
    }

    CompiledRecipe Compiled(ScriptSet scripts)
    {
        if (options.BeforeDebugging is { } wait)
        {
            var debugged = CompileCold(scripts, Detail.Nothing, ct);
            wait();
            return debugged;
        }

        var key = CacheKey.Of(scripts);
        if (cache.Find(key) is { } known)
            return known;
        var compiled = CompileCold(scripts, Detail.Lines, ct);
        cache.Store(key, compiled);
        return compiled;
    }

    // Roslyn is loaded when RecipeCompiler is first used: a cached recipe saves 8 MB and 0.1 s.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    static CompiledRecipe CompileCold(ScriptSet scripts, Detail detail, CancellationToken ct) =>
        RecipeCompiler.Compile(scripts, detail, ct);

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    static CompiledRecipe? Tapped(ScriptSet scripts, CancellationToken ct) => RecipeCompiler.Tapped(scripts, ct);

    static string DigestOf(List<ScriptSet> sets)
    {
        var root = ScriptPaths.DirectoryOf(sets[0].Recipe.Path);
        var parts = sets.SelectMany(set =>
            set.Scripts.Select(script => (script.Path, script.Digest))
                .Concat(set.Assemblies.Select(assembly => (assembly.Path, assembly.Digest)))
        );
        return Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => $"{part.Digest} {Path.GetRelativePath(root, part.Path)}\0")))
            )
        );
    }
}
