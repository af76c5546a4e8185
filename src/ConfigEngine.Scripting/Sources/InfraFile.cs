namespace ConfigEngine.Scripting;

/// <summary>Finds the inventory that a recipe means.</summary>
static class InfraFile
{
    public const string Name = "infra.csx";

    const UnixFileMode Shared = UnixFileMode.StickyBit | UnixFileMode.OtherWrite;

    /// <summary>The nearest infra.csx in a directory or above it.</summary>
    public static string? Find(string directory, string? except)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            var candidate = Path.Combine(at, Name);
            if (candidate != except && System.IO.File.Exists(candidate) && (at == directory || !IsShared(at)))
                return candidate;
        }

        return null;
    }

    // An infra.csx that somebody else put into /tmp must not run with the rights of whoever works below it
    // (git learnt the same about repositories: CVE-2022-24765).
    static bool IsShared(string directory) =>
        !OperatingSystem.IsWindows() && (System.IO.File.GetUnixFileMode(directory) & Shared) == Shared;
}
