namespace ConfigEngine.Resources;

/// <summary>A file that ssh(1) reads: one in the ~/.ssh of a user, or the one in /etc/ssh for all users.</summary>
/// <param name="owner">The user; all users when null.</param>
/// <param name="own">The file's name in ~/.ssh.</param>
/// <param name="shared">The file for all users.</param>
sealed class SshFile(string? owner, string own, string shared)
{
    /// <summary>A known_hosts file.</summary>
    public static SshFile KnownHosts(string? owner) => new(owner, "known_hosts", "/etc/ssh/ssh_known_hosts");

    /// <summary>A configuration file. The file for all users holds only what this program writes.</summary>
    public static SshFile Config(string? owner) => new(owner, "config", "/etc/ssh/ssh_config.d/cfg.conf");

    /// <summary>The file in plans.</summary>
    public string Name => owner is null ? shared : $"~{owner}/.ssh/{own}";

    /// <summary>How a key of a resource begins: with the user, where there is one.</summary>
    public string Prefix => owner is null ? "" : $"{owner}: ";

    /// <summary>What is wrong with the owner.</summary>
    public IEnumerable<string> Problems =>
        owner is null || Names.IsUser(owner) ? [] : [$"\"{Text.Excerpt(owner)}\" is not a valid name for a user"];

    public Authority Authority => owner is null ? Authority.Root : Authority.Of(owner);

    public IEnumerable<Claim> Claims => owner is null ? [] : [Claim.User(owner)];

    public IEnumerable<Aspect> Reads => owner is null ? [Aspect.Path(shared)] : [Aspect.User(owner), .. Writes];

    public IEnumerable<Aspect> Writes =>
        owner is null
            ? [Aspect.Path(shared)]
            : [Aspect.Path($"{KeyFile.ConventionalHome(owner)}/.ssh"), Aspect.Path($"{KeyFile.ConventionalHome(owner)}/.ssh/{own}")];

    public Probe<KeyFile> Probe => owner is null ? SharedProbe : KeyFile.Probe(owner, own);

    Probe<KeyFile> SharedProbe
    {
        get
        {
            var probe = new PathProbe(shared, "file") { Owner = "root", Group = "root" }.Probe;
            return new(
                probe.Script,
                output => probe.Parse(output) is { } file ? new(file.Content, file.Owner, file.Mode, null, null) : Nothing
            )
            {
                Subject = $"ssh file {shared}",
                Prelude = probe.Prelude,
                Needs = probe.Needs,
            };
        }
    }

    /// <summary>A file that is not there, and need not be.</summary>
    public static KeyFile Nothing => new(null, null, null, null, null);

    /// <summary>
    /// The file, edited line by line. It belongs to the user (or root), because ssh(1) refuses a configuration of somebody else. A
    /// mode that lets others write it is repaired; any other mode stays.
    /// </summary>
    public KeyFile Edit(KeyFile? actual, Action<TextLines> edit)
    {
        var content = Edited(actual, edit);
        var isSafe = actual?.Mode is { } there && (there.Bits & 0x12) == 0;
        var mode = isSafe ? (Mode?)null : Mode.Parse(owner is null ? "0644" : "0600");
        return owner is null ? new(content, "root", mode, null, null) : new(content, owner, mode, owner, "0700");
    }

    /// <summary>The same, where something is only taken out; null where there is nothing to take it out of.</summary>
    public KeyFile? TakeOut(KeyFile? actual, Action<TextLines> edit) =>
        actual is null ? null
        : actual.Content is null ? Nothing
        : Nothing with { Content = Edited(actual, edit) };

    Content? Edited(KeyFile? actual, Action<TextLines> edit) =>
        TextFile.Edit(actual?.Content is { } content ? new("file", content) : null, Name, edit).Content;

    /// <summary>The lines of the file.</summary>
    public TextLines Lines(KeyFile? actual) => TextFile.Lines(actual?.Content, Name);

    /// <summary>The operations for a difference.</summary>
    /// <param name="diff">The difference.</param>
    /// <param name="check">The command that checks the new file, and its name in plans; none when null.</param>
    public IEnumerable<Operation> Operations(Diff<KeyFile> diff, (Shell Script, string Name)? check = null)
    {
        if (owner is not null)
            return KeyFile.Operations(owner, diff, own, check);
        Diff<PathState> file = new(diff.Actual is null or { Content: null } ? null : OfAll(diff.Actual), OfAll(diff.Desired));
        return FileWrite
            .Operations(shared, file, check?.Script)
            .Select(operation =>
                operation.Input is not null && check is not null
                    ? operation with
                    {
                        Title = $"write {shared} ({operation.Input.Length} bytes), checked by: {check.Value.Name}",
                    }
                    : operation
            );
    }

    static PathState OfAll(KeyFile file) => new("file", file.Content, null, file.Owner, file.Owner, file.Mode);
}
