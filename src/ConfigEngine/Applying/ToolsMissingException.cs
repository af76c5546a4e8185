namespace ConfigEngine.Applying;

/// <summary>
/// A host lacks a command that cfg needs on every host. It is reported before anything is planned, and so before anything is
/// started.
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
    /// The commands that only changes need. Probes need the others; without one of them, no answer of the host can be trusted.
    /// </summary>
    static readonly string[] ForChanges = ["chmod", "chown", "cp", "flock", "ln", "mkdir", "mv", "rm", "rmdir", "sleep", "sync", "touch"];

    /// <summary>The commands that are missing for changes, although the host can be probed; null where none is missing.</summary>
    /// <exception cref="ToolsMissingException">The host cannot even be probed.</exception>
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
