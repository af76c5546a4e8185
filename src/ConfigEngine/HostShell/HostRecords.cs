namespace ConfigEngine.HostShell;

/// <summary>
/// The functions of a session that changes its host: they keep others away, what is owed, and what must not be cut in half.
/// Sent once, with the request for the lock.
/// </summary>
/// <remarks>
/// What outlives a session is in <c>$cfg_kept</c>: <c>owed/</c>, a file of JSON lines for each handler that was called for and has
/// not run; <c>work.log</c> and <c>work.done</c>, what a supervised operation said and its exit code, until somebody read it.
/// What ends with it is in <c>$cfg_run</c>: <c>lock</c>, <c>holder</c>, <c>step</c>, <c>beat</c>.
/// </remarks>
static class HostRecords
{
    /// <summary>The exit code of a lock that somebody else has; standard output says who.</summary>
    public const int Locked = 95;

    /// <summary>The exit code of a host where no record can be kept; standard error says why.</summary>
    public const int CannotKeep = 94;

    /// <summary>The exit code of a handler that nobody owes any more.</summary>
    public const int NotOwed = 93;

    /// <summary>After how many seconds without a word a session is taken for dead: as long as ssh takes to find out.</summary>
    public const int Silence = 30;

    /// <summary>
    /// Finds where the records are, for a session of this user: <c>$cfg_kept</c> and <c>$cfg_run</c>. <c>CFG_RECORDS</c> in the session's
    /// environment names another directory for both.
    /// </summary>
    public static string Places { get; } = Script.Embedded("places.sh");

    /// <summary>The text that defines the functions. They need flock(1) of util-linux or busybox.</summary>
    public static string Functions { get; } = Script.Embedded("resume.sh") + Script.Embedded("keeper.sh");

    /// <summary>The functions that only look, for every session that plans.</summary>
    public static string LedgerFunctions { get; } = Script.Embedded("ledger.sh");
}
