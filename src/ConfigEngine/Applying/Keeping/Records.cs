namespace ConfigEngine.Applying;

/// <summary>
/// What runs leave on a host: <c>/var/lib/configengine</c>, where what is owed and what came of supervised operations is kept, and
/// <c>/run/configengine</c> with the lock; for a session that is not root, <c>~/.local/state/configengine/host</c>.
/// </summary>
static class Records
{
    /// <summary>What to ask a host.</summary>
    internal static Request Ledger { get; } =
        new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_ledger", "what earlier runs left on the host");

    /// <summary>
    /// What to tell a host whose <see cref="Finished"/> was read by a run that changes nothing there; one that does removes it
    /// itself.
    /// </summary>
    internal static Request IsRead { get; } =
        new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_read", "what earlier runs left on the host to be removed");

    /// <summary>Looks at what is there.</summary>
    public static async Task<Planning.Ledger> Read(ISession session, string host, CancellationToken ct) =>
        Planning.Ledger.Read(host, await session.Ask(Ledger, ct), session.Facts.BootId);

    /// <summary>Forgets one handler that is owed; all else stays.</summary>
    /// <param name="session">A session with the host.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="handler">The handler's name.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="HostLockedException">Somebody is changing the host.</exception>
    /// <exception cref="CannotKeepException">It cannot be removed.</exception>
    public static async Task Forget(ISession session, string host, string handler, CancellationToken ct)
    {
        var answer = await session.Ask(
            new($"{HostRecords.LedgerFunctions}\n{HostRecords.Places}cfg_drop {Owing.StemOf(handler)}", "what is owed to be forgotten"),
            ct
        );
        if (answer.Exit != 0)
            throw await Refused(session, host, answer, ct);
    }

    /// <summary>Removes all of it.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="HostLockedException">Somebody is changing the host.</exception>
    /// <exception cref="CannotKeepException">It cannot be removed.</exception>
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
