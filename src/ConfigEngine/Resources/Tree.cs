namespace ConfigEngine.Resources;

/// <summary>
/// A directory with the contents of a directory beside the recipe. It is probed at once, whatever its size. The differences are
/// sent at once too, and then each file replaces its old version as a whole. If the new files are configuration that <see
/// cref="File"/> would check, they are all checked together before.
/// </summary>
/// <theme>files</theme>
/// <example>
/// <code>
/// new Tree("/srv/www") { From = [new LocalEntry("index.html", "hello\n", Executable: false)], Purge = true }
/// </code>
/// </example>
/// <param name="Path">An absolute path, in a directory that exists.</param>
public sealed record Tree(string Path) : Resource<Tree.State>
{
    /// <summary>The desired contents: <c>LocalTree("site")</c> for a directory beside the recipe.</summary>
    public required IReadOnlyList<LocalEntry> From { get; init; }

    /// <summary>The owner of everything that is in <see cref="From"/>, and of the directory itself; left alone when null.</summary>
    public string? Owner { get; init; }

    /// <summary>The group, in the same way; left alone when null.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// The mode of the files; left alone when null (new ones get 0644). A file that is executable in <see cref="From"/> is always
    /// executable for everyone who may read it.
    /// </summary>
    public Mode? FileMode { get; init; }

    /// <summary>The mode of the directories; left alone when null (new ones get 0755).</summary>
    public Mode? DirectoryMode { get; init; }

    /// <summary>
    /// Whether paths that are not in <see cref="From"/> are removed from the directory; false by default. Mounts below the
    /// directory are not part of it.
    /// </summary>
    public bool Purge { get; init; }

    /// <summary>
    /// Paths that <see cref="Purge"/> does not remove: relative to the directory, each with everything below it. None by default.
    /// </summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PathProbe.Problems(Path),
            .. PathProbe.Problems(Owner, Group),
            .. From.Select(entry => entry.Path)
                .Concat(Keep)
                .Where(path => path.Length == 0 || PathProbe.Problems("/" + path).Any() || path.Contains('\0', StringComparison.Ordinal))
                .Select(path => $"\"{Text.Excerpt(path)}\" is not a path below it, in its plain form"),
            .. From.GroupBy(entry => entry.Path)
                .Where(same => same.Count() > 1)
                .Select(same => $"From has {Text.Excerpt(same.Key)} twice"),
            .. From.Where(entry => entry.Content is { IsSecret: true })
                .Select(entry => $"{Text.Excerpt(entry.Path)} holds a secret; make it a File of its own"),
            .. Purge && NoPath.Kept.Contains(Path) ? (string[])[$"{Path} is part of the system and is never purged"] : [],
            .. Keep.Count > 0 && !Purge ? (string[])["Keep means nothing without Purge"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<string> How =>
        [
            .. Owner is null && Group is null ? (string[])[] : [$"for {Owner ?? ""}{(Group is null ? "" : $":{Group}")}"],
            .. FileMode is { } files ? (string[])[$"files with mode {files}"] : [],
            .. DirectoryMode is { } directories ? (string[])[$"directories with mode {directories}"] : [],
        ];

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [Claim.Path(Path, "directory"), .. Claim.Owners(Owner, Group), .. Claim.ModeOf(Path, DirectoryMode)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Under(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Under(Path), Aspect.AccessUnder(Path)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns =>
        Purge && Keep.Count == 0
            ? [Aspect.Under(Path)]
            : From.Where(entry => entry.Content is not null).Select(entry => Aspect.Path($"{Path}/{entry.Path}"));

    /// <summary>What a plan compares.</summary>
    /// <param name="Entries">The directory itself (its path is <c>.</c>) and its contents, sorted by path.</param>
    public sealed record State(IReadOnlyList<TreeEntry>? Entries)
    {
        internal string? Answer { get; init; }
    }

    IReadOnlyList<LocalEntry> Wanted => [.. WithParents().OrderBy(entry => entry.Path, StringComparer.Ordinal)];

    TreeAnswer Answer => new(Path, Wanted, Owner, Group) { ListsAll = Purge };

    /// <inheritdoc/>
    protected override State Desired => Towards(null);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(Answer.Script(), Parse)
        {
            Expecting = state => (Answer.Script(), state is null ? PathProbe.Absence : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = ["find", "xargs", "tar"],
            Needs = output => Answer.Needs(output).Concat(Answer.Held(output, Goes)),
        };

    State? Parse(Output output) => Answer.Parse(output) is { } entries ? new(entries) { Answer = PathProbe.Complete(output) } : null;

    /// <inheritdoc/>
    protected override State Towards(State? actual)
    {
        var there = (actual?.Entries ?? []).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        List<TreeEntry> entries = [Directory(".", there.GetValueOrDefault("."))];
        foreach (var entry in Wanted)
        {
            var before = there.GetValueOrDefault(entry.Path);
            entries.Add(entry.Content is { } content ? File(entry, content, before) : Directory(entry.Path, before));
        }

        if (Keep.Count > 0)
            entries.AddRange(there.Values.Where(entry => entry.IsExtra && IsKept(entry.Path)));
        return new([.. entries.OrderBy(entry => entry.Path, StringComparer.Ordinal)]);
    }

    TreeEntry Directory(string path, TreeEntry? before) =>
        new(path, "directory", null, Owner ?? before?.Owner, Group ?? before?.Group, DirectoryMode ?? before?.Mode ?? "0755");

    TreeEntry File(LocalEntry entry, Content content, TreeEntry? before)
    {
        var mode = FileMode ?? before?.Mode ?? "0644";
        return new(entry.Path, "file", content, Owner ?? before?.Owner, Group ?? before?.Group, entry.Executable ? mode.Executable : mode);
    }

    bool Goes(string path) => !IsKept(path) && !Wanted.Any(entry => entry.Path == path);

    bool IsKept(string path) =>
        Keep.Any(kept =>
            path == kept || path.StartsWith(kept + "/", StringComparison.Ordinal) || kept.StartsWith(path + "/", StringComparison.Ordinal)
        );

    IEnumerable<LocalEntry> WithParents()
    {
        HashSet<string> directories = [.. From.Where(entry => entry.Content is null).Select(entry => entry.Path)];
        foreach (var entry in From)
        {
            yield return entry;
            for (var slash = entry.Path.LastIndexOf('/'); slash > 0; slash = entry.Path.LastIndexOf('/', slash - 1))
            {
                if (directories.Add(entry.Path[..slash]))
                    yield return new(entry.Path[..slash], null, true);
            }
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        diff.IsEmpty ? [] : TreeDiff.Attributes(diff.Actual?.Entries ?? [], diff.Desired.Entries ?? []);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        var linked = TreeDiff
            .Pairs(diff.Actual?.Entries ?? [], diff.Desired.Entries ?? [])
            .Where(pair => pair is { Before: { Type: "file", Names: > 1 }, After: not null } && pair.Before.Content != pair.After.Content)
            .Select(pair => pair.Before?.Path ?? "")
            .ToList();
        return linked.Count == 0
            ? []
            :
            [
                $"{Text.List([.. linked.Select(Text.Excerpt)], 5)} "
                    + $"{(linked.Count > 1 ? "have" : "has")} other names (hard links), which will still be the old file",
            ];
    }

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        TreeDiff
            .Removed(diff.Actual?.Entries ?? [], diff.Desired.Entries ?? [])
            .Select(top => new Effect(EffectKind.Removes, $"{Path}/{top.Path}")
            {
                Detail = top.Below == 0 ? null : $"with {top.Below} in it",
                InAttributes = true,
            });

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        new TreeWrite(Path).Operations(diff.Actual?.Entries ?? [], diff.Desired.Entries ?? []);
}

/// <summary>One path in a tree.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="Type"><c>file</c>, <c>directory</c>, <c>symlink</c>, <c>other</c>; <c>extra</c> for an existing path that is not
/// desired.</param>
/// <param name="Content">The content of a file; null for any other type.</param>
/// <param name="Owner">The owner; null if the path is new and belongs to the session's user.</param>
/// <param name="Group">The group; null if the path is new.</param>
/// <param name="Mode">The permission bits; null where they are not compared.</param>
public sealed record TreeEntry(
    string Path,
    string Type,
    Content? Content = null,
    string? Owner = null,
    string? Group = null,
    Mode? Mode = null
)
{
    internal bool IsExtra => Type is "extra";

    /// <summary>The number of hard links of a file; only for the plan's notes.</summary>
    internal int Names { get; init; } = 1;

    /// <inheritdoc/>
    public bool Equals(TreeEntry? other) =>
        other is not null
        && (Path, Type, Content, Owner, Group, Mode) == (other.Path, other.Type, other.Content, other.Owner, other.Group, other.Mode);

    /// <inheritdoc/>
    public override int GetHashCode() => (Path, Type, Content, Owner, Group, Mode).GetHashCode();
}
