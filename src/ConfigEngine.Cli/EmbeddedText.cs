namespace ConfigEngine.Cli;

/// <summary>Texts that are files beside the sources, and part of the program.</summary>
static class EmbeddedText
{
    /// <summary>A text.</summary>
    /// <param name="name">Its logical name in the project file.</param>
    public static string Read(string name)
    {
        using var stream =
            typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of this cfg");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The texts whose names begin with a directory, in the order of their names, which are given without it.</summary>
    /// <param name="directory">The directory, with a slash at its end.</param>
    public static IEnumerable<(string Name, string Text)> In(string directory) =>
        from name in typeof(EmbeddedText).Assembly.GetManifestResourceNames()
        where name.StartsWith(directory, StringComparison.Ordinal)
        orderby name
        select (name[directory.Length..], Read(name));
}
