namespace ConfigEngine.HostShell;

/// <summary>
/// The functions that a session first defines on a host. They need only a POSIX <c>sh</c> and the tools of coreutils or busybox.
/// </summary>
static class Library
{
    static readonly string[] Own =
    [
        "library.sh",
        "temp.sh",
        "write.sh",
        "probe.sh",
        "sets.sh",
        "sets-paths.sh",
        "sets-accounts.sh",
        "sets-units.sh",
        "prepare.sh",
        "checks.sh",
        "checks-services.sh",
        "checks-network.sh",
        "checks-units.sh",
    ];

    /// <summary>
    /// The functions that resources add: each script beside a resource, except those that are sent only with its probe.
    /// </summary>
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
