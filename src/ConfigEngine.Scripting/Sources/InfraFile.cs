namespace ConfigEngine.Scripting;

/// <summary>Finds the inventory of a recipe.</summary>
static class InfraFile
{
    public const string Name = "infra.csx";

    /// <summary>
    /// The nearest infra.csx in a directory or above it. A file that another user put into /tmp must not run with the rights of
    /// users who work below /tmp (git had the same problem with repositories: CVE-2022-24765). It is found here, and refused when
    /// it is read.
    /// </summary>
    public static string? Find(string directory, string? except)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            var candidate = Path.Combine(at, Name);
            if (candidate != except && System.IO.File.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
