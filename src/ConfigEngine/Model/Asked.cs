namespace ConfigEngine.Model;

/// <summary>
/// The questions of a recipe's code to one host. When the code reads an answer that has not come yet, it is stopped; all questions
/// up to there are sent together, and then the code runs again from the start.
/// </summary>
/// <param name="host">The host's name.</param>
sealed class Asked(string host)
{
    readonly Dictionary<ProbeRequest, Output> answers = [];
    readonly HashSet<ProbeRequest> open = [];

    /// <summary>The questions that have no answer yet.</summary>
    public IReadOnlyList<ProbeRequest> Open => [.. open];

    /// <summary>Takes answers to open questions.</summary>
    public void Take(IReadOnlyDictionary<ProbeRequest, Output> given)
    {
        foreach (var request in open.Where(given.ContainsKey))
            answers[request] = given[request];
        open.RemoveWhere(answers.ContainsKey);
    }

    /// <summary>Asks a question; the answer is needed only when it is read.</summary>
    public Answer Ask(Shell command, string? user)
    {
        ProbeRequest request = new(command, null, user) { What = $"$ {command.Text}" };
        if (!answers.ContainsKey(request))
            open.Add(request);
        return new(
            host,
            request,
            RecipeTrace.Here(),
            () => answers.TryGetValue(request, out var answer) ? answer : throw new NotYetException()
        );
    }
}

/// <summary>
/// The recipe's code needs an answer or a fact that is not known yet; the code runs again when it is known. Never leaves the
/// engine.
/// </summary>
sealed class NotYetException : Exception;
