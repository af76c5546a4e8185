namespace ConfigEngine.HostShell;

/// <summary>
/// The functions that watch a session's shell on the host, from its first moment. Its processes must not stay there when cfg no
/// longer waits for them; that holds for a probe that hangs as well as for a change.
/// </summary>
static class Watch
{
    /// <summary>The text that defines them. They need the proc file system; without it nothing is watched.</summary>
    public static string Text { get; } = Script.Embedded("watch.sh");

    /// <summary>How a session's shell answers requests from now on; <c>$cfg_marker</c> ends an answer.</summary>
    internal static string Session { get; } = Script.Embedded("session.sh");
}
