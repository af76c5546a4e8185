namespace ConfigEngine.Local;

/// <summary>The programs of this machine.</summary>
static class Programs
{
    /// <summary>Whether there is one: in a directory of PATH, or, where the name has a slash, at that path.</summary>
    public static bool Has(string name) =>
        name.Contains('/')
            ? File.Exists(name)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, name)));
}
