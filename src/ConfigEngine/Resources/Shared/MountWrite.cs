namespace ConfigEngine.Resources;

/// <summary>The operations that mount and unmount. Everything that can block on a dead server has a time limit.</summary>
static class MountWrite
{
    /// <summary>
    /// Writes fstab(5), checks its new line, and tells systemd, which mounts from it. Only that line is checked: findmnt(8) touches
    /// the mount point of every line it gets, and one of those may block.
    /// </summary>
    public static Operation Fstab(Content content, FstabLine? line)
    {
        var check = line is null ? "" : ((Shell)$"cfg_check_mount {line.Text}").Text;
        return new(
            $"cfg_write {ConfigEngine.Resources.Fstab.Path} '' '' '' {check}\n[ ! -d /run/systemd/system ] || systemctl daemon-reload"
        )
        {
            Input = content,
            Title =
                $"write {ConfigEngine.Resources.Fstab.Path} ({content.Length} bytes)"
                + (check.Length > 0 ? ", checked by: findmnt --verify" : ""),
        };
    }

    /// <summary>Creates the mount point. fstab(5) is not valid without it.</summary>
    public static Operation MakePoint(string point) =>
        Limited($"mkdir -p -- {point}", $"cfg_directories {point}", $"{point} could not be made within 60 s");

    /// <summary>Mounts by this line, not by the content of fstab(5) at that time.</summary>
    public static Operation Mount(FstabLine line) =>
        Limited(
            $"mount -t {line.Type} -o {Options(line)} -- {line.Device} {line.Point}",
            $"cfg_mount {Words(line)}",
            $"{line.Device} did not answer within 60 s"
        );

    /// <summary>
    /// Sets the options of the mount. The device is given, so options that are not listed are removed (mount(8), remount).
    /// </summary>
    public static Operation Remount(FstabLine line) =>
        Limited(
            $"mount -t {line.Type} -o remount,{Options(line)} -- {line.Device} {line.Point}",
            $"cfg_remount {Words(line)}",
            $"{line.Device} did not answer within 60 s"
        );

    static Shell Words(FstabLine line) => $"{line.Type} {Options(line)} {line.Device} {line.Point}";

    static string Options(FstabLine line) => line.Options.Count == 0 ? "defaults" : string.Join(',', line.Options);

    /// <summary>Unmounts a file system.</summary>
    /// <param name="point">The mount point.</param>
    /// <param name="flags">Flags of umount(8): <c>-f</c>, <c>-l</c>.</param>
    public static Operation Unmount(string point, IReadOnlyList<string> flags)
    {
        Shell letGo = $"cfg_let_go {point} {Advice(point, flags)}";
        return new(flags.Count == 0 ? letGo : $"{letGo} {flags}")
        {
            Title = $"$ umount {string.Concat(flags.Select(flag => $"{flag} "))}-- {Shell.Quote(point)}",
        };
    }

    /// <summary>What to do where it does not let go.</summary>
    static string Advice(string point, IReadOnlyList<string> flags)
    {
        const string End = "end what uses it";
        var no = $"new NoMount(\"{Text.Excerpt(point)}\")";
        return flags.Contains("-l") ? "see umount(8) for what keeps a mount that is detached"
            : flags.Contains("-f") ? $"{End}, or let programs keep it until they close it: {no} {{ Lazy = true }}"
            : $"{End}; or where its server is gone, let programs keep it until they close it: {no} {{ Lazy = true }}, or end their "
                + "requests with errors: Force = true";
    }

    /// <summary>
    /// A command whose work is done by a function with a limit of one minute, and the message when the minute is over.
    /// </summary>
    static Operation Limited(Shell command, Shell function, string late) =>
        new($"cfg_within 60 {late} {function}") { Title = $"$ {command.Text}" };
}
