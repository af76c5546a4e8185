namespace ConfigEngine.HostShell;

/// <summary>
/// The functions that a session defines on a host before anything else. They need a POSIX <c>sh</c> and the tools of
/// coreutils or busybox, nothing else.
/// </summary>
static class Library
{
    static readonly string[] Own =
    [
        "library.sh",
        "write.sh",
        "probe.sh",
        "checks.sh",
        "checks-services.sh",
        "checks-network.sh",
        "checks-units.sh",
    ];

    /// <summary>What the resources add: each file that stands beside one, but for what goes out with its probe alone.</summary>
    static IEnumerable<string> OfResources =>
        typeof(Library)
            .Assembly.GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(Script.OfResources, StringComparison.Ordinal) && !name.EndsWith(Script.OfProbes, StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal);

    /// <summary>The text that defines them.</summary>
    public static string Text { get; } = string.Concat(Own.Concat(OfResources).Select(file => Script.Embedded(file)));
}
