namespace ConfigEngine.Resources;

/// <summary>What writes files: whole, with their owner and mode from the beginning, checked before they replace anything.</summary>
static class FileWrite
{
    /// <summary>The operations for a file that differs.</summary>
    public static IEnumerable<Operation> Operations(string path, Diff<PathState> diff, Shell? validate = null, string? backup = null)
    {
        var desired = diff.Desired;
        if (diff.Changes(s => s.Content) || diff.Creates)
        {
            var content = desired.Content ?? "";
            Shell write = $"cfg_write {path} {desired.Owner ?? ""} {desired.Group ?? ""} {desired.Mode?.ToString() ?? ""} {validate?.Text ?? ""}";
            if (backup is not null && !diff.Creates)
                write = $"{(content.IsSecret ? CopyForOwner(path, backup) : (Shell)$"cp -pf -- {path} {backup}")}\n{write}";
            yield return new(write) { Input = content, TellsFirstWrite = backup is null || diff.Creates, Title = $"write {path} ({Size(content)})" + (validate is null ? "" : $", checked by: {validate.Text}") };
            yield break;
        }

        if (diff.Changes(s => s.Owner) || diff.Changes(s => s.Group))
            yield return new($"chown -h {desired.Owner + (desired.Group is null ? "" : ":" + desired.Group)} -- {path}");
        if (diff.Changes(s => s.Mode) && desired.Mode is { } mode)
            yield return new($"chmod {mode} -- {path}");
    }

    /// <summary>What a plan says of a secret that will be in a file.</summary>
    public static IEnumerable<string> Notes(Content content, Diff<PathState> diff) => content.IsSecret && diff.After.Mode is { } mode && (mode.Bits & 4) != 0
        ? [$"it holds a secret, and every user of the host may read it: its mode is {mode}"]
        : [];

    /// <summary>The operation for a file whose owner and mode are left alone: root's and 0644 for a new one.</summary>
    public static Operation Whole(string path, Content content) =>
        new($"cfg_write {path} '' '' '' ''") { Input = content, TellsFirstWrite = true, Title = $"write {path} ({Size(content)})" };

    static Shell CopyForOwner(string path, string backup) => $"( umask 077; rm -f -- {backup}; cp -- {path} {backup} )";

    // How long a password is, is nobody's business either.
    static string Size(Content content) => content.IsSecret ? "secret" : $"{content.Length} bytes";

    /// <summary>The check that a path calls for by itself: a mistake in one of these can lock everybody out.</summary>
    public static Shell? ValidationFor(string path) => path switch
    {
        "/etc/sudoers" => $"visudo -cf \"$cfg_new\" >/dev/null",
        _ when path.StartsWith("/etc/sudoers.d/", StringComparison.Ordinal) => $"visudo -cf \"$cfg_new\" >/dev/null",
        "/etc/ssh/sshd_config" => $"sshd -t -f \"$cfg_new\"",
        "/etc/fstab" => $"timeout 30 findmnt --verify --tab-file \"$cfg_new\" >&2",
        "/etc/nginx/nginx.conf" => $"nginx -q -t -c \"$cfg_new\"",
        _ => null,
    };
}
