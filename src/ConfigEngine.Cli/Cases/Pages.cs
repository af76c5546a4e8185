namespace ConfigEngine.Cli.Cases;

/// <summary>
/// The files of pages. Lines may end with CR LF, and the last one need not end: git and editors change both. A file is written
/// under another name first, so that two runs in one directory never read half of one.
/// </summary>
static class Pages
{
    /// <summary>A page as it is compared and written.</summary>
    public static string Plain(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    /// <summary>A page that was accepted; null where there is none.</summary>
    public static string? Read(string path)
    {
        try
        {
            return Plain(File.ReadAllText(path));
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a page.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string path, string page)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(draft, page);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            Remove(draft);
            throw new UsageException($"{path} cannot be written: {unwritten.Message}");
        }
    }

    /// <summary>Removes a page; another run may have been first.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // It is gone with its directory.
        }
    }
}
