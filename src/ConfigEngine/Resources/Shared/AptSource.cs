namespace ConfigEngine.Resources;

/// <summary>How a repository's files are written: only when apt could fetch its index with them.</summary>
static class AptSource
{
    /// <summary>The operation. Its input is the key, of that length, and then the stanza.</summary>
    public static Operation Write(string sources, string? keyFile, Content keyAndStanza, int keyLength, bool enabled) =>
        new($"cfg_apt_source {sources} {keyFile ?? ""} {(long)keyLength} {(enabled ? "try" : "")}")
        {
            Input = keyAndStanza,
            TellsFirstWrite = true,
            Deadline = TimeSpan.FromMinutes(16),
            Title =
                (enabled ? "$ apt-get update, for this repository alone; then " : "")
                + $"write {(keyFile is null ? "" : keyFile + " and ")}{sources}",
        };
}
