namespace ConfigEngine.Resources;

/// <summary>Answers that are noted in a state, to be expected of a host that is in it.</summary>
static class KnownAnswer
{
    /// <summary>
    /// The answer, if the state is still the one that it told: a state that a change made carries over what was noted before.
    /// </summary>
    public static string? Answer<TState>(TState state, string? answer, Func<Output, TState?> parse)
        where TState : class => answer is not null && new Diff<TState>(parse(Output.Of(answer)), state).IsEmpty ? answer : null;
}
