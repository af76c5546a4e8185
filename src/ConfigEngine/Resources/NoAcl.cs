using State = ConfigEngine.Resources.Acl.State;

namespace ConfigEngine.Resources;

/// <summary>
/// Users and groups that have no entry in the access control list of a file or directory, neither their own nor one for new files. If
/// nobody is named: no list at all, and only the owner, the group and others have rights. Whatever the owner, the group and others may do
/// stays.
/// </summary>
/// <theme>users</theme>
/// <example><code>new NoAcl("/srv/share") { Users = ["bob"] }</code></example>
/// <param name="Path">The file or directory. There is nothing to do where it does not exist.</param>
public sealed record NoAcl(string Path) : Resource<Acl.State>
{
    /// <summary>The users that have no entry. When this and <see cref="Groups"/> are null: no user and no group has one.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>The groups that have no entry. When this and <see cref="Users"/> are null: no user and no group has one.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    bool IsWhole => Users is null && Groups is null;

    /// <inheritdoc/>
    public override string Key => Path;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            foreach (var problem in PathProbe.Problems(Path))
                yield return problem;
            if (!IsWhole && (Users ?? []).Count + (Groups ?? []).Count == 0)
                yield return "it names nobody: give it Users or Groups, or neither of them for the whole list";
            foreach (var name in (Users ?? []).Concat(Groups ?? []).Where(name => !Names.IsUser(name)))
                yield return $"\"{Text.Excerpt(name)}\" is not a valid name for a user or a group";
        }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.OfPath;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        IsWhole
            ? [AclEntries.NoClaim(Path)]
            :
            [
                .. AclEntries.NoClaims(
                    Path,
                    (Users ?? []).Select(user => $"user:{user}").Concat((Groups ?? []).Select(group => $"group:{group}"))
                ),
            ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [new(Kind, Key), Aspect.Path(Path), Aspect.Access(Path), Aspect.Tool("setfacl")];

    /// <summary>The mask is a part of the mode of the path.</summary>
    protected internal override IEnumerable<Aspect> Writes => [new(Kind, Key), Aspect.AccessList(Path), Aspect.Access(Path)];

    /// <inheritdoc/>
    protected override State Desired => new(AclEntries.None);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_acl {Path} '' ''", Parse)
        {
            Tools = ["getfacl", "setfacl"],
            Needs = output => AclEntries.Head(output).Missing.Select(need => PathProbe.NeedOf(Path, need.Split(':'))),
        };

    static State? Parse(Output output) =>
        AclEntries.Head(output).Type is "file" or "directory" && AclEntries.Read(output) is var (entries, ofMode)
            ? new(entries) { OfMode = ofMode }
            : null;

    bool Goes(string entry) =>
        (entry.StartsWith(AclEntries.New, StringComparison.Ordinal) ? entry[AclEntries.New.Length..] : entry).Split(':') switch
        {
            ["user", var user] => Users?.Contains(user) is true,
            ["group", var group] => Groups?.Contains(group) is true,
            // A mask is of use only while somebody is on the list.
            ["mask"] => true,
            _ => false,
        };

    /// <summary>The entries of others, and their masks.</summary>
    protected override State? Towards(State? actual) =>
        actual?.Entries is not { } entries ? null
        : IsWhole ? new(AclEntries.None)
        : !entries.Keys.Any(entry => AclEntries.IsOfSomebody(entry) && Goes(entry)) ? actual
        : new(AclEntries.Towards(entries, actual.OfMode, AclEntries.None, entry => !Goes(entry)));

    /// <summary>A line for each entry.</summary>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        AclEntries.Changes(diff.Actual?.Entries, diff.Desired.Entries);

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        AttributesOf(diff).Any(change => change is { Name: "mask", After: null })
            ? ["the group digit of its mode shows the rights of its group again"]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var gone = string.Join(',', AttributesOf(diff).Select(change => AclEntries.Written(change.Name, null)));
        yield return new(IsWhole ? $"cfg_acl_none {Path}" : (Shell)$"cfg_acl_set {Path} {gone} ''")
        {
            TellsFirstWrite = true,
            Title = $"$ setfacl {(IsWhole ? "-b" : $"-n -x {gone}")} {Text.Excerpt(Path)}",
        };
    }
}
