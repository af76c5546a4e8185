namespace ConfigEngine.Lab;

/// <summary>What a machine must have to run the lab.</summary>
static class Requirements
{
    static readonly string[] Tools =
    [
        "apt-ftparchive",
        "apt-get",
        "debootstrap",
        "debugfs",
        "dpkg-deb",
        "gpg",
        "ip",
        "mke2fs",
        "nsenter",
        "qemu-system-x86_64",
        "setsid",
        "ssh",
        "ssh-keygen",
        "sshd",
        "systemd-nspawn",
        "unshare",
    ];

    /// <summary>The first thing that is missing, or null.</summary>
    public static string? Missing { get; } = Find();

    static string? Find()
    {
        if (!OperatingSystem.IsLinux())
            return "the lab boots Linux hosts and needs Linux";
        if (!Environment.IsPrivilegedProcess)
            return "the lab boots real hosts and needs root: run the tests with sudo";

        var missing = Tools.Where(tool => PathOf(tool) is null).ToList();
        return missing.Count is 0 ? null : $"{string.Join(", ", missing)}: not found; run tests/ConfigEngine.Lab/setup.sh as root";
    }

    /// <summary>Also where root's PATH need not point (sshd must be started by its full path).</summary>
    public static string? PathOf(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Concat(["/usr/sbin", "/sbin"])
            .Select(directory => Path.Combine(directory, tool))
            .FirstOrDefault(File.Exists);
}
