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
        var distinct = requests.Distinct().ToList();
        return distinct.Zip(await Task.WhenAll(Send(session, distinct, ProbeTime.AfterSteps, ct))).ToDictionary();
    }

    /// <summary>Sends probes.</summary>
    /// <returns>Their answers, in the same order.</returns>
    public static IReadOnlyList<Task<Output>> Send(
        ISession session,
        IReadOnlyList<ProbeRequest> requests,
        ProbeTime when,
        CancellationToken ct
    )
    {
        var isChained = when is ProbeTime.WithSteps;
        // What a set finds out before it looks is more than the one probe of a step needs.
        if (isChained && requests is [var only])
            return [session.Ask(new(WholeScriptFor(only.Script, only.Prelude, only.As), only.What) { Chained = true }, ct)];
        var (sets, alone) = ProbeSet.Of([.. requests.Distinct()]);
        // Where such a script is not answered, neither is what follows it, which is waited for.
        foreach (
            var prelude in requests.Where(request => request.As is null).Select(request => request.Prelude).OfType<Shell>().Distinct()
        )
            _ = session.Ask(new(prelude.Text, "what several probes share") { Stays = true }, ct);
        Dictionary<ProbeRequest, Task<Output>> answers = [];
        foreach (var set in sets)
        {
            var together = set.Ask(session, when, ct);
            foreach (var member in set.Members)
                answers[member] = FromSet(together, member);
        }

        foreach (var request in alone)
            answers[request] = session.Ask(RequestFor(request) with { Chained = isChained }, ct);
        return [.. requests.Select(request => answers[request])];

        async Task<Output> FromSet(Task<IReadOnlyDictionary<ProbeRequest, Output>> together, ProbeRequest request) =>
            (await together).TryGetValue(request, out var answer) ? answer : await session.Ask(RequestFor(request), ct);
    }

    /// <summary>Sends one question that needs no prelude and may take longer than a probe.</summary>
    public static async Task<Output> Ask(ISession session, ProbeRequest question, TimeSpan deadline, CancellationToken ct) =>
        session is IProbed probed
            ? (await probed.Answers([question], ct))[question]
            : await session.Ask(RequestFor(question) with { Deadline = deadline }, ct);

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
