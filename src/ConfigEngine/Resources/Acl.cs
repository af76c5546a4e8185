namespace ConfigEngine.Resources;

/// <summary>
/// Who else may use a file or directory, besides its owner, its group and others: entries of its POSIX access control list (acl(5)).
/// Each entry is compared; entries that are not named here are left alone, unless <see cref="OnlyThese"/> is set. Declare it after the
/// <see cref="Directory"/> or <see cref="File"/>. The group digit of a mode is the mask of the list: where a Mode is declared for the
/// same path, its group digit must have all rights that an entry has, or be the <see cref="Mask"/>; anything else is an error.
/// </summary>
/// <theme>users</theme>
/// <example>
/// <code>
/// new Acl("/srv/share")
/// {
///     Users   = new() { ["ann"] = "rwx" },
///     Groups  = new() { ["web"] = "r-x" },
///     Default = new() { Groups = new() { ["web"] = "r-x" } },
/// }
/// </code>
/// </example>
/// <param name="Path">The file or directory; it must exist, and is not a link.</param>
public sealed record Acl(string Path) : Resource<Acl.State>
{
    /// <summary>The rights of users: <c>rwx</c>, <c>r-x</c>, <c>---</c>. None by default.</summary>
    public Dictionary<string, string> Users { get; init; } = [];

    /// <summary>The rights of groups, in the same way. None by default.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];

    /// <summary>
    /// The most that users and groups of the list get. When null: the rights that are named here, and what the mask has already.
    /// </summary>
    public string? Mask { get; init; }

    /// <summary>What new files in a directory get; left alone when null.</summary>
    public AclDefault? Default { get; init; }

    /// <summary>Whether users and groups that are not named here are taken off the list. They are left alone by default.</summary>
    public bool OnlyThese { get; init; }

    /// <inheritdoc/>
    public override string Key => Path;

    /// <summary>What a plan compares.</summary>
    /// <param name="Entries">The entries: <c>user:ann</c>, <c>mask</c>, <c>default:group:web</c>, each with its rights.</param>
    public sealed record State(IReadOnlyDictionary<string, string>? Entries)
    {
        /// <summary>The entries that are the mode.</summary>
        internal IReadOnlyDictionary<string, string> OfMode { get; init; } = new Dictionary<string, string>();
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in PathProbe.Problems(Path))
                yield return problem;
            if (Users.Count + Groups.Count == 0 && Mask is null && Default is null && !OnlyThese)
                yield return "it names nobody: give it Users or Groups";
            foreach (var name in Users.Keys.Concat(Groups.Keys).Concat(Default?.Names ?? []).Where(name => !Names.IsUser(name)))
                yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a user or a group";
            foreach (
                var rights in Users
                    .Values.Concat(Groups.Values)
                    .Append(Mask)
                    .Concat(Default?.Rights ?? [])
                    .OfType<string>()
                    .Where(rights => AclEntries.Rights(rights) is null)
            )
                yield return $"\"{Text.Excerpt(rights)}\" is not rights such as rwx, r-x or ---";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            .. Users.Keys.Concat(Default?.Users.Keys ?? Enumerable.Empty<string>()).SelectMany(name => Claim.Owners(name, null)),
            .. Groups.Keys.Concat(Default?.Groups.Keys ?? Enumerable.Empty<string>()).SelectMany(name => Claim.Owners(null, name)),
            .. AclEntries.Claims(Path, Named.Keys),
            .. AclEntries.MaskClaims(Path, Named),
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [new(Kind, Key), Aspect.Path(Path), Aspect.Access(Path), Aspect.Tool("setfacl")];

    /// <summary>The mask is a part of the mode of the path.</summary>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key), Aspect.AccessList(Path), Aspect.Access(Path)];

    IReadOnlyDictionary<string, string> Named => AclEntries.Named(Users, Groups, Mask, Default);

    /// <inheritdoc/>
    protected override State Desired => new(Named);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_acl {Path} {string.Join(' ', Users.Keys.Concat(Default?.Users.Keys ?? Enumerable.Empty<string>()).Distinct())} "
                + $"{string.Join(' ', Groups.Keys.Concat(Default?.Groups.Keys ?? Enumerable.Empty<string>()).Distinct())}",
            Parse
        )
        {
            Tools = ["getfacl", "setfacl"],
            Needs = Needs,
        };

    IEnumerable<Need> Needs(Output output)
    {
        var (type, missing) = AclEntries.Head(output);
        if (type is "absent")
            yield return new(Aspect.Path(Path), $"{Path} does not exist") { IsState = true };
        else if (type is not ("file" or "directory"))
            yield return new(Aspect.Path(Path), $"{Path} is neither a file nor a directory")
            {
                Always = true,
                Hint = "name the file itself",
            };
        else if (Default is not null && type is "file")
            yield return new(Aspect.Path(Path), $"{Path} is a file, and only a directory has a Default")
            {
                Always = true,
                Hint = "leave Default out",
            };
        foreach (var need in missing)
            yield return PathProbe.NeedOf(Path, need.Split(':'));
    }

    State? Parse(Output output) =>
        AclEntries.Head(output).Type is "file" or "directory" && AclEntries.Read(output) is var (entries, ofMode)
            ? new(entries) { OfMode = ofMode }
            : null;

    /// <summary>The named entries, and masks that let them have their rights.</summary>
    protected override State Towards(State? actual) =>
        new(AclEntries.Towards(actual?.Entries ?? AclEntries.None, actual?.OfMode ?? AclEntries.None, Named, _ => !OnlyThese));

    /// <summary>A line for each entry.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        AclEntries.Changes(diff.Actual?.Entries, diff.Desired.Entries);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Desired.Entries?.GetValueOrDefault("mask") is { } mask && mask != diff.Actual?.Entries?.GetValueOrDefault("mask")
            ? [$"the group digit of its mode shows the mask, and becomes {AclEntries.Digit(mask)}"]
            : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var changes = AttributesOf(diff);
        string[] gone = [.. changes.Where(change => change.After is null).Select(change => AclEntries.Written(change.Name, null))];
        string[] set =
        [
            .. changes.Where(change => change.After is not null).Select(change => AclEntries.Written(change.Name, (string?)change.After)),
        ];
        yield return new($"cfg_acl_set {Path} {string.Join(',', gone)} {string.Join(',', set)}")
        {
            TellsFirstWrite = true,
            Title =
                $"$ setfacl -n{(gone.Length == 0 ? "" : $" -x {string.Join(',', gone)}")}"
                + $"{(set.Length == 0 ? "" : $" -m {string.Join(',', set)}")} "
                + Text.Excerpt(Path),
        };
    }
}

/// <summary>What new files in a directory get, as the default entries of its access control list. A null right is left alone.</summary>
/// <example><code>new AclDefault { Groups = new() { ["web"] = "r-x" } }</code></example>
public sealed record AclDefault
{
    /// <summary>The rights of users. None by default.</summary>
    public Dictionary<string, string> Users { get; init; } = [];

    /// <summary>The rights of groups. None by default.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];

    /// <summary>The rights of the owner of a new file; as the directory's when null, if it has no default yet.</summary>
    public string? Owner { get; init; }

    /// <summary>The rights of the group of a new file; as the directory's when null, if it has no default yet.</summary>
    public string? Group { get; init; }

    /// <summary>The rights of all others; as the directory's when null, if it has no default yet.</summary>
    public string? Others { get; init; }

    /// <summary>The most that users and groups get. When null: the rights that are named here, and what the mask has already.</summary>
    public string? Mask { get; init; }

    internal IEnumerable<string> Names => Users.Keys.Concat(Groups.Keys);

    internal IEnumerable<string?> Rights => [.. Users.Values, .. Groups.Values, Owner, Group, Others, Mask];
}
