namespace ConfigEngine;

/// <summary>A host has not all that cfg needs on every host. It is told before anything is planned, and so before anything is begun.</summary>
sealed class ToolsMissingException : CfgException
{
    ToolsMissingException(string host, IReadOnlyList<string> tools)
        : base($"{host} lacks {string.Join(", ", tools.GroupBy(PackageOf).Select(group => $"{string.Join(", ", group)} (package {group.Key})"))}, which cfg needs on a host.\n"
            + "  Install that by hand first, or take a busybox that was built with it.")
    {
    }

    /// <summary>Fails where something is missing.</summary>
    public static void Check(string host, Facts facts)
    {
        if (facts.Lacks.Count > 0)
            throw new ToolsMissingException(host, facts.Lacks);
    }

    static string PackageOf(string tool) => tool switch
    {
        "flock" => "util-linux",
        "find" or "xargs" => "findutils",
        "grep" or "sed" => tool,
        _ => "coreutils",
    };
}
