namespace ConfigEngine.Local;

/// <summary>The user's directory for what can be made again (XDG Base Directory Specification).</summary>
static class UserCache
{
    /// <summary>A directory of cfg's own there; null where the user has none.</summary>
    /// <param name="name">What it keeps.</param>
    public static string? For(string name)
    {
        // A relative path in the variable must be ignored.
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (caches is null || !Path.IsPathRooted(caches))
            caches = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home
                ? Path.Combine(home, ".cache")
                : null;
        return caches is null ? null : Path.Combine(caches, "configengine", name);
    }
}
