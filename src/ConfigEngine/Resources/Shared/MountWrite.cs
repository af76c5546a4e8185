namespace ConfigEngine.Resources;

/// <summary>What mounts and unmounts have in common. Everything that can hang on a dead server has a limit.</summary>
static class MountWrite
{
    /// <summary>
    /// Writes fstab(5), checks the line that is new in it, and tells systemd, which mounts by it. The check is of that line alone:
    /// findmnt(8) touches the mount points of all it is given, and one of those may hang.
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

    /// <summary>Makes the mount point, which fstab(5) must have to be valid.</summary>
    public static Operation MakePoint(string point) =>
        Limited($"mkdir -p -- {point}", $"cfg_directories {point}", $"{point} could not be made within 60 s");

    /// <summary>Mounts by the line, whatever fstab(5) says at the time.</summary>
    public static Operation Mount(FstabLine line) =>
        Limited(
            $"mount -t {line.Type} -o {Options(line)} -- {line.Device} {line.Point}",
            $"cfg_mount {Words(line)}",
            $"{line.Device} did not answer within 60 s"
        );

    /// <summary>Sets the options of what is mounted. With the device said, options that are not said go (mount(8), remount).</summary>
    public static Operation Remount(FstabLine line) =>
        Limited(
            $"mount -t {line.Type} -o remount,{Options(line)} -- {line.Device} {line.Point}",
            $"cfg_remount {Words(line)}",
            $"{line.Device} did not answer within 60 s"
        );

    static Shell Words(FstabLine line) => $"{line.Type} {Options(line)} {line.Device} {line.Point}";

    static string Options(FstabLine line) => line.Options.Count == 0 ? "defaults" : string.Join(',', line.Options);

    /// <summary>Unmounts.</summary>
    public static Operation Unmount(string point) =>
        Limited(
            $"umount -- {point}",
            $"cfg_unmount {point}",
            $"{point} did not let go within 60 s; where its server is gone for good: new NoMount(\"{point}\") {{ Lazy = true }}"
        );

    /// <summary>Takes a mount away at once; who uses it keeps it until then (umount(8), --lazy).</summary>
    public static Operation Detach(string point) =>
        Limited($"umount -l -- {point}", $"cfg_unmount {point} -l", $"{point} did not let go within 60 s");

    /// <summary>What comes to a command, by a function that has a minute, and what is said where that is over.</summary>
    static Operation Limited(Shell command, Shell function, string late) =>
        new($"cfg_within 60 {late} {function}") { Title = $"$ {command.Text}" };
}
