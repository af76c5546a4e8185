namespace ConfigEngine.Scripting;

/// <summary>How recipes are loaded.</summary>
public sealed record LoaderOptions
{
    /// <summary>The directory for compiled recipes; they are not kept when null.</summary>
    public string? CacheDirectory { get; init; } = RecipeCache.DefaultDirectory;

    /// <summary>
    /// Directories whose files are run even if other users own or can write them. All other files must belong to this user or to
    /// root, and no other user may be able to write them or the directories above them. None by default.
    /// </summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>
    /// How long a script may run (without compiling), and each lambda in it for each host; 30 seconds by default.
    /// </summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Called before a recipe runs, so that a debugger can be attached. When it is not null, scripts are compiled as they are written,
    /// their paths are whole, so that the debugger finds them, and <see cref="Limit"/> does not hold. Resources then know no line.
    /// </summary>
    public Action? BeforeDebugging { get; init; }

    /// <summary>Receives each line that a script prints, with its place before it; standard error when null.</summary>
    public Action<string>? Says { get; init; }

    /// <summary>
    /// Whether a recipe notes the branches that it takes (<see cref="LoadedRecipe.Branches"/>). It is then compiled for that, and not
    /// taken from the cache.
    /// </summary>
    internal bool SeesBranches { get; init; }

    /// <summary>How secrets are read.</summary>
    public SecretOptions Secrets { get; init; } = new();

    /// <summary>The clock for the age of files in the cache.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
