namespace ConfigEngine.Applying;

/// <summary>
/// The functions that keep a host reachable. Before a step that may cut the connection, the host keeps a copy of everything the
/// step may touch, and arms a timer that restores the copy. Only a new connection disarms the timer, and only the host decides
/// which of the two came first.
/// </summary>
static class LifelineScript
{
    /// <summary>The functions for the session that connects again.</summary>
    public static string Proving { get; } = Script.Embedded("resume.sh") + Script.Embedded("lifeline.sh");

    /// <summary>The functions for the session that makes the changes, with the scripts that the host itself runs.</summary>
    public static string Arming { get; } =
        $"""
            cfg_way_paths='{string.Join(' ', Risk.Directories.Concat(Risk.Files))}'
            cfg_way_units='{string.Join(' ', Risk.Units)}'
            cfg_restore={HostShell.Shell.Quote(Script.Embedded("restore.sh"))}
            cfg_back={HostShell.Shell.Quote(Script.Embedded("temp.sh") + Script.Embedded("back.sh"))}
            {Proving}
            """;
}
