namespace ConfigEngine.Editor;

/// <summary>The names of files in the protocol.</summary>
static class FileUri
{
    /// <summary>The absolute path of a script; null for what is no script in a file, such as a text that was never saved.</summary>
    public static string? ScriptOf(string uri) => PathOf(uri) is { } path && path.EndsWith(".csx", StringComparison.Ordinal) ? path : null;

    /// <summary>The absolute path of a file or directory; null if it is not one of this machine.</summary>
    public static string? PathOf(string? uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed is { IsFile: true, Host: "" } && !parsed.LocalPath.Contains('\0')
            ? Path.GetFullPath(parsed.LocalPath)
            : null;

    /// <summary>The name of a file.</summary>
    public static string Of(string path) => $"file://{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";
}
