namespace ConfigEngine.Model;

/// <summary>
/// A statement of a resource about a part of its host. Two resources with different statements about one part contradict each
/// other: each would undo the other at every apply.
/// </summary>
/// <param name="About">The part. With the key <c>*</c>: every part of the kind about which the resource makes no other
/// statement.</param>
/// <param name="Says">The state of that part; null where the resource accepts any state.</param>
/// <param name="Words">The same in words: <c>ann is in the group web</c>.</param>
sealed record Claim(Aspect About, string? Says, string Words)
{
    const string There = "there",
        Gone = "gone",
        In = "in",
        Out = "out";

    /// <summary>The parts of the kind that the claim is about, by their keys; all of them when null.</summary>
    public Predicate<string>? Covers { get; init; }

    /// <summary>Whether it is only about earlier resources; a later resource may change the part again.</summary>
    public bool OnlyBefore { get; init; }

    /// <summary>Whether it is only about later resources; an earlier resource has its way.</summary>
    public bool OnlyAfter { get; init; }

    bool IsBroad => About.Key is "*";

    /// <summary>The user exists.</summary>
    public static Claim User(string name) => new(Aspect.User(name), There, $"there is a user {name}");

    /// <summary>The user does not exist.</summary>
    public static Claim NoUser(string name) => new(Aspect.User(name), Gone, $"there is no user {name}");

    /// <summary>The group exists.</summary>
    public static Claim Group(string name) => new(Aspect.Group(name), There, $"there is a group {name}");

    /// <summary>The group does not exist.</summary>
    public static Claim NoGroup(string name) => new(Aspect.Group(name), Gone, $"there is no group {name}");

    /// <summary>The package is installed.</summary>
    public static Claim Package(string name) => new(Aspect.Package(name), There, $"there is a package {name}");

    /// <summary>The package is not installed.</summary>
    public static Claim NoPackage(string name) => new(Aspect.Package(name), Gone, $"there is no package {name}");

    /// <summary>An owner and a group that are given by name, not by number.</summary>
    public static IEnumerable<Claim> Owners(string? owner, string? group) =>
        [
            .. owner is null || owner.All(char.IsAsciiDigit) ? (Claim[])[] : [User(owner)],
            .. group is null || group.All(char.IsAsciiDigit) ? (Claim[])[] : [Group(group)],
        ];

    /// <summary>A user is in a group.</summary>
    public static IEnumerable<Claim> Member(string user, string group) =>
        [
            new(OfMembers(group, user), In, $"{user} is in the group {group}"),
            new(OfGroups(user, group), In, $"{user} is in the group {group}"),
        ];

    /// <summary>A user may or may not be listed in a group, because it is the user's primary group.</summary>
    public static IEnumerable<Claim> MayBeMember(string user, string group) =>
        [new(OfMembers(group, user), null, ""), new(OfGroups(user, group), null, "")];

    /// <summary>A user is in these groups and no other groups.</summary>
    public static Claim NoOtherGroups(string user, IReadOnlyList<string> groups) =>
        new(
            OfGroups(user, "*"),
            Out,
            $"{user} is in no {(groups.Count == 0 ? "further group" : $"other groups than {string.Join(", ", groups)}")}"
        );

    /// <summary>A group has these users and no other users.</summary>
    public static Claim NoOtherMembers(string group, IReadOnlyList<string> users) =>
        new(OfMembers(group, "*"), Out, $"nobody {(users.Count == 0 ? "" : $"but {string.Join(", ", users)} ")}is in the group {group}");

    /// <summary>A number belongs to this user or group.</summary>
    public static Claim Number(string kind, long number, string name) =>
        new(new(kind, $"{number}"), name, $"the {kind} {number} is that of {name}");

    /// <summary>The path exists.</summary>
    public static Claim Path(string path, string what) => new(Aspect.Path(path), what, $"there is a {what} at {path}");

    /// <summary>The path does not exist, and so nothing exists below it.</summary>
    public static Claim NoPath(string path) =>
        new(Aspect.Path("*"), Gone, $"there is nothing at {path}")
        {
            Covers = other => other == path || other.StartsWith(path + "/", StringComparison.Ordinal),
        };

    /// <summary>The group digit of a mode has a right, one of r, w and x. It is the mask of an access control list (acl(5)).</summary>
    public static Claim GroupRight(string path, char right, string words) => new(OfGroupRights(path, right), In, words);

    /// <summary>The group digit of a mode does not have a right.</summary>
    public static Claim NoGroupRight(string path, char right, string words) => new(OfGroupRights(path, right), Out, words);

    /// <summary>The group digit of a path's mode.</summary>
    public static IEnumerable<Claim> ModeOf(string path, Mode? mode) =>
        mode is { } set
            ? "xwr".Select(
                (right, bit) =>
                    (set.Bits >> 3 >> bit & 1) == 1
                        ? GroupRight(path, right, $"the group digit of the mode {set} of {path} has {right}")
                        : NoGroupRight(path, right, $"the group digit of the mode {set} of {path} does not have {right}")
            )
            : [];

    /// <summary>A file has a line.</summary>
    public static Claim Line(string path, string line) => new(OfLines(path, line), There, $"{path} has the line {Text.Excerpt(line)}");

    /// <summary>A file does not have these lines.</summary>
    public static Claim NoLine(string path, Predicate<string> goes, string words) =>
        new(OfLines(path, "*"), Gone, words) { Covers = goes };

    /// <summary>A unit runs.</summary>
    public static Claim Runs(string unit, string words) => new(new("run of a unit", unit), "runs", words);

    /// <summary>A unit does not run.</summary>
    public static Claim IsStopped(string unit, string words) => new(new("run of a unit", unit), "stopped", words);

    /// <summary>The words of the first two claims that cannot both hold; null where there are none.</summary>
    public static (Resource Earlier, Resource Later, string Words)? Contradiction(IReadOnlyList<Resource> resources)
    {
        var claims = resources
            .SelectMany((resource, i) => resource.AllClaims, (resource, claim) => (Resource: resource, Claim: claim))
            .Select((made, i) => (made.Resource, made.Claim, Place: i))
            .ToList();
        var exact = claims.Where(made => !made.Claim.IsBroad).ToLookup(made => made.Claim.About);
        foreach (var same in exact)
        {
            var first = same.FirstOrDefault(made => made.Claim.Says is not null);
            if (
                same.FirstOrDefault(made => made.Claim.Says is not null && made.Claim.Says != first.Claim.Says) is
                { Claim: not null } other
            )
                return (first.Resource, other.Resource, $"{first.Claim.Words}, and {other.Claim.Words}");
        }

        var ofKind = exact.SelectMany(same => same).ToLookup(made => made.Claim.About.Kind);
        foreach (var broad in claims.Where(made => made.Claim.IsBroad))
        {
            foreach (
                var other in ofKind[broad.Claim.About.Kind]
                    .Where(made =>
                        Opposes(broad.Claim, made.Claim)
                        && !exact[made.Claim.About].Any(own => ReferenceEquals(own.Resource, broad.Resource))
                    )
            )
            {
                if (other.Place < broad.Place)
                {
                    if (broad.Claim.OnlyAfter)
                        continue;
                    return (other.Resource, broad.Resource, $"{other.Claim.Words}, and {broad.Claim.Words}");
                }

                if (!broad.Claim.OnlyBefore)
                    return (broad.Resource, other.Resource, $"{broad.Claim.Words}, and {other.Claim.Words}");
            }
        }

        return null;
    }

    static bool Opposes(Claim broad, Claim one) =>
        one.Says is not null && one.Says != broad.Says && broad.Covers?.Invoke(one.About.Key) is not false;

    static Aspect OfMembers(string group, string user) => new($"members of {group}", user);

    static Aspect OfGroups(string user, string group) => new($"groups of {user}", group);

    static Aspect OfGroupRights(string path, char right) => new($"group digit of {path}", $"{right}");

    static Aspect OfLines(string path, string line) => new($"lines of {path}", line);
}
