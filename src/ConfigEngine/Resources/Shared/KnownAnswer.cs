namespace ConfigEngine.Resources;

/// <summary>Answers that are kept in a state: a host in that state is expected to give this answer.</summary>
static class KnownAnswer
{
    /// <summary>
    /// The answer, if the state is still the one that was read from it. A state that a change made still holds the old answer.
    /// </summary>
    public static string? Answer<TState>(TState state, string? answer, Func<Output, TState?> parse)
        where TState : class => answer is not null && new Diff<TState>(parse(Output.Of(answer)), state).IsEmpty ? answer : null;
}
