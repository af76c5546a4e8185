namespace ConfigEngine.Scripting;

/// <summary>How recipes are loaded.</summary>
public sealed record LoaderOptions
{
    /// <summary>Where compiled recipes are kept; nowhere when null.</summary>
    public string? CacheDirectory { get; init; } = RecipeCache.DefaultDirectory;

    /// <summary>
    /// Directories whose files are run whoever owns or can write them. Others must belong to this user or to root, and nobody else may
    /// be able to write them or the directories above them. None unless said otherwise.
    /// </summary>
    public IReadOnlyList<string> Trusted { get; init; } = [];

    /// <summary>How long a script may run (not compile), and each lambda in it for each host; 30 seconds unless said otherwise.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where a line goes that a script prints, with its place before it; to standard error when null.</summary>
    public Action<string>? Says { get; init; }

    /// <summary>How secrets are read.</summary>
    public SecretOptions Secrets { get; init; } = new();

    /// <summary>The clock by which the cache ages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
