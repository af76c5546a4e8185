using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConfigEngine.Resources;

/// <summary>A user of the host, as useradd(8) makes one. Everything that is not set is left alone.</summary>
/// <theme>users</theme>
/// <example><code>new User("deploy") { Groups = ["sudo"], Shell = "/bin/bash", Comment = "deployments" }</code></example>
/// <param name="Name">The login name.</param>
public sealed record User(string Name) : Resource<User.State>
{
    /// <summary>The number; left alone when null (a new user gets the next free one).</summary>
    public long? Uid { get; init; }

    /// <summary>The primary group, by name or number; left alone when null (a new user gets one of its own name).</summary>
    public string? Group { get; init; }

    /// <summary>
    /// Additional groups that the user is in <em>at least</em>; other groups are kept. The primary group need not be listed. Left
    /// alone when null.
    /// </summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>
    /// Additional groups that the user is in and <em>no others</em>; the user is removed from all others. Left alone when null.
    /// </summary>
    public IReadOnlyList<string>? GroupsExactly { get; init; }

    /// <summary>
    /// The home directory; left alone when null (a new user gets /home/NAME). A change does not move the files in the old one.
    /// </summary>
    public string? Home { get; init; }

    /// <summary>
    /// Whether the home directory exists. When null: it is created for a new ordinary user, not for a system user, and not checked
    /// later. It is never removed.
    /// </summary>
    public bool? HomeExists { get; init; }

    /// <summary>The login shell; left alone when null.</summary>
    public string? Shell { get; init; }

    /// <summary>The full name or comment (GECOS); left alone when null.</summary>
    public string? Comment { get; init; }

    /// <summary>
    /// Whether a new user is a system user, with a low number and without a home; an ordinary user when null. It has no effect on
    /// an existing user.
    /// </summary>
    public bool? System { get; init; }

    /// <summary>
    /// Whether the user cannot log in with a password (keys still work); left alone when null (a new user has no password).
    /// </summary>
    public bool? Locked { get; init; }

    /// <summary>
    /// The password as hashed by crypt(5), for example the output of <c>mkpasswd</c>; left alone when null. It is sent over
    /// standard input, and plans show only a digest of it. A new hash also unlocks the user, unless <see cref="Locked"/> is set.
    /// </summary>
    public Secret? PasswordHash { get; init; }

    /// <inheritdoc/>
    public override string Key => Name;

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems
    {
        get
        {
            if (!Names.IsUser(Name) || Name.All(char.IsAsciiDigit))
                yield return $"\"{Name}\" is not a valid name for a user";
            foreach (var group in AllGroups.Where(group => !Names.IsUser(group)))
                yield return $"\"{group}\" is not a valid name for a group";
            if (Uid is < 0 or > uint.MaxValue - 1)
                yield return $"{Uid} is not a valid number for a user";
            if (Groups is not null && GroupsExactly is not null)
                yield return "it has Groups and GroupsExactly; set only one of the two";
            if (Comment is not null && Comment.Any(c => c is ':' || char.IsControl(c)))
                yield return "its Comment has a colon or a line end in it, which passwd(5) cannot hold";
            foreach (var problem in ((string?[])[Home, Shell]).OfType<string>().SelectMany(PathProbe.Problems))
                yield return problem;
            foreach (var path in ((string?[])[Home, Shell]).OfType<string>().Where(path => path.Any(c => c is ':' || char.IsControl(c))))
                yield return $"\"{path}\" has a colon or a line end in it, which passwd(5) cannot hold";
        }
    }

    IEnumerable<string> AllGroups => [.. Group is null ? (string[])[] : [Group], .. Groups ?? [], .. GroupsExactly ?? []];

    bool AsksShadow => Locked is not null || PasswordHash is not null;

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            Claim.User(Name),
            .. Uid is { } uid ? (Claim[])[Claim.Number("uid", uid, Name)] : [],
            .. Claim.Owners(null, Group),
            .. Claim.MayBeMember(Name, Group ?? Name),
            .. (Groups ?? GroupsExactly ?? [])
                .Except([Group ?? Name])
                .SelectMany(group => Claim.Member(Name, group).Append(Claim.Group(group))),
            .. GroupsExactly is null ? (Claim[])[] : [Claim.NoOtherGroups(Name, GroupsExactly)],
            .. HomeExists is true ? (Claim[])[Claim.Path(Home ?? $"/home/{Name}", "directory")] : [],
        ];

    /// <inheritdoc/>
    internal override IEnumerable<Login> Logins => [Login.Account];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.User(Name), .. AllGroups.Select(Aspect.Group)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes =>
        [
            Aspect.User(Name),
            Aspect.AccessOf(Name),
            Aspect.Group(Name),
            Aspect.Under(Home ?? $"/home/{Name}"),
            .. (Groups ?? GroupsExactly ?? []).Select(group => new Aspect(UserGroup.MembersAspect, group)),
        ];

    /// <summary>What a plan compares.</summary>
    /// <param name="Uid">The number.</param>
    /// <param name="Group">The primary group; a number if the recipe gives a number.</param>
    /// <param name="Groups">Additional groups, sorted.</param>
    /// <param name="Home">The home directory.</param>
    /// <param name="HomeExists">Whether the home directory exists.</param>
    /// <param name="Shell">The login shell.</param>
    /// <param name="Comment">The comment.</param>
    /// <param name="PasswordHash">A digest of the password's hash.</param>
    /// <param name="Locked">Whether the user cannot log in with a password.</param>
    public sealed record State(
        long? Uid,
        string? Group,
        IReadOnlyList<string>? Groups,
        string? Home,
        bool? HomeExists,
        string? Shell,
        string? Comment,
        string? PasswordHash,
        bool? Locked
    )
    {
        internal string? Answer { get; init; }

        /// <summary>The primary group, by name.</summary>
        internal string? Primary { get; init; }
    }

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            Uid,
            Group,
            Sorted(GroupsExactly ?? Groups),
            Home,
            HomeExists,
            Shell,
            Comment,
            PasswordHash is null ? null : Digest(Hash),
            Locked
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual is null
            ? Desired with
            {
                Groups = Further(null, Desired.Groups),
                Home = Home ?? $"/home/{Name}",
                HomeExists = HomeExists ?? (System is true ? null : true),
            }
            : Desired with
            {
                Groups = Further(actual, Groups is null ? Desired.Groups : Sorted([.. actual.Groups ?? [], .. Groups])),
                HomeExists = HomeExists is true ? true : null,
            };

    /// <summary>The groups without the primary one, because a user is not listed as a member of the primary group.</summary>
    string[]? Further(State? actual, IReadOnlyList<string>? groups)
    {
        var primary = Group is null || Group == actual?.Group ? actual?.Primary ?? Name : Group;
        return Sorted(groups?.Where(group => group != primary).ToList());
    }

    static string[]? Sorted(IReadOnlyList<string>? names) => names is null ? null : [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The hash. A password in plain text here would be stored unchanged.</summary>
    string Hash =>
        PasswordHash?.Reveal() is { } hash
        && hash.StartsWith('$')
        && hash.Count(c => c is '$') >= 3
        && !hash.Any(c => c is ':' || char.IsWhiteSpace(c) || char.IsControl(c))
            ? hash
            : throw new RecipeException(
                $"{Address}: the secret of {PasswordHash?.Origin} is not a hash as crypt(5) has them ($id$salt$hash)",
                Source,
                "make one with: mkpasswd -m sha512crypt, or openssl passwd -6"
            );

    static string Digest(string hash) => $"sha256 {Beginning(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash))))}";

    static string Beginning(string digest) =>
        digest.Length == 64
            ? digest[..12]
            : throw new UnexpectedOutputException($"expected the digest of a hash, got \"{Text.Excerpt(digest)}\"");

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            Uid is null && Home is null
                ? $"{Snippet}{AllGroups}"
                : (HostShell.Shell)
                    $"{Snippet}{AllGroups}\n{Free}cfg_used {Name} {Uid?.ToString(CultureInfo.InvariantCulture) ?? ""} {Home ?? ""}",
            Parse
        )
        {
            // An earlier change may create the groups, and may free the number.
            Expecting = state => (Snippet, state is null ? "missing\nabsent\n" : KnownAnswer.Answer(state, state.Answer, Parse)),
            Tools = ["useradd", "getent"],
            Needs = output =>
                [
                    .. AccountAnswer.Denials(output),
                    .. AccountAnswer
                        .Missing(output, "group")
                        .Where(group => !(group == Name && Parse(output) is null))
                        .Select(group => new Need(Aspect.Group(group), $"the group {group} does not exist")),
                    .. Locked is false && PasswordHash is null && Parse(output) is { PasswordHash: "", Locked: true }
                        ? [new Need(Aspect.User(Name), $"{Name} has no password that could be unlocked") { Hint = "set its PasswordHash" }]
                        : (Need[])[],
                    .. AccountAnswer.Busy(output),
                    .. AccountAnswer
                        .Taken(output)
                        .Select(other => new Need(Aspect.User(other), $"the number {Uid} belongs to {other}")
                        {
                            Hint = $"use another Uid, or give {other} another one before this line",
                        }),
                ],
        };

    HostShell.Shell Free => Uid is { } uid ? $"cfg_taken passwd {uid} {Name}\n" : (HostShell.Shell)$"";

    HostShell.Shell Snippet => $"cfg_user {Name} {(AsksShadow ? "shadow" : "")} {(HomeExists is true ? "home" : "")} ";

    State? Parse(Output output)
    {
        if (output.Lines is [_, "absent", ..])
            return null;
        if (output.Lines.Count < 4 || !output.Lines[0].StartsWith("missing", StringComparison.Ordinal))
            throw new UnexpectedOutputException($"expected an entry of passwd(5), got \"{Text.Excerpt(output.Text)}\"");
        Properties user = new(output.Lines.Skip(1));
        if (user["passwd"].Split(':') is not [_, _, var uid, var gid, var comment, var home, var shell])
            throw new UnexpectedOutputException($"expected an entry of passwd(5), got \"{Text.Excerpt(user["passwd"])}\"");
        var primary = user["primary"];
        return new(
            Number.ReadLong(uid, "the number of a user"),
            Group is not null && Group.All(char.IsAsciiDigit) ? gid : primary,
            Sorted([.. user["groups"].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(group => group != primary)]),
            home,
            user.Find("home") is { } exists ? exists is "yes" : null,
            shell,
            comment,
            user.Find("hash") is { Length: > 0 } digest ? $"sha256 {Beginning(digest)}" : user.Find("hash"),
            user.Find("locked") is { } locked ? locked is "yes" : null
        )
        {
            Primary = primary,
            Answer = string.Concat(
                output
                    .Lines.Skip(1)
                    .Where(line =>
                        !line.StartsWith("taken=", StringComparison.Ordinal) && !line.StartsWith("busy=", StringComparison.Ordinal)
                    )
                    .Prepend("missing")
                    .Select(line => line + "\n")
            ),
        };
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        AttributeChange.HiddenDigests(diff.Attributes, "password-hash", PasswordHash);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (diff.Actual is not { } actual)
            yield break;
        if (diff.Changes(s => s.Home))
            yield return $"moves nothing out of {actual.Home}"
                + $"{(MakesHome(diff) ? $", and makes {diff.Desired.Home} where it is not there" : "")}";
        if (diff.Changes(s => s.Uid))
            yield return $"files outside {diff.Desired.Home ?? actual.Home} keep the number {actual.Uid}";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        (diff.Changes(s => s.Groups) ? diff.Actual?.Groups?.Except(diff.Desired.Groups ?? []) ?? [] : [])
            .Concat(diff.Changes(s => s.Group) && diff.Actual?.Group is { } primary ? [primary] : [])
            .Select(group => new Effect(EffectKind.Removes, $"{Name} from the group {group}") { InAttributes = true });

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates)
        {
            yield return Group is null || Group == Name
                ? new($"cfg_useradd {Name}{Options(diff)}") { Title = $"$ useradd{Options(diff)} -- {HostShell.Shell.Quote(Name)}" }
                : Run($"useradd{Options(diff)} -- {Name}");
        }
        else if (Options(diff).Text.Length > 0)
        {
            yield return Run($"usermod{Options(diff)} -- {Name}");
        }

        if (!diff.Creates && (diff.Changes(s => s.HomeExists) || MakesHome(diff)))
            yield return MakeHome(diff.Desired.Home ?? diff.Actual?.Home ?? $"/home/{Name}");
        if (diff.Changes(s => s.PasswordHash))
            yield return new($"chpasswd -e")
            {
                Input = $"{Name}:{PasswordHash}\n",
                Title = "$ chpasswd -e, with the hash on standard input",
            };
        if (Locked is true && (diff.Changes(s => s.PasswordHash) || (diff.Changes(s => s.Locked) && !diff.Creates)))
            yield return Run($"usermod -L -- {Name}");
        if (Locked is false && diff.Changes(s => s.Locked) && !diff.Changes(s => s.PasswordHash))
            yield return Run($"usermod -U -- {Name}");
    }

    bool MakesHome(Diff<State> diff) => diff.Changes(s => s.Home) && HomeExists is not false && System is not true;

    /// <summary>The options that useradd(8) and usermod(8) share, with a space before each.</summary>
    Shell Options(Diff<State> diff)
    {
        Shell options = $"";
        if (diff.Creates && System is true)
            options = $"{options} -r";
        if (diff.Creates)
            options = HomeExists ?? System is not true ? $"{options} -m" : (Shell)$"{options} -M";
        if (diff.Changes(s => s.Uid) && Uid is { } uid)
            options = $"{options} -u {uid}";
        if (diff.Changes(s => s.Group) && Group is { } group && !(diff.Creates && group == Name))
            options = $"{options} -g {group}";
        if (diff.Changes(s => s.Groups) && diff.Desired.Groups is { } groups)
            options = $"{options} -G {string.Join(',', groups)}";
        if (diff.Changes(s => s.Home) && diff.Desired.Home is { } home)
            options = $"{options} -d {home}";
        if (diff.Changes(s => s.Shell) && Shell is { } shell)
            options = $"{options} -s {shell}";
        if (diff.Changes(s => s.Comment) && Comment is { } comment)
            options = $"{options} -c {comment}";
        return options;
    }

    Operation MakeHome(string home) => new($"cfg_make_home {home} {Name}") { Title = $"make {home}" };
}
