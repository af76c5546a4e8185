namespace ConfigEngine.HostFacts;

/// <summary>
/// The script that reads a host's facts: the first request of every session. It needs <c>/bin/sh</c> and coreutils; every other
/// tool is used only if it exists.
/// </summary>
/// <remarks>
/// The script never has to wait: stdin is empty, no name is resolved, and no path at or under a network mount is touched
/// (<c>/proc/self/mountinfo</c> shows those mounts). The name service, which may use LDAP, has two seconds.
/// <para>The answer consists of sections between boundary lines. The host's kernel makes a new boundary for each run, so that no
/// file's content can look like one. A section has exactly the bytes that were read; the line feed before a boundary belongs to the
/// boundary.</para>
/// <code>
/// cfg-facts 1 BOUNDARY
///
/// BOUNDARY os-release
/// ID=debian
///
/// BOUNDARY locale missing
///
/// BOUNDARY end
/// </code>
/// </remarks>
static class FactScript
{
    /// <summary>
    /// The script, for <c>/bin/sh</c>; it always exits with 0. <see cref="Facts.Parse(string)"/> reads its output.
    /// </summary>
    public static string Text { get; } = Script.Embedded("facts.sh");
}
