namespace ConfigEngine.Applying;

/// <summary>
/// The records that runs keep on a host: <c>/var/lib/configengine</c> with owed handlers and the results of supervised operations,
/// and <c>/run/configengine</c> with the lock; for a session that is not root, <c>~/.local/state/configengine/host</c>.
/// </summary>
static class Records
{
    /// <summary>The request for the records.</summary>
    internal static Request Ledger { get; } =
        new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_ledger", "what earlier runs left on the host");

    /// <summary>
    /// The request after a run without changes has read <see cref="Finished"/>. A run with changes removes the record itself.
    /// </summary>
    internal static Request IsRead { get; } =
        new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_read", "what earlier runs left on the host to be removed");

    /// <summary>Reads the records.</summary>
    public static async Task<Planning.Ledger> Read(ISession session, string host, CancellationToken ct) =>
        Planning.Ledger.Read(host, await session.Ask(Ledger, ct), session.Facts.BootId);

    /// <summary>Removes the record of one owed handler; everything else stays.</summary>
    /// <param name="session">A session with the host.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="handler">The handler's name.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="HostLockedException">A run is changing the host.</exception>
    /// <exception cref="CannotKeepException">The record cannot be removed.</exception>
    public static async Task Forget(ISession session, string host, string handler, CancellationToken ct)
    {
        var answer = await session.Ask(
            new(
                $"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_drop {Owing.StemOf(handler)}",
                "a pending handler to be forgotten"
            ),
            ct
        );
        if (answer.Exit != 0)
            throw await Refused(session, host, answer, ct);
    }

    /// <summary>Removes all records.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="HostLockedException">A run is changing the host.</exception>
    /// <exception cref="CannotKeepException">The records cannot be removed.</exception>
    public static async Task<bool> Remove(ISession session, string host, CancellationToken ct)
    {
        var answer = await session.Ask(
            new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_purge", "what earlier runs left to be removed"),
            ct
        );
        return answer.Exit == 0
            ? answer.Text.Contains("removed", StringComparison.Ordinal)
            : throw await Refused(session, host, answer, ct);
    }

    static async Task<CfgException> Refused(ISession session, string host, Output answer, CancellationToken ct) =>
        answer.Exit is HostRecords.Locked
            ? new HostLockedException(host, (await Read(session, host, ct)).Holder ?? new("somebody"))
            : new CannotKeepException(host, Text.Sentence(answer.Error.Trim()));
}
