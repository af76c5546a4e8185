namespace ConfigEngine.Resources;

/// <summary>How a repository's files are written: only after apt could fetch its index with them.</summary>
static class AptSource
{
    /// <summary>For a repository in use. The operation's input is the key, of the given length, and then the stanza.</summary>
    public static Operation TryAndWrite(string sources, string? keyFile, Content keyAndStanza, int keyLength) =>
        Write(sources, keyFile, keyAndStanza, keyLength, "try", "$ apt-get update, for this repository alone; then ");

    /// <summary>For a disabled repository: apt does not fetch its index.</summary>
    public static Operation Write(string sources, string? keyFile, Content keyAndStanza, int keyLength) =>
        Write(sources, keyFile, keyAndStanza, keyLength, "", "");

    static Operation Write(string sources, string? keyFile, Content keyAndStanza, int keyLength, string trial, string before) =>
        new($"cfg_apt_source {sources} {keyFile ?? ""} {(long)keyLength} {trial}")
        {
            Input = keyAndStanza,
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(16),
            Title = $"{before}write {(keyFile is null ? "" : keyFile + " and ")}{sources}",
        };
}
