using System.Collections.Concurrent;

namespace ConfigEngine.Testing;

/// <summary>
/// The recordings for one recipe: <c>HOST.json</c>, or <c>HOST.STATE.json</c> for the same host in another state, in a directory
/// or, for this recipe alone, in a directory below it that has the recipe's name.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="recipe">The recipe's name, without its ending.</param>
/// <param name="read">The recordings that were read so far, by path; several recipes share them.</param>
sealed class RecordingFolder(string directory, string recipe, ConcurrentDictionary<string, Lazy<HostRecording>> read)
{
    /// <summary>The file of stand-ins for secrets, which is no recording.</summary>
    public const string StandIns = "stand-ins" + RecordingFile.Ending;

    /// <summary>What the state of a recording without one is called.</summary>
    public const string Fresh = "fresh";

    /// <summary>The directory beside a recipe in which recordings are, unless another one is named.</summary>
    public const string Name = "recordings";

    /// <summary>The directory, as it is shown.</summary>
    public string Directory => directory;

    /// <summary>The recordings of hosts, each with its state; the recipe's own come instead of those of the directory.</summary>
    /// <param name="hosts">The names of the recipe's hosts.</param>
    public IReadOnlyList<(string Host, string? State, string Path)> Of(IReadOnlyCollection<string> hosts) =>
        [
            .. Files(Path.Combine(directory, recipe))
                .Concat(Files(directory))
                .DistinctBy(Path.GetFileName)
                .Select(path => (Named: HostOf(Path.GetFileNameWithoutExtension(path), hosts), path))
                .Where(file => file.Named is not null)
                .Select(file => (file.Named?.Host ?? "", file.Named?.State, file.path))
                .OrderBy(file => file.Item1, StringComparer.Ordinal)
                .ThenBy(file => file.Item2, StringComparer.Ordinal),
        ];

    /// <summary>A recording; read once.</summary>
    /// <exception cref="RecordingException">It cannot be read.</exception>
    public HostRecording Read(string path) => read.GetOrAdd(path, file => new(() => RecordingFile.Read(file))).Value;

    /// <summary>All files of a directory that should be recordings, sorted.</summary>
    public static IReadOnlyList<string> Files(string directory) =>
        System.IO.Directory.Exists(directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(directory, "*" + RecordingFile.Ending)
                    .Where(path => Path.GetFileName(path) is not StandIns)
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The host and the state in a file's name. A host's name may have dots, so the longest one that fits is meant.</summary>
    public static (string Host, string? State)? HostOf(string stem, IReadOnlyCollection<string> hosts)
    {
        var host = hosts.Where(name => stem == name || stem.StartsWith(name + ".", StringComparison.Ordinal)).MaxBy(name => name.Length);
        return host is null ? null
            : stem == host ? (host, null)
            : (host, stem[(host.Length + 1)..]);
    }
}
