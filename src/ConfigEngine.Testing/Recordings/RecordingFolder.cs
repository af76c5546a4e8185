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

    /// <summary>The recordings of hosts, each with its state. A host that has recordings for this recipe alone has no others.</summary>
    /// <param name="hosts">The names of the recipe's hosts.</param>
    public IReadOnlyList<(string Host, string? State, string Path)> Of(IReadOnlyCollection<string> hosts)
    {
        var own = Named(Path.Combine(directory, recipe), hosts);
        var alone = own.Select(file => file.Host).ToHashSet();
        return
        [
            .. own.Concat(Named(directory, hosts).Where(file => !alone.Contains(file.Host)))
                .OrderBy(file => file.Host, StringComparer.Ordinal)
                .ThenBy(file => file.State, StringComparer.Ordinal),
        ];
    }

    /// <summary>The names of all hosts with recordings; a recipe that is for any host knows no others, so they have no dots.</summary>
    public IReadOnlyList<string> Recorded =>
        [
            .. Files(directory)
                .Concat(Files(Path.Combine(directory, recipe)))
                .Select(file => Path.GetFileName(file).Split('.')[0])
                .Distinct(),
        ];

    static IReadOnlyList<(string Host, string? State, string Path)> Named(string directory, IReadOnlyCollection<string> hosts) =>
        [
            .. from path in Files(directory)
            let named = HostOf(Path.GetFileNameWithoutExtension(path), hosts)
            where named is not null
            select (named.Value.Host, named.Value.State, path),
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
