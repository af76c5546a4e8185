namespace ConfigEngine.Model;

/// <summary>
/// What a recipe's code asks one host. The code runs more than once where it reads an answer that is not there yet: what it asked up to
/// there is then asked together, and the code begins again.
/// </summary>
/// <param name="host">The host's name.</param>
sealed class Asked(string host)
{
    readonly Dictionary<ProbeRequest, Output> answers = [];
    readonly HashSet<ProbeRequest> open = [];

    /// <summary>What was asked and has no answer yet.</summary>
    public IReadOnlyList<ProbeRequest> Open => [.. open];

    /// <summary>Takes answers to what is open.</summary>
    public void Take(IReadOnlyDictionary<ProbeRequest, Output> given)
    {
        foreach (var request in open.Where(given.ContainsKey))
            answers[request] = given[request];
        open.RemoveWhere(answers.ContainsKey);
    }

    /// <summary>Asks; the answer is needed only where it is read.</summary>
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
/// The recipe's code needs something of the host that is not known yet: it runs again when it is. Nobody outside sees this.
/// </summary>
sealed class NotYetException : Exception;
