using System.Text;

namespace ConfigEngine.Resources;

/// <summary>How to look at a path; its answers are those of <c>cfg_path</c> in <see cref="Library"/>.</summary>
/// <param name="path">An absolute path.</param>
/// <param name="type">The type that is wanted there.</param>
sealed class PathProbe(string path, string type)
{
    /// <summary>Content beyond this many bytes is compared by digest and not fetched; none is where it is negative.</summary>
    public int FetchLimit { get; init; } = 1024 * 1024;

    /// <summary>The owner that will be wanted, so that the answer is in its form and says when there is no such user.</summary>
    public string? Owner { get; init; }

    /// <summary>The group that will be wanted, likewise.</summary>
    public string? Group { get; init; }

    /// <summary>Content that need not be fetched where it is there already.</summary>
    public Content? Known { get; init; }

    /// <summary>The probe. Resources for one path share what they know of it.</summary>
    public Probe<PathState> Probe =>
        new(Script(Known), output => Parse(output))
        {
            Subject = $"path {path}",
            Prelude = Mounted,
            Expecting = state => (Script(state?.Content, "?"), Answer(state)),
            Needs = Needs,
        };

    /// <summary>What is mounted where, for all paths: what is mounted on a file keeps it from being replaced.</summary>
    static Shell Mounted { get; } = $"cfg_mounted=$(cat /proc/self/mountinfo)";

    /// <summary>What a host answers where nothing is there, and nothing is missing to put something there.</summary>
    public const string Absence = "absent|directory\nmissing\n";

    /// <summary>
    /// An answer as it will be once what is missing is there: an earlier change may provide it, and this one is no less exact
    /// for that. Null where nothing is missing, or where it is not text.
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

    // Probes as another user are an argument of a process: a secret could be guessed from a digest in it.
    Shell Script(Content? known, string unknown = "-") =>
        $"cfg_path {path} {(known is null or { IsSecret: true } ? FetchLimit < 0 ? "?" : unknown : known.Digest)} {FetchLimit} "
        + $"{Owner ?? ""} {Group ?? ""}";

    /// <summary>
    /// What a host in that state answers: the same line, and no content, because its digest is known; secret content follows. Null
    /// where the state is not known in every part, such as the owner of a file that is about to be made.
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
    /// What a host with that file answers where none of its content is known yet. Null where the state is not known in every part.
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
                Hint = "it is not replaced by something else unasked: move it away, or use another path",
            };

        foreach (var need in Denials(path, output))
            yield return need;
    }

    /// <summary>What is at a path, in the first word of an answer.</summary>
    public static string TypeAt(Output output) => Split(output).Words[0];

    /// <summary>What keeps the session from putting something else at a path, or from taking away what is there.</summary>
    public static IEnumerable<Need> Denials(string path, Output output) =>
        Split(output)
            .Missing.Where(word => word is not ("acl" or ['n', 'a', 'm', 'e', 's', ':', ..]))
            .Select(word => NeedOf(path, word.Split(':')));

    /// <summary>What a word of <c>cfg_missing</c> says.</summary>
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

    /// <summary>Something is mounted at or below what is to go: what is in it would go too, although it is somewhere else.</summary>
    /// <param name="path">What is to go.</param>
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
            yield return $"\"{owner}\" cannot be the name of a user";
        if (group is not null && !Names.IsUser(group))
            yield return $"\"{group}\" cannot be the name of a group";
    }
}
