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
}
