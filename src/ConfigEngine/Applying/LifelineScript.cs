namespace ConfigEngine.Applying;

/// <summary>
/// The functions that keep a host reachable: before a step that may cut the way to it, a copy of what it may touch is kept and a
/// timer is armed on the host that puts it back. Only who comes in again disarms it, and the host alone decides which of the
/// two was first.
/// </summary>
static class LifelineScript
{
    /// <summary>The text that defines the functions for who comes in again.</summary>
    public static string Proving { get; } = Script.Embedded("resume.sh") + Script.Embedded("lifeline.sh");

    /// <summary>The text that defines the functions for who makes the changes, with what the host itself runs.</summary>
    public static string Arming { get; } =
        $"""
            cfg_way_paths='{string.Join(' ', Risk.Directories.Concat(Risk.Files))}'
            cfg_way_units='{string.Join(' ', Risk.Units)}'
            cfg_restore={HostShell.Shell.Quote(Script.Embedded("restore.sh"))}
            cfg_back={HostShell.Shell.Quote(Script.Embedded("back.sh"))}
            {Proving}
            """;
}
