namespace ConfigEngine.Resources;

/// <summary>What writes files: whole, with their owner and mode from the beginning, checked before they replace anything.</summary>
static class FileWrite
{
    /// <summary>The operations for a file that differs, checked as its path calls for where nothing else is said.</summary>
    public static IEnumerable<Operation> Checked(
        string path,
        Diff<PathState> diff,
        Shell? validate = null,
        string? backup = null,
        Shell? after = null
    ) => Operations(path, diff, validate ?? Checks.OfFile(path), backup, after ?? Checks.InItsPlace(path));

    /// <summary>The operations for a file that differs.</summary>
    public static IEnumerable<Operation> Operations(
        string path,
        Diff<PathState> diff,
        Shell? validate = null,
        string? backup = null,
        Shell? after = null
    )
    {
        var desired = diff.Desired;
        if (diff.Changes(s => s.Content) || diff.Creates)
        {
            var content = desired.Content ?? "";
            Shell arguments =
                $"{path} {desired.Owner ?? ""} {desired.Group ?? ""} {desired.Mode?.ToString() ?? ""} {validate?.Text ?? ""}";
            Shell write = after is null ? (Shell)$"cfg_write {arguments}" : $"cfg_write_after {arguments} {after.Text}";
            if (backup is not null && !diff.Creates)
                write = $"cfg_copy {path} {backup} {(content.IsSecret ? "0600" : "")}\n{write}";
            yield return new(write)
            {
                Input = content,
                TellsFirstWrite = true,
                Title =
                    $"write {path} ({Size(content)})"
                    + (validate is null ? "" : $", checked by: {validate.Text}")
                    + (after is null ? "" : $", checked in its place by: {after.Text}"),
            };
            yield break;
        }

        var gives = diff.Changes(s => s.Owner) || diff.Changes(s => s.Group);
        if (gives || diff.Changes(s => s.Mode))
            yield return Own(
                path,
                gives ? new(desired.Owner, desired.Group) : Ownership.Kept,
                desired.Mode,
                diff.Actual?.Mode,
                desired.Content
            );
    }

    /// <summary>
    /// The operation for a file whose content is right and whose owner or mode is not. A new owner takes the set-user-ID and
    /// set-group-ID bits away (chown(2)), so the mode is set with it, also where it is to stay. A secret is written again: no digest of it
    /// goes to the host, and in a directory that somebody else can write, a file is known by its content alone.
    /// </summary>
    static Operation Own(string path, Ownership ownership, Mode? mode, Mode? before, Content? content)
    {
        var title = OwnTitle(path, ownership, mode);
        if (content is { IsSecret: true })
            return new($"cfg_write {path} {ownership.Owner ?? ""} {ownership.Group ?? ""} {(mode ?? before)?.ToString() ?? ""} ''")
            {
                Input = content,
                TellsFirstWrite = true,
                Title = title,
            };
        return Own(path, ownership, mode ?? before, content?.Digest ?? "") with { Title = title };
    }

    /// <summary>The same of a file by its SHA-256 or SHA-512.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownership">Whose it is to be; kept where that is right.</param>
    /// <param name="mode">The mode that it has then.</param>
    /// <param name="digest">What is in it, in hexadecimal.</param>
    public static Operation Own(string path, Ownership ownership, Mode? mode, string digest) =>
        new(
            $"cfg_own {PathProbe.Parent(path)} {ownership.ToString()} {mode?.ToString() ?? ""} {digest} "
                + $"{path[(path.LastIndexOf('/') + 1)..]}"
        )
        {
            TellsFirstWrite = true,
            Title = OwnTitle(path, ownership, mode),
        };

    /// <summary>What a plan says of a new owner or mode.</summary>
    public static string OwnTitle(string path, Ownership ownership, Mode? mode) =>
        ownership.IsKept
            ? $"set the mode of {Text.Excerpt(path)} to {mode}"
            : $"give {Text.Excerpt(path)} to {ownership}{(mode is null ? "" : $", with mode {mode}")}";

    /// <summary>What a plan says of a secret that will be in a file.</summary>
    public static IEnumerable<string> Notes(Content content, Diff<PathState> diff) =>
        content.IsSecret && diff.After.Mode is { } mode && (mode.Bits & 4) != 0
            ? [$"it holds a secret, and every user of the host may read it: its mode is {mode}", .. NamesLeft(diff)]
            : NamesLeft(diff);

    /// <summary>What a plan says of a file with other names, when another file takes its place.</summary>
    public static IEnumerable<string> NamesLeft(Diff<PathState> diff) =>
        diff.Actual is { Names: > 1 and var names } && diff.Changes(s => s.Content)
            ? [$"it has {names - 1} other name{(names > 2 ? "s" : "")} (hard links), which will still be the old file"]
            : [];

    /// <summary>
    /// What a new file does not have of the old one: its attributes are kept, and its access control list where the mode stays.
    /// </summary>
    public static IEnumerable<Effect> Lost(string path, Diff<PathState> diff) =>
        diff.Actual is { HasAcl: true } && diff.Changes(s => s.Content) && diff.Changes(s => s.Mode)
            ? [new(EffectKind.Discards, $"the access control list of {path}") { Detail = "(acl(5)), because it gets another mode" }]
            : [];

    /// <summary>The operation for a file of a tree that is judged once it is in its place.</summary>
    public static Operation InItsPlace(string path, TreeEntry file)
    {
        var (content, after) = (file.Content ?? "", Checks.InItsPlace(path)?.Text ?? "true");
        return new($"cfg_write_after {path} {file.Owner ?? ""} {file.Group ?? ""} {file.Mode?.ToString() ?? ""} '' {after}")
        {
            Input = content,
            TellsFirstWrite = true,
            Title = $"write {path} ({Size(content)}), checked in its place by: {after}",
        };
    }

    /// <summary>Lines that are taken out: when it is done, there may be more of them than were shown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">How many.</param>
    public static IEnumerable<Effect> LinesLost(string path, int count) =>
        Enumerable
            .Range(1, Math.Min(count, MostLines))
            .Select(number => new Effect(EffectKind.Discards, $"line {number} of those that match in {path}")
            {
                InAttributes = true,
                MayComeUnseen = true,
            });

    /// <summary>From so many lines on, it is no matter how many are taken out.</summary>
    const int MostLines = 100;

    /// <summary>The operation for a file whose owner and mode are left alone: root's and 0644 for a new one.</summary>
    public static Operation Whole(string path, Content content) =>
        new($"cfg_write {path} '' '' '' ''")
        {
            Input = content,
            TellsFirstWrite = true,
            Title = $"write {path} ({Size(content)})",
        };

    // How long a password is, is nobody's business either.
    static string Size(Content content) => content.IsSecret ? "secret" : $"{content.Length} bytes";

    /// <summary>What is wrong with a check of a file that is not in its place yet.</summary>
    public static IEnumerable<string> Problems(Shell? validate) =>
        validate is null || validate.Text.Contains("cfg_new", StringComparison.Ordinal)
            ? []
            :
            [
                "its Validate does not look at \"$cfg_new\", which is the path of the new file before it is in its place; a check of "
                    + "the file in its place is ValidateAfter",
            ];
}
