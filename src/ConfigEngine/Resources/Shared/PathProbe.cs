using System.Text;

namespace ConfigEngine.Resources;

/// <summary>The probe of a path. The function <c>cfg_path</c> in <see cref="Library"/> gives the answers.</summary>
/// <param name="path">An absolute path.</param>
/// <param name="type">The desired type.</param>
sealed class PathProbe(string path, string type)
{
    /// <summary>The probe of a file that belongs to root, as configuration does.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="wanted">Its desired content, which is not fetched if the host already has it.</param>
    public static PathProbe OfRoot(string path, Content wanted) =>
        new(path, "file")
        {
            Owner = "root",
            Group = "root",
            Known = wanted,
        };

    /// <summary>
    /// Content above this many bytes is compared by digest and not fetched; with a negative number, no content is fetched.
    /// </summary>
    public int FetchLimit { get; init; } = 1024 * 1024;

    /// <summary>The desired owner. The answer then uses the same form, and says so when there is no such user.</summary>
    public string? Owner { get; init; }

    /// <summary>The desired group, in the same way.</summary>
    public string? Group { get; init; }

    /// <summary>Content that is not fetched if the host already has it.</summary>
    public Content? Known { get; init; }

    /// <summary>The probe. Resources for one path share what is known of it.</summary>
    public Probe<PathState> Probe =>
        new(Script(Known), output => Parse(output))
        {
            Subject = $"path {path}",
            Prelude = Mounted,
            Expecting = state => (Script(state?.Content, "?"), Answer(state)),
            Needs = Needs,
        };

    /// <summary>The mounts, for all paths: a file that is a mount point cannot be replaced.</summary>
    static Shell Mounted { get; } = $"cfg_mounted=$(cat /proc/self/mountinfo)";

    /// <summary>The answer of a host where the path does not exist and nothing prevents its creation.</summary>
    public const string Absence = "absent|directory\nmissing\n";

    /// <summary>
    /// The answer as it will be after the missing parts exist: an earlier change may create them, and the rest of the answer stays
    /// exact. Null where nothing is missing, or where the answer is not text.
    /// </summary>
    public static string? Complete(Output output)
    {
        var text = Encoding.UTF8.GetString(output.Stdout.Span);
        var at = text.IndexOf("\nmissing ", StringComparison.Ordinal);
        return
            at < 0
            || at != text.IndexOf('\n', StringComparison.Ordinal)
            || !Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(output.Stdout.Span)
            ? null
            : text.Remove(at + "\nmissing".Length, text.IndexOf('\n', at + 1) - at - "\nmissing".Length);
    }

    // A probe as another user is visible as an argument of a process, and a secret could be guessed from a digest there.
    Shell Script(Content? known, string unknown = "-") =>
        $"cfg_path {path} {Spared(known, FetchLimit < 0 ? "?" : unknown)} {FetchLimit} {Owner ?? ""} {Group ?? ""}";

    static Hint Spared(Content? known, string unknown) =>
        known is null or { IsSecret: true } ? new(unknown, unknown) : new(known.Digest, unknown);

    /// <summary>
    /// The answer of a host in that state: the same line, without content because its digest is known; secret content follows. Null
    /// where a part of the state is not known, such as the owner of a file that is not yet written.
    /// </summary>
    string? Answer(PathState? state) =>
        state switch
        {
            null => Absence,
            { Owner: null } or { Group: null } or { Mode: null } => null,
            { Type: "file", Content: { IsSecret: true } secret } => secret.Length > FetchLimit ? HeadOfFile(state, secret)
            : secret.Text is { } text ? HeadOfFile(state, secret) + text
            : null,
            { Type: "file", Content: { } content } => HeadOfFile(state, content),
            { Type: "symlink", Target: { } target } => $"{Head(state)}|{Encoding.UTF8.GetByteCount(target)}\nmissing\n{target}\n",
            { Type: "directory" } => $"{Head(state)}\nmissing\n",
            _ => null,
        };

    /// <summary>
    /// The answer of a host with that file when none of its content is known yet. Null where a part of the state is not known.
    /// </summary>
    public byte[]? Whole(PathState file) =>
        file is { Type: "file", Content: { Bytes: { } bytes } content, Owner: not null, Group: not null, Mode: not null }
        && bytes.Length <= FetchLimit
            ? [.. Encoding.UTF8.GetBytes(HeadOfFile(file, content)), .. bytes.Span]
            : null;

    static string HeadOfFile(PathState state, Content content) => $"{Head(state)}|{content.Length}|{content.Digest}\nmissing\n";

    static string Head(PathState state) => $"{state.Type}|{state.Mode?.Octal ?? "0"}|{state.Owner}|{state.Group}";

    PathState? Parse(Output output)
    {
        var (words, missing, rest) = Split(output);
        return words switch
        {
            ["absent", _] => null,
            ["file", var mode, var owner, var group, var size, var digest] => new(
                "file",
                digest == Known?.Digest ? Known
                    : Number.ReadLong(size, "the size of a file") is var length && rest.Length == length ? new(rest)
                    : new(length, digest),
                null,
                owner,
                group,
                Mode.Said(mode)
            )
            {
                Names = missing.Select(word => word.Split(':')).FirstOrDefault(word => word[0] is "names") is [_, var names]
                    ? Number.Read(names, "the number of its names")
                    : 1,
                HasAcl = missing.Contains("acl"),
            },
            ["directory", var mode, var owner, var group] => new("directory", null, null, owner, group, Mode.Said(mode)),
            ["symlink", var mode, var owner, var group, _] => new(
                "symlink",
                null,
                Encoding.UTF8.GetString(rest.Span) is [.. var target, '\n']
                    ? target
                    : throw new UnexpectedOutputException("expected where a symbolic link points to, got nothing"),
                owner,
                group,
                Mode.Said(mode)
            ),
            ["other", var what] => new(what),
            _ => throw new UnexpectedOutputException($"expected what is at a path, got \"{Text.Excerpt(string.Join('|', words))}\""),
        };
    }

    IEnumerable<Need> Needs(Output output)
    {
        var words = Split(output).Words;
        var parent = Parent(path);
        if (words is ["absent", "absent"])
            yield return new(Aspect.Path(parent), $"the directory {parent} does not exist");
        else if (words is ["absent", not "directory"])
            yield return new(Aspect.Path(parent), $"{parent} is not a directory");
        else if (words[0] != type && words[0] != "absent")
            yield return new(Aspect.Path(path), $"there is {Called(words)} at {path}, not {Called([type])}")
            {
                Always = true,
                Hint = "cfg does not replace it unasked: move it away, or use another path",
            };

        foreach (var need in Denials(path, output))
            yield return need;
    }

    /// <summary>The type of the file at a path, which is the first word of an answer.</summary>
    public static string TypeAt(Output output) => Split(output).Words[0];

    /// <summary>The reasons why the session cannot replace or remove the file at a path.</summary>
    public static IEnumerable<Need> Denials(string path, Output output) =>
        Split(output)
            .Missing.Where(word => word is not ("acl" or ['n', 'a', 'm', 'e', 's', ':', ..]))
            .Select(word => NeedOf(path, word.Split(':')));

    /// <summary>The meaning of a word of <c>cfg_missing</c>.</summary>
    public static Need NeedOf(string path, string[] word) =>
        word switch
        {
            ["user", var name] => new(Aspect.User(name), $"the user {name} does not exist"),
            ["group", var name] => new(Aspect.Group(name), $"the group {name} does not exist"),
            ["denied", var what, var who] => new(
                Aspect.Access(Place(path, what)),
                $"acts as {who}, who cannot {(what is "directory" ? "write" : "change")} {Place(path, what)}"
            )
            {
                Or = [Aspect.AccessOf(who)],
                Hint = Authority.Hint,
            },
            ["immutable", var what] => new(Aspect.Access(Place(path, what)), $"{Place(path, what)} is immutable (lsattr(1))")
            {
                Hint = $"where it should change, take that away: chattr -i {Shell.Quote(Place(path, what))}",
            },
            ["readonly", var what] => new(Aspect.Access(Place(path, what)), $"{Place(path, what)} is on a read-only file system")
            {
                Hint = "mount it for writing before this line, or use another path",
            },
            ["mounted", _] => new(Aspect.Access(path), $"something is mounted on {path} itself, so that it cannot be replaced")
            {
                Hint = "change the file that is mounted there, or take the mount away before this line",
            },
            ["holds", ..] => Holds(path, string.Join(':', word[1..])),
            _ => throw new UnexpectedOutputException($"expected what is missing, got \"{Text.Excerpt(string.Join(':', word))}\""),
        };

    /// <summary>
    /// Something is mounted at or below a path that is to be removed. Its files would be removed too, although they are stored
    /// elsewhere.
    /// </summary>
    /// <param name="path">The path to remove.</param>
    /// <param name="point">The mount point, as the kernel escapes it.</param>
    public static Need Holds(string path, string point)
    {
        var at = MountField.Unescape(point);
        return new(new("mount", at), $"something is mounted at {Text.Excerpt(at)}, and is not removed with {path}")
        {
            Hint = $"take the mount away before this line: new NoMount(\"{Text.Excerpt(at)}\")",
        };
    }

    static string Place(string path, string what) => what is "directory" ? Parent(path) : path;

    static string Called(string[] words) =>
        words switch
        {
            ["file", ..] => "a file",
            ["directory", ..] => "a directory",
            ["symlink", ..] => "a symbolic link",
            ["other", var what] => $"a {what}",
            _ => words[0],
        };

    static (string[] Words, string[] Missing, ReadOnlyMemory<byte> Content) Split(Output output)
    {
        var first = output.Stdout.Span.IndexOf((byte)'\n');
        var second = first < 0 ? -1 : output.Stdout.Span[(first + 1)..].IndexOf((byte)'\n') + first + 1;
        if (second <= first)
            throw new UnexpectedOutputException($"expected what is at a path, got \"{Text.Excerpt(output.Text)}\"");
        var head = Encoding.UTF8.GetString(output.Stdout.Span[..second]).Split('\n');
        if (!head[1].StartsWith("missing", StringComparison.Ordinal))
            throw new UnexpectedOutputException($"expected what is missing, got \"{Text.Excerpt(head[1])}\"");
        return (head[0].Split('|'), head[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..], output.Stdout[(second + 1)..]);
    }

    /// <summary>The directory that a path is in.</summary>
    public static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    /// <summary>What is wrong with a path as such.</summary>
    public static IEnumerable<string> Problems(string path)
    {
        if (!path.StartsWith('/'))
            yield return $"\"{path}\" is not an absolute path: it must begin with /";
        else if (path.Length > 1 && path.EndsWith('/'))
            yield return $"\"{path}\" ends with a slash; leave it out";
        else if (path.Split('/').Any(part => part is "." or "..") || path.Contains("//", StringComparison.Ordinal))
            yield return $"\"{path}\" is not in its plain form: it has //, /./ or /../";
    }

    /// <summary>What is wrong with an owner or a group.</summary>
    public static IEnumerable<string> Problems(string? owner, string? group)
    {
        if (owner is not null && !Names.IsUser(owner))
            yield return $"\"{owner}\" is not a valid name for a user";
        if (group is not null && !Names.IsUser(group))
            yield return $"\"{group}\" is not a valid name for a group";
    }
}
