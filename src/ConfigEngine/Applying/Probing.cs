namespace ConfigEngine.Applying;

/// <summary>Sends probes to a host: all at once, so that any number of them takes one round trip.</summary>
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
        var preludes = requests
            .Where(request => request.As is null)
            .Select(request => request.Prelude)
            .OfType<Shell>()
            .Distinct()
            .Select(prelude => session.Ask(new(prelude.Text, "what several probes share") { Stays = true }, ct))
            .ToList();
        var answers = requests.Select(request => session.Ask(RequestFor(request), ct)).ToList();
        await Task.WhenAll(preludes.Concat(answers));
        return requests.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second.Result);
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
