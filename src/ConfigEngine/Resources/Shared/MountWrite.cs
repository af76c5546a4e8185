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

    public static Operation Unmount(string point) =>
        Limited(
            $"umount -- {point}",
            $"cfg_unmount {point}",
            $"{point} did not let go within 60 s; where its server is gone for good: new NoMount(\"{point}\") {{ Lazy = true }}"
        );

    /// <summary>Removes a mount at once; programs that use it keep it until they close it (umount(8), --lazy).</summary>
    public static Operation Detach(string point) =>
        Limited($"umount -l -- {point}", $"cfg_unmount {point} -l", $"{point} did not let go within 60 s");

    /// <summary>
    /// A command whose work is done by a function with a limit of one minute, and the message when the minute is over.
    /// </summary>
    static Operation Limited(Shell command, Shell function, string late) =>
        new($"cfg_within 60 {late} {function}") { Title = $"$ {command.Text}" };
}
