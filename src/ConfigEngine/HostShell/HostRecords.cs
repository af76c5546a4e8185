namespace ConfigEngine.HostShell;

/// <summary>
/// The functions of a session that changes its host. They keep other runs away, record owed handlers, and run operations that must
/// not be interrupted. They are sent once, with the request for the lock.
/// </summary>
/// <remarks>
/// Records that outlive a session are in <c>$cfg_kept</c>: <c>owed/</c>, a file of JSON lines for each handler that was notified
/// and has not run; <c>work.log</c> and <c>work.done</c>, the output of a supervised operation and its exit code, until a run has
/// read them. Files that end with the session are in <c>$cfg_run</c>: <c>lock</c>, <c>holder</c>, <c>step</c>, <c>beat</c>.
/// </remarks>
static class HostRecords
{
    /// <summary>The exit code if another run has the lock; standard output names that run.</summary>
    public const int Locked = 95;

    /// <summary>The exit code of a host that can keep no records; standard error says why.</summary>
    public const int CannotKeep = 94;

    /// <summary>The exit code of a handler that is no longer owed.</summary>
    public const int NotOwed = 93;

    /// <summary>After this many seconds of silence a session counts as dead; ssh needs as long to notice it.</summary>
    public const int Silence = 30;

    /// <summary>
    /// Finds the directories of the records for a session of this user: <c>$cfg_kept</c> and <c>$cfg_run</c>. <c>CFG_RECORDS</c> in
    /// the session's environment gives another directory for both.
    /// </summary>
    public static string Places { get; } = Script.Embedded("places.sh");

    /// <summary>The text that defines the functions. They need flock(1) of util-linux or busybox.</summary>
    public static string Functions { get; } = Script.Embedded("resume.sh") + Script.Embedded("keeper.sh");

    /// <summary>The read-only functions, for every session that plans.</summary>
    public static string LedgerFunctions { get; } = Script.Embedded("ledger.sh");
}
