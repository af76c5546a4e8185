namespace ConfigEngine.HostFacts;

/// <summary>
/// The one script that reads a host's facts: the first request of every session. It needs <c>/bin/sh</c> and coreutils;
/// every other tool is asked only when it is there.
/// </summary>
/// <remarks>
/// Nothing in it can wait: stdin is empty, no name is resolved, no path at or under a network mount is looked at
/// (<c>/proc/self/mountinfo</c> says which ones those are), and the name service, which may sit on LDAP, has two seconds.
/// <para>The answer is sections between lines that begin with a boundary that the host's kernel makes up per run, so that no
/// file's content can be taken for one. A section's text is byte for byte what was read; the line feed before a boundary
/// belongs to the boundary.</para>
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
    /// <summary>The script, for <c>/bin/sh</c>; it always exits 0. <see cref="Facts.Parse(string)"/> reads what it prints.</summary>
    public static string Text { get; } = Script.Embedded("facts.sh");
}
