namespace ConfigEngine.HostShell;

/// <summary>
/// The functions with which a session's shell is watched on the host, from its first moment: what it runs must not stay behind
/// there when nobody waits for it any more, a probe that hangs no less than a change.
/// </summary>
static class Watch
{
    /// <summary>The text that defines them. They need the proc file system; without one nothing is watched.</summary>
    public static string Text { get; } = Script.Embedded("watch.sh");

    /// <summary>How a session's shell answers requests, from now on; <c>$cfg_marker</c> is what closes an answer.</summary>
    internal static string Session { get; } = Script.Embedded("session.sh");
}
