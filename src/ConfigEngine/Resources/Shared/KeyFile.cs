namespace ConfigEngine.Resources;

/// <summary>A file in a user's ~/.ssh, such as authorized_keys, for all resources that manage a part of it.</summary>
/// <param name="Content">The file's content.</param>
/// <param name="Owner">The file's owner.</param>
/// <param name="Mode">The file's mode.</param>
/// <param name="DirectoryOwner">The owner of ~/.ssh.</param>
/// <param name="DirectoryMode">The mode of ~/.ssh.</param>
public sealed record KeyFile(Content? Content, string? Owner, Mode? Mode, string? DirectoryOwner, Mode? DirectoryMode)
{
    /// <summary>
    /// Whether the home belongs to another user, or others can write it. sshd(8) then accepts no key from it (StrictModes).
    /// </summary>
    internal bool IsInOpenHome { get; init; }

    /// <summary>The file that holds the keys that let the user in.</summary>
    const string Keys = "authorized_keys";

    internal static Probe<KeyFile> Probe(string user, string name = Keys) =>
        new(Script(user, "-", name), output => Parse(output, name))
        {
            Tools = ["getent"],
            Subject = name is Keys ? $"authorized keys of {user}" : Named(user, name),
            Expecting = state => (Script(user, state?.Content?.Digest ?? "-", name), Answer(state)),
            Needs = output =>
                output.Lines switch
                {
                    ["nouser"] => [new(Aspect.User(user), $"the user {user} does not exist")],
                    [var line] when line.StartsWith("nohome=", StringComparison.Ordinal) =>
                    [
                        new(Aspect.Path(line["nohome=".Length..]), $"the home of {user}, {line["nohome=".Length..]}, does not exist")
                        {
                            Hint = "declare a User with HomeExists = true before this line",
                        },
                    ],
                    _ => [],
                },
        };

    static Shell Script(string user, string digest, string name) =>
        name is Keys ? (Shell)$"cfg_keys {user} {digest}" : $"cfg_keys {user} {digest} {name}";

    /// <summary>The answer of a host in that state. The content is not sent, because its digest is known.</summary>
    static string Answer(KeyFile? state) =>
        state is null
            ? "nouser\n"
            : $"{(state.IsInOpenHome ? "open" : "home")}\n"
                + $"{(state.DirectoryMode is { } directory ? $"directory|{directory.Octal}|{state.DirectoryOwner}" : "absent")}\n"
                + (
                    state.Content is { } content
                        ? $"{(content.Length == 0 ? "regular empty file" : "regular file")}|"
                            + $"{(state.Mode ?? Values.Mode.Parse("0600")).Octal}|{state.Owner}\n{content.Digest}\n"
                        : "absent\n"
                );

    static KeyFile? Parse(Output output, string name)
    {
        if (output.Lines is [var line] && (line is "nouser" || line.StartsWith("nohome=", StringComparison.Ordinal)))
            return null;
        var (head, rest) = AnswerHead.Split(output, 3);
        if (head[0] is not ("home" or "open"))
            throw new UnexpectedOutputException($"expected a home directory, got \"{Text.Excerpt(head[0])}\"");
        KeyFile state = head[1].Split('|') switch
        {
            ["absent"] => new(null, null, null, null, null),
            ["directory", var mode, var owner] => new(null, null, null, owner, Values.Mode.Said(mode)),
            var other => throw new UnexpectedOutputException($"~/.ssh is a {other[0]}, and should be a directory"),
        };
        state = state with { IsInOpenHome = head[0] is "open" };
        switch (head[2].Split('|'))
        {
            case ["absent"]:
                return state;
            case ["regular file" or "regular empty file", var mode, var owner]:
                return state with
                {
                    Content = new(AnswerHead.Split(rest, 1).Remainder.Stdout),
                    Mode = Values.Mode.Said(mode),
                    Owner = owner,
                };
            case var other:
                throw new UnexpectedOutputException($"~/.ssh/{name} is a {other[0]}, and should be a file");
        }
    }

    /// <summary>The usual home of a user; the host looks up the real one.</summary>
    internal static string ConventionalHome(string user) => user is "root" ? "/root" : $"/home/{user}";

    /// <summary>The desired file, edited line by line.</summary>
    internal static Content? Edit(KeyFile? actual, string user, Action<TextLines> edit, string name = Keys) =>
        TextFile.Edit(actual?.Content is { } content ? new("file", content) : null, Named(user, name), edit).Content;

    /// <summary>Whether a line of the file has this key.</summary>
    internal static bool Has(KeyFile? actual, string user, PublicKey wanted) =>
        TextFile.Lines(actual?.Content, Named(user, Keys)).Texts.Any(line => line.Contains(wanted.Blob, StringComparison.Ordinal));

    static string Named(string user, string name) => $"~{user}/.ssh/{name}";

    /// <summary>
    /// The operations for a difference. The home is looked up by the operation, because an earlier resource may create the user.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="diff">The difference.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="check">The command that checks the new file, and its name in plans; none when null.</param>
    internal static IEnumerable<Operation> Operations(
        string user,
        Diff<KeyFile> diff,
        string name = Keys,
        (Shell Script, string Name)? check = null
    )
    {
        var file = Named(user, name);
        var mode = $"{diff.Desired.Mode}";
        if (diff.Actual?.DirectoryMode is null && diff.Desired.DirectoryMode is not null)
            yield return new($"cfg_home {user}\ncfg_directory \"$cfg_home/.ssh\" {user}:\"$(id -g -- {user})\" 0700")
            {
                TellsFirstWrite = true,
                Title = $"make ~{user}/.ssh",
            };
        else if (diff.Changes(s => s.DirectoryOwner) || diff.Changes(s => s.DirectoryMode))
            yield return new($"cfg_home {user}\ncfg_own_directory \"$cfg_home/.ssh\" {user} 0700")
            {
                TellsFirstWrite = true,
                Title = $"give ~{user}/.ssh to {user}, with mode 0700",
            };
        if (diff.Changes(s => s.Content) && diff.Desired.Content is { } content)
            yield return new(
                $"cfg_home {user}\ncfg_write \"$cfg_home/.ssh/\"{name} "
                    + $"{(diff.Desired.Owner is null ? (Shell)$"'' ''" : $"{user} \"$(id -g -- {user})\"")} {mode} "
                    + $"{check?.Script.Text ?? ""}"
            )
            {
                Input = content,
                TellsFirstWrite = true,
                Title = $"write {file} ({content.Length} bytes){(check is null ? "" : $", checked by: {check.Value.Name}")}",
            };
        else if (diff.Changes(s => s.Owner) || diff.Changes(s => s.Mode))
            yield return new($"cfg_home {user}\ncfg_own \"$cfg_home/.ssh\" {user} {mode} {diff.Actual?.Content?.Digest ?? ""} {name}")
            {
                TellsFirstWrite = true,
                Title = $"give {file} to {user}{(mode.Length == 0 ? "" : $", with mode {mode}")}",
            };
    }
}
