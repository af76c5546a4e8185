namespace ConfigEngine.Applying;

/// <summary>
/// A host has not all that cfg needs on every host. It is told before anything is planned, and so before anything is begun.
/// </summary>
sealed class ToolsMissingException : CfgException
{
    ToolsMissingException(string host, IReadOnlyList<string> tools)
        : base(
            $"{host} lacks "
                + $"{string.Join(", ", tools.GroupBy(PackageOf).Select(group => $"{string.Join(", ", group)} (package {group.Key})"))}, "
                + "which cfg needs on a host.\n"
                + "  Install that by hand first, or take a busybox that was built with it."
        )
    { }

    /// <summary>
    /// What changes alone need. Without one of the others, which looks are made with, nothing that the host says can be trusted.
    /// </summary>
    static readonly string[] ForChanges = ["chmod", "chown", "cp", "flock", "ln", "mkdir", "mv", "rm", "rmdir", "sleep", "sync", "touch"];

    /// <summary>What is missing to change the host, which can be looked at all the same; null where nothing is.</summary>
    /// <exception cref="ToolsMissingException">It cannot even be looked at.</exception>
    public static ToolsMissingException? Of(string host, Facts facts) =>
        facts.Lacks.Count == 0 ? null
        : new ToolsMissingException(host, facts.Lacks) is var missing && facts.Lacks.All(ForChanges.Contains) ? missing
        : throw missing;

    static string PackageOf(string tool) =>
        tool switch
        {
            "flock" => "util-linux",
            "find" or "xargs" => "findutils",
            "grep" or "sed" => tool,
            _ => "coreutils",
        };
}
