namespace ConfigEngine.Testing;

/// <summary>Reads and writes recordings.</summary>
static class RecordingFile
{
    /// <summary>The ending of their names.</summary>
    public const string Ending = ".json";

    const int MostBases = 8;

    /// <summary>Reads a recording with everything that it takes from others.</summary>
    /// <exception cref="RecordingException">It cannot be read, or one that it is based on cannot.</exception>
    public static HostRecording Read(string path) => Read(path, []);

    static HostRecording Read(string path, IReadOnlyList<string> from)
    {
        var own = ReadAlone(path);
        if (own.Base is not { } based)
            return own;
        var next = Path.Combine(Path.GetDirectoryName(path) ?? "", based);
        IReadOnlyList<string> chain = [.. from, Path.GetFullPath(path)];
        if (chain.Contains(Path.GetFullPath(next)) || chain.Count > MostBases)
            throw new RecordingException(path, $"its base {based} is based on it in turn");
        return own.Over(Read(next, chain));
    }

    /// <summary>The file itself, without those that it is based on.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    public static HostRecording ReadAlone(string path)
    {
        try
        {
            return RecordingJson.Read(path, File.ReadAllBytes(path));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(path, $"it cannot be read: {unreadable.Message}");
        }
    }

    /// <summary>Writes a recording, as a whole or not at all.</summary>
    public static void Write(HostRecording recording)
    {
        var draft = $"{recording.Path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(draft, RecordingJson.Write(recording));
            File.Move(draft, recording.Path, overwrite: true);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            throw new RecordingException(recording.Path, $"it cannot be written: {unwritten.Message}");
        }
    }
}
