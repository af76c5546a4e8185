namespace ConfigEngine.Lab;

/// <summary>
/// The cfg that the lab runs: the one in the directory <c>CFG_LAB_PROGRAM</c>, as <c>dotnet publish</c> makes it, or else the one that was
/// built beside the tests. The former is what users have, and starts in half the time, because its code is compiled already.
/// </summary>
static class Program
{
    /// <summary>Its directory, if it was published.</summary>
    public static string? Published { get; } =
        Environment.GetEnvironmentVariable("CFG_LAB_PROGRAM") is { Length: > 0 } directory ? directory : null;

    /// <summary>Its directory.</summary>
    public static string Directory => Published ?? AppContext.BaseDirectory;

    /// <summary>What dotnet(1) runs.</summary>
    public static string Path => System.IO.Path.Combine(Directory, "cfg.dll");
}
