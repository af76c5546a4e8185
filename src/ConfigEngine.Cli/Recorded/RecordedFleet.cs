using ConfigEngine.Testing;

namespace ConfigEngine.Cli.Recorded;

/// <summary>
/// The hosts of a recipe as two revisions recorded them. The newer one's answers are taken, and the older one's where it has none: a
/// recipe that no longer has a resource does not record it again, and the older recipe still asks for it.
/// </summary>
/// <param name="folders">The recordings, the newest first.</param>
sealed class RecordedFleet(IReadOnlyList<RecordingFolder> folders)
{
    /// <summary>The recordings of hosts: each host with a state, and the files that have it, the newest first.</summary>
    public ILookup<(string Host, string? State), string> Of(IReadOnlyCollection<string> hosts) =>
        folders.SelectMany(folder => folder.Of(hosts)).ToLookup(file => (file.Host, file.State), file => file.Path);

    /// <summary>A host as it was recorded.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    public HostRecording Read(IEnumerable<string> paths) => paths.Select(folders[0].Read).Aggregate((newer, older) => newer.Over(older));
}
