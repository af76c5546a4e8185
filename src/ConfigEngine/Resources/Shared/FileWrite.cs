namespace ConfigEngine.Resources;

/// <summary>
/// Writes files: as a whole, with their owner and mode from the beginning, and checked before they replace a file.
/// </summary>
static class FileWrite
{
    /// <summary>The operations for a file that differs. The path decides which check is made when the recipe gives none.</summary>
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
            WholeFile file = new(path, desired.Owner ?? "", desired.Group ?? "", desired.Mode?.ToString() ?? "");
            var isAlone = validate is null && after is null && (backup is null || diff.Creates);
            Shell arguments = $"{path} {file.Owner} {file.Group} {file.Mode} {validate?.Text ?? ""}";
            Shell write = after is null ? (Shell)$"cfg_write {arguments}" : $"cfg_write_after {arguments} {after.Text}";
            if (backup is not null && !diff.Creates)
                write = $"cfg_copy {path} {backup} {(content.IsSecret ? "0600" : "")}\n{write}";
            yield return new(write)
            {
                Input = content,
                TellsFirstWrite = true,
                IsBrief = isAlone,
                Writes = isAlone ? file : null,
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
    /// The operation for a file with the right content and a wrong owner or mode. A new owner clears the set-user-ID and
    /// set-group-ID bits (chown(2)), so the mode is set again with it, also when it does not change. A secret file is written
    /// again, because no digest of a secret is sent to the host, and in a directory that other users can write, only its content
    /// identifies a file.
    /// </summary>
    static Operation Own(string path, Ownership ownership, Mode? mode, Mode? before, Content? content)
    {
        var title = OwnTitle(path, ownership, mode);
        if (content is { IsSecret: true })
            return new($"cfg_write {path} {ownership.Owner ?? ""} {ownership.Group ?? ""} {(mode ?? before)?.ToString() ?? ""} ''")
            {
                Input = content,
                TellsFirstWrite = true,
                IsBrief = true,
                Title = title,
            };
        return Own(path, ownership, mode ?? before, content?.Digest ?? "") with { Title = title };
    }

    /// <summary>The same, for a file that is identified by its SHA-256 or SHA-512.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownership">The owner and group it should get; null parts stay.</param>
    /// <param name="mode">The mode that it should have.</param>
    /// <param name="digest">The digest of its content, in hexadecimal.</param>
    public static Operation Own(string path, Ownership ownership, Mode? mode, string digest) =>
        new(
            $"cfg_own {PathProbe.Parent(path)} {ownership.ToString()} {mode?.ToString() ?? ""} {digest} "
                + $"{path[(path.LastIndexOf('/') + 1)..]}"
        )
        {
            TellsFirstWrite = true,
            IsBrief = true,
            Title = OwnTitle(path, ownership, mode),
        };

    /// <summary>A plan's words for a new owner or mode.</summary>
    public static string OwnTitle(string path, Ownership ownership, Mode? mode) =>
        ownership.IsKept
            ? $"set the mode of {Text.Excerpt(path)} to {mode}"
            : $"give {Text.Excerpt(path)} to {ownership}{(mode is null ? "" : $", with mode {mode}")}";

    /// <summary>A plan's note about a secret in a file.</summary>
    public static IEnumerable<string> Notes(Content content, Diff<PathState> diff) =>
        content.IsSecret && diff.After.Mode is { } mode && (mode.Bits & 4) != 0
            ? [$"it holds a secret, and every user of the host may read it: its mode is {mode}", .. NamesLeft(diff)]
            : NamesLeft(diff);

    /// <summary>A plan's note about hard links: the other names keep the old file when it is replaced.</summary>
    public static IEnumerable<string> NamesLeft(Diff<PathState> diff) =>
        diff.Actual is { Names: > 1 and var names } && diff.Changes(s => s.Content)
            ? [$"it has {names - 1} other name{(names > 2 ? "s" : "")} (hard links), which will still be the old file"]
            : [];

    /// <summary>
    /// What a new file loses of the old one. File attributes are kept, and so is the access control list when the mode stays.
    /// </summary>
    public static IEnumerable<Effect> Lost(string path, Diff<PathState> diff) =>
        diff.Actual is { HasAcl: true } && diff.Changes(s => s.Content) && diff.Changes(s => s.Mode)
            ? [new(EffectKind.Discards, $"the access control list of {path}") { Detail = "(acl(5)), because it gets another mode" }]
            : [];

    /// <summary>The operation for a file of a tree that is checked after it is in its place.</summary>
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

    /// <summary>The effect of removed lines. More lines may be removed than the plan showed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">The number of lines.</param>
    public static IEnumerable<Effect> LinesLost(string path, int count) =>
        Enumerable
            .Range(1, Math.Min(count, MostLines))
            .Select(number => new Effect(EffectKind.Discards, $"line {number} of those that match in {path}")
            {
                InAttributes = true,
                MayComeUnseen = true,
            });

    /// <summary>From this many lines on, the exact number no longer matters.</summary>
    const int MostLines = 100;

    /// <summary>The operation for a file whose owner and mode are left alone. A new file belongs to root and gets 0644.</summary>
    public static Operation Whole(string path, Content content) =>
        new($"cfg_write {path} '' '' '' ''")
        {
            Input = content,
            TellsFirstWrite = true,
            IsBrief = true,
            Writes = new(path),
            Title = $"write {path} ({Size(content)})",
        };

    // The length of a password is secret too.
    static string Size(Content content) => content.IsSecret ? "secret" : $"{content.Length} bytes";

    /// <summary>What is wrong with a command that checks a file before it is in its place.</summary>
    public static IEnumerable<string> Problems(Shell? validate) =>
        validate is null || validate.Text.Contains("cfg_new", StringComparison.Ordinal)
            ? []
            :
            [
                "its Validate does not look at \"$cfg_new\", which is the path of the new file before it is in its place; a check of "
                    + "the file in its place is ValidateAfter",
            ];
}
