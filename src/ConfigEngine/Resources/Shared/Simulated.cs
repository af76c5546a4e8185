namespace ConfigEngine.Resources;

/// <summary>What a transaction would do, by the package manager's own words.</summary>
sealed record Simulated
{
    /// <summary>The packages that would be installed, or get another version.</summary>
    public required IReadOnlyList<PackageNow> Unpacked { get; init; }

    /// <summary>The packages that would be removed.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>The packages that would be configured: unpacked ones, and unfinished ones.</summary>
    public IReadOnlyList<(string Name, string Version)> Configured { get; init; } = [];

    /// <summary>The unpacked packages that get an older version.</summary>
    public IReadOnlySet<string> Downgraded { get; init; } = new HashSet<string>();

    /// <summary>The changed or removed packages that are held.</summary>
    public IReadOnlySet<string> Held { get; init; } = new HashSet<string>();

    /// <summary>The packages that an upgrade keeps back, because they are held or need what cannot be had.</summary>
    public IReadOnlyList<string> KeptBack { get; init; } = [];

    /// <summary>Whether the package manager was interrupted, and finishes that first.</summary>
    public bool IsInterrupted { get; init; }

    /// <summary>Why it cannot upgrade for security only; null where it can, or was not asked to.</summary>
    public string? CannotSecurity { get; init; }

    /// <summary>For each package, the package that pulls it in, as far as that is known.</summary>
    public IReadOnlyDictionary<string, string> Bringers { get; init; } = new Dictionary<string, string>();

    /// <summary>For each package, the items that alone would remove it as well.</summary>
    public ILookup<string, string> Removers { get; init; } = Array.Empty<string>().ToLookup(name => name);

    /// <summary>For each virtual package, the real package that is chosen.</summary>
    public IReadOnlyDictionary<string, string> Selected { get; init; } = new Dictionary<string, string>();
}

/// <summary>A package that would be unpacked. apt writes the architecture with the name only if it is a foreign one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Old">The installed version; empty where there is none.</param>
/// <param name="New">The version that would be installed.</param>
sealed record PackageNow(string Name, string Architecture, string Old, string New)
{
    /// <summary>
    /// Whether a name in a recipe means this package: <c>libc6</c>, <c>libc6:i386</c>, and in rpm's form <c>glibc.i686</c>.
    /// </summary>
    public bool Is(string key) =>
        key == Name
        || key == $"{Name}.{Architecture}"
        || (
            PackageItem.Bare(key) == PackageItem.Bare(Name)
            && key.Contains(':', StringComparison.Ordinal)
            && key.Split(':')[1] == Architecture
        );
}
