namespace ConfigEngine.Applying;

/// <summary>Asks a host questions: all at once, so that any number of them is one round trip.</summary>
static class Probing
{
    public static async Task<IReadOnlyDictionary<Question, Output>> Ask(
        ISession session,
        IReadOnlyList<Question> questions,
        CancellationToken ct
    )
    {
        var preludes = questions
            .Where(question => question.As is null)
            .Select(question => question.Prelude)
            .OfType<Shell>()
            .Distinct()
            .Select(prelude => session.Ask(new(prelude.Text, "what several probes share") { Stays = true }, ct))
            .ToList();
        var answers = questions.Select(question => session.Ask(RequestFor(question), ct)).ToList();
        await Task.WhenAll(preludes.Concat(answers));
        return questions.Zip(answers).ToDictionary(pair => pair.First, pair => pair.Second.Result);
    }

    /// <summary>A question as a request; its prelude has been run unless it is asked as another user.</summary>
    public static Request RequestFor(Question question) =>
        new(ScriptFor(question.Script, question.Prelude, question.As, preluded: true), question.What);

    /// <summary>A script as the user whose it is. Its standard input is empty there.</summary>
    public static string ScriptFor(Shell script, Shell? prelude, string? user, bool preluded)
    {
        var whole = prelude is null || (preluded && user is null) ? script.Text : $"{prelude.Text}\n{script.Text}";
        return user is null ? whole : $"cfg_as {Shell.Quote(user)} {Shell.Quote(whole)}";
    }
}
