namespace ConfigEngine.Scripting;

/// <summary>Finds the inventory that a recipe means.</summary>
static class InfraFile
{
    public const string Name = "infra.csx";

    /// <summary>
    /// The nearest infra.csx in a directory or above it. One that somebody else put into /tmp must not run with the rights of whoever
    /// works below it (git learnt the same about repositories: CVE-2022-24765): it is found, and refused when it is read.
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
