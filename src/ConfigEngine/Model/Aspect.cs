namespace ConfigEngine.Model;

/// <summary>
/// A part of a host, by kind and key. If a resource writes a part that a later resource reads, the plan only predicts the later
/// one.
/// </summary>
/// <param name="Kind">The kind of thing: <c>path</c>, <c>unit</c>, <c>user</c>, or a resource's kind.</param>
/// <param name="Key">The thing of that kind; <c>*</c> is every one.</param>
public readonly record struct Aspect(string Kind, string Key)
{
    /// <summary>The kind for the members of a group.</summary>
    internal const string Members = "group-members";

    /// <summary>
    /// The part of a path's content that is read or written; all of it when null. Two different parts never overlap.
    /// </summary>
    internal string? Part { get; init; }

    /// <summary>Everything. A command with unknown effects may write it.</summary>
    public static Aspect Anything { get; } = new("*", "*");

    /// <summary>One path.</summary>
    public static Aspect Path(string path) => new("path", path);

    /// <summary>The access control list of a path. What decides the path's content leaves that alone.</summary>
    internal static Aspect AccessList(string path) => Path(path) with { Part = ListPart };

    const string ListPart = "access control list";

    /// <summary>Whether it is only the access control list of a path.</summary>
    internal bool IsAccessList => Part is ListPart;

    /// <summary>A directory with everything below it.</summary>
    public static Aspect Under(string directory) => new("under", directory.TrimEnd('/'));

    /// <summary>A systemd unit; <c>*</c> is every unit.</summary>
    public static Aspect Unit(string name) => new("unit", name);

    /// <summary>A user; <c>*</c> is every user.</summary>
    public static Aspect User(string name) => new("user", name);

    /// <summary>A group of users; <c>*</c> is every group.</summary>
    public static Aspect Group(string name) => new("group", name);

    /// <summary>A command on the search path; <c>*</c> is every command.</summary>
    public static Aspect Tool(string name) => new("tool", name);

    /// <summary>A package; <c>*</c> is every package.</summary>
    internal static Aspect Package(string name) => new("package", name);

    /// <summary>
    /// Who may write a path. A change of its owner, mode or file system changes this; a change of its content does not.
    /// </summary>
    internal static Aspect Access(string path) => new("access", path);

    /// <summary>The same, for a directory with everything below it.</summary>
    internal static Aspect AccessUnder(string directory) => new("access under", directory.TrimEnd('/'));

    /// <summary>The paths that a user may write. A change of the user's groups changes this.</summary>
    internal static Aspect AccessOf(string user) => new("access of", user);

    /// <summary>
    /// The kernel's live <c>routes</c> or the live <c>rules</c> of its firewall. They decide how the host is reached, and the copy that
    /// a host keeps before a change that may cut it off has them.
    /// </summary>
    internal static Aspect Live(string what) => new(LiveKind, what);

    /// <summary>The kind of <see cref="Live"/>.</summary>
    internal const string LiveKind = "live";

    /// <summary>Whether the two have a part in common.</summary>
    public bool Overlaps(Aspect other)
    {
        if (Kind is "*" || other.Kind is "*")
            return true;
        if (Part is not null && other.Part is not null && Part != other.Part)
            return false;
        if (Tree(Kind) is { } tree && tree == Tree(other.Kind))
            return Key == other.Key || (Kind == tree && IsBelow(other.Key, Key)) || (other.Kind == tree && IsBelow(Key, other.Key));
        return Kind == other.Kind && (Key == other.Key || Key is "*" || other.Key is "*");
    }

    /// <summary>For a kind whose keys are paths: the kind of a directory with everything below it.</summary>
    static string? Tree(string kind) =>
        kind switch
        {
            "path" or "under" => "under",
            "access" or "access under" => "access under",
            _ => null,
        };

    static bool IsBelow(string path, string directory) => path.StartsWith(directory + "/", StringComparison.Ordinal);
}

/// <summary>Something that must exist before a change can be made.</summary>
/// <param name="What">The part of the host that an earlier resource may provide.</param>
/// <param name="Problem">The problem, as a sentence without its full stop: <c>the directory /srv/app does not exist</c>.</param>
public sealed record Need(Aspect What, string Problem)
{
    /// <summary>Other parts that satisfy the need as well.</summary>
    internal IReadOnlyList<Aspect> Or { get; init; } = [];

    /// <summary>Whether it is needed even when nothing differs.</summary>
    public bool Always { get; init; }

    /// <summary>
    /// Whether the state itself is missing. If an earlier change creates it, as a package creates its configuration, only that
    /// change decides what it will be.
    /// </summary>
    public bool IsState { get; init; }

    /// <summary>What to do about it; when null, the advice is to declare it earlier.</summary>
    public string? Hint { get; init; }
}
