using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A directory that the NFS server of the host serves, to whom and how: a file in /etc/exports.d, and what the kernel serves now. Other
/// directories are left alone. Use <c>NfsServer</c> of recipes/lib/storage.csx for the server itself.
/// </summary>
/// <theme>storage</theme>
/// <example>
/// <code>
/// new NfsExport("/srv/share")
/// {
///     Clients = new() { ["192.168.1.0/24"] = ["rw", "sync", "all_squash", "no_subtree_check"] },
/// }
/// </code>
/// </example>
/// <param name="Path">The directory, an absolute path.</param>
public sealed partial record NfsExport(string Path) : Resource<NfsExport.State>
{
    /// <summary>
    /// The clients, each with its options as in exports(5): an address, a network, a name of a host, which may have wildcards, a
    /// netgroup with an <c>@</c> before it, or <c>*</c>.
    /// </summary>
    public required Dictionary<string, IReadOnlyList<string>> Clients { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    internal static string FileOf(string path) =>
        $"{Directory}/cfg{string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-'))}.exports";

    const string Directory = "/etc/exports.d";

    string File => FileOf(Path);

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The file.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode, which is 0644.</param>
    /// <param name="Served">Whether the kernel serves the directory as the file says.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Served) : IFileState;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in PathProblems(Path))
                yield return problem;
            if (Clients.Count == 0)
                yield return "it is served to nobody: give it Clients, such as [\"192.168.1.0/24\"] = [\"ro\"]";
            foreach (var (client, options) in Clients)
            {
                if (NfsClient.Problem(client) is { } wrong)
                    yield return wrong;
                foreach (var option in options.Where(option => !ValidOption().IsMatch(option)))
                    yield return $"\"{Text.Excerpt(option)}\" is not an option of exports(5)";
                foreach (
                    var (one, other) in NfsClient.Contraries.Where(pair => options.Contains(pair.One) && options.Contains(pair.Other))
                )
                    yield return $"it is served to {Text.Excerpt(client)} with {one} and with {other}";
            }
        }
    }

    /// <summary>What is wrong with the path of a directory that is served.</summary>
    internal static IEnumerable<string> PathProblems(string path) =>
        path.Any(c => char.IsControl(c) || c is '"' or '\\')
            ? [$"\"{Text.Excerpt(path)}\" has a character in it that exports(5) cannot have"]
            : PathProbe.Problems(path);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.Path(Path, "directory")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [new(Kind, Key), Aspect.Path(File), Aspect.Path(Path), Aspect.Path("/etc/exports"), Aspect.Tool("exportfs")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key), Aspect.Path(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <inheritdoc/>
    protected override State Desired => new(Wanted, "root", "root", "0644", true);

    IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Sorted => Clients.OrderBy(client => client.Key, StringComparer.Ordinal);

    Content Wanted =>
        "# Written by cfg: what is changed here is changed back.\n"
        + $"\"{Path}\" {string.Join(' ', Sorted.Select(client => $"{client.Key}({string.Join(',', client.Value)})"))}\n";

    Probe<PathState> FileProbe => PathProbe.OfRoot(File, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_nfs_export {Path} {File}", Parse)
        {
            Prelude = FileProbe.Prelude,
            Tools = ["exportfs"],
            Needs = Needs,
        };

    IEnumerable<Need> Needs(Output output)
    {
        var (said, file) = AnswerHead.Until(output, "file");
        foreach (var need in FileProbe.Needs(file))
        {
            // The directory of the file is made with it.
            if (need.What != Aspect.Path(Directory))
                yield return need;
        }

        if (said["there"] is "no")
            yield return new(Aspect.Path(Path), $"the directory {Path} does not exist") { Always = true };
        else if (said["there"] is "silent")
            yield return new(Aspect.Path(Path), $"{Path} does not answer: it is on a mount whose server is gone")
            {
                Always = true,
                Hint = "see who uses it, and let go of it: new NoMount(…) { Lazy = true }",
            };
        if (said["other"] is { Length: > 0 } other)
            yield return new(Aspect.Path(other), $"{other} exports it, too")
            {
                Always = true,
                Hint = $"take that line out first: new NoLine(\"{other}\") {{ Matching = … }}",
            };
    }

    State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var file = FileProbe.Read(rest);
        var served = NfsClient.Parse(said["served"]);
        return file is null && served.Count == 0
            ? null
            : new(file?.Content, file?.Owner, file?.Group, file?.Mode, NfsClient.IsServed(Clients, served));
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Content is null ? Verb.Create : Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var file = RootFile.Diff(diff.Actual, Wanted, "0644");
        foreach (var operation in RootFile.Loaded(File, file, $"cfg_nfs_reload", "checked in its place by: exportfs -ra"))
            yield return operation;
        if (!RootFile.IsWritten(file) && diff.Changes(s => s.Served))
            yield return new($"cfg_nfs_reload") { Title = "$ exportfs -ra" };
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(=[A-Za-z0-9_.:@/+-]+)?\z")]
    private static partial Regex ValidOption();
}
