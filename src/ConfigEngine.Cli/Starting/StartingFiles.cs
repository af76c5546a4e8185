namespace ConfigEngine.Cli.Starting;

/// <summary>The files of a new working directory. They are beside this file, in their final form.</summary>
static class StartingFiles
{
    const string Prefix = "start/";

    /// <summary>Each file's path in the new directory, and its text.</summary>
    public static IEnumerable<(string Path, string Text)> All =>
        from name in typeof(StartingFiles).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        orderby name
        select (name[Prefix.Length..], Read(name));

    static string Read(string name)
    {
        using var stream =
            typeof(StartingFiles).Assembly.GetManifestResourceStream(name) ?? throw new MissingManifestResourceException(name);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    sealed class MissingManifestResourceException(string name) : Exception(name);
}
