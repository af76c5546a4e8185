namespace ConfigEngine.Resources;

/// <summary>What a package manager says that a transaction would do.</summary>
sealed record Simulated
{
    /// <summary>What would be there in another version, or anew.</summary>
    public required IReadOnlyList<PackageNow> Unpacked { get; init; }

    /// <summary>What would be gone.</summary>
    public required IReadOnlyList<string> Removed { get; init; }

    /// <summary>What would be configured: of what was unpacked, and of what was left unfinished.</summary>
    public IReadOnlyList<(string Name, string Version)> Configured { get; init; } = [];

    /// <summary>Of what is unpacked, what gets an older version.</summary>
    public IReadOnlySet<string> Downgraded { get; init; } = new HashSet<string>();

    /// <summary>Of what is changed or removed, what is held.</summary>
    public IReadOnlySet<string> Held { get; init; } = new HashSet<string>();

    /// <summary>By which other package each one comes along, as far as it is said.</summary>
    public IReadOnlyDictionary<string, string> Bringers { get; init; } = new Dictionary<string, string>();

    /// <summary>By which items alone each one would be removed as well.</summary>
    public ILookup<string, string> Removers { get; init; } = Array.Empty<string>().ToLookup(name => name);

    /// <summary>Which package is taken for one that is virtual.</summary>
    public IReadOnlyDictionary<string, string> Selected { get; init; } = new Dictionary<string, string>();
}

/// <summary>A package that would be unpacked. apt writes the architecture with the name only where that is a foreign one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Architecture">What it was built for.</param>
/// <param name="Old">The version that is there; empty where none is.</param>
/// <param name="New">The version that would be there.</param>
sealed record PackageNow(string Name, string Architecture, string Old, string New)
{
    /// <summary>Whether a name in a recipe means it: <c>libc6</c>, <c>libc6:i386</c>, and as rpm has it, <c>glibc.i686</c>.</summary>
    public bool Is(string key) =>
        key == Name
        || key == $"{Name}.{Architecture}"
        || (
            PackageItem.Bare(key) == PackageItem.Bare(Name)
            && key.Contains(':', StringComparison.Ordinal)
            && key.Split(':')[1] == Architecture
        );
}
