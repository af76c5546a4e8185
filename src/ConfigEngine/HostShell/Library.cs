namespace ConfigEngine.HostShell;

/// <summary>
/// The functions that a session defines on a host before anything else. They need a POSIX <c>sh</c> and the tools of
/// coreutils or busybox, nothing else.
/// </summary>
public static class Library
{
    static readonly string[] Files =
    [
        "library.sh",
        "write.sh",
        "tree.sh",
        "mounts.sh",
        "system.sh",
        "accounts.sh",
        "ssh-key.sh",
        "checks.sh",
        "checks-services.sh",
        "checks-network.sh",
        "checks-units.sh",
    ];

    /// <summary>The text that defines them.</summary>
    public static string Text { get; } = string.Concat(Files.Select(file => Script.Embedded(file)));
}
