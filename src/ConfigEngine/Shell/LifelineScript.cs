namespace ConfigEngine;

/// <summary>
/// The functions that keep a host reachable: before a change that may cut the way to it, a timer is armed on the host that puts
/// back what the way is made of. Only who comes in anew disarms it, and the host alone decides which of the two was first.
/// </summary>
static class LifelineScript
{
    /// <summary>The text that defines the functions. What is put back are whole files and directories, as far as they are there, and the state of units.</summary>
    public static string Text { get; } = $"""
        cfg_way_paths='{string.Join(' ', Risk.Directories.Concat(Risk.Files))}'
        cfg_way_units='{string.Join(' ', Risk.Units)}'
        cfg_restore={ConfigEngine.Shell.Quote(Script.Embedded("restore.sh"))}
        {Script.Embedded("lifeline.sh")}
        """;
}
