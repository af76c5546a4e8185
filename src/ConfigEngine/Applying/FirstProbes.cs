namespace ConfigEngine.Applying;

/// <summary>
/// The first probes of a host: the records of earlier runs, and then the state of resources. Probes that do not depend on the
/// host's facts can be sent while its session opens, so that they cost no extra round trip.
/// </summary>
/// <param name="early">The probes that are known before the facts are known.</param>
/// <param name="ct">Stops waiting.</param>
sealed class FirstProbes(IReadOnlyList<ProbeRequest> early, CancellationToken ct)
{
    Task<(Output Ledger, IReadOnlyDictionary<ProbeRequest, Output> Answers)>? asked;

    /// <summary>Sends the early probes.</summary>
    public void Ask(ISession session) => asked = AskEarly(session);

    /// <summary>The answers to the early probes.</summary>
    public async Task<IReadOnlyDictionary<ProbeRequest, Output>> Early(ISession session) => (await (asked ??= AskEarly(session))).Answers;

    /// <summary>The answers to the early probes and to the others.</summary>
    /// <param name="session">The session.</param>
    /// <param name="requests">All probes.</param>
    public async Task<(Output Ledger, IReadOnlyDictionary<ProbeRequest, Output> Answers)> Answers(
        ISession session,
        IReadOnlyList<ProbeRequest> requests
    )
    {
        var first = asked ??= AskEarly(session);
        var rest = Probing.Ask(session, [.. requests.Except(early)], ct);
        var (ledger, answers) = await first;
        return (ledger, (await rest).Concat(answers).ToDictionary());
    }

    async Task<(Output Ledger, IReadOnlyDictionary<ProbeRequest, Output> Answers)> AskEarly(ISession session)
    {
        var ledger = session.Ask(Records.Ledger, ct);
        var answers = Probing.Ask(session, early, ct);
        return (await ledger, await answers);
    }
}
