namespace ConfigEngine.Applying;

/// <summary>
/// Sends probes to a host: all at once, so that any number of them takes one round trip, and together where the host can answer them
/// together (<see cref="ProbeSet"/>).
/// </summary>
static class Probing
{
    public static async Task<IReadOnlyDictionary<ProbeRequest, Output>> Ask(
        ISession session,
        IReadOnlyList<ProbeRequest> requests,
        CancellationToken ct
    )
    {
        if (session is IProbed probed)
            return await probed.Answers(requests, ct);
        var (sets, alone) = ProbeSet.Of(requests);
        var preludes = requests
            .Where(request => request.As is null)
            .Select(request => request.Prelude)
            .OfType<Shell>()
            .Distinct()
            .Select(prelude => session.Ask(new(prelude.Text, "what several probes share") { Stays = true }, ct))
            .ToList();
        var together = sets.Select(set => set.Ask(session, ct)).ToList();
        var answers = alone.Select(request => session.Ask(RequestFor(request), ct)).ToList();
        await Task.WhenAll(preludes.Concat<Task>(together).Concat(answers));
        var all = together.SelectMany(set => set.Result).Concat(Pair(alone, answers)).ToDictionary();
        IReadOnlyList<ProbeRequest> rest = [.. requests.Where(request => !all.ContainsKey(request))];
        if (rest.Count == 0)
            return all;
        var more = rest.Select(request => session.Ask(RequestFor(request), ct)).ToList();
        await Task.WhenAll(more);
        return all.Concat(Pair(rest, more)).ToDictionary();
    }

    /// <summary>Sends one question that needs no prelude and may take longer than a probe.</summary>
    public static async Task<Output> Ask(ISession session, ProbeRequest question, TimeSpan deadline, CancellationToken ct) =>
        session is IProbed probed
            ? (await probed.Answers([question], ct))[question]
            : await session.Ask(RequestFor(question) with { Deadline = deadline }, ct);

    static IEnumerable<KeyValuePair<ProbeRequest, Output>> Pair(
        IReadOnlyList<ProbeRequest> requests,
        IReadOnlyList<Task<Output>> answers
    ) => requests.Zip(answers, (request, answer) => KeyValuePair.Create(request, answer.Result));

    /// <summary>
    /// A probe as a request of a session. The session has already run its prelude, unless the probe runs as another user.
    /// </summary>
    public static Request RequestFor(ProbeRequest request) => new(ScriptFor(request.Script, request.Prelude, request.As), request.What);

    /// <summary>
    /// A script as the user that it runs as, in a session that has already run its prelude; only another user needs the prelude
    /// again. That user's script has an empty standard input.
    /// </summary>
    public static string ScriptFor(Shell script, Shell? prelude, string? user) =>
        user is null ? script.Text : WholeScriptFor(script, prelude, user);

    /// <summary>The same with its prelude, for a session that may not have run the prelude.</summary>
    public static string WholeScriptFor(Shell script, Shell? prelude, string? user)
    {
        var whole = prelude is null ? script.Text : $"{prelude.Text}\n{script.Text}";
        return user is null ? whole : $"cfg_as {Shell.Quote(user)} {Shell.Quote(whole)}";
    }
}
