namespace ConfigEngine.Scripting;

/// <summary>How recipes are loaded.</summary>
public sealed record LoaderOptions
{
    /// <summary>Where compiled recipes are kept; nowhere when null.</summary>
    public string? CacheDirectory { get; init; } = RecipeCache.DefaultDirectory;

    /// <summary>How long a script may run (not compile); 30 seconds unless said otherwise.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How secrets are read.</summary>
    public SecretOptions Secrets { get; init; } = new();

    /// <summary>The clock by which the cache ages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
