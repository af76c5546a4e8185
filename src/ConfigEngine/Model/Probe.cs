namespace ConfigEngine.Model;

/// <summary>
/// How to see the state of something: a snippet for the host and a parser for its answer. The snippet answers on standard
/// output and exits with 0, also when the thing is not there; any other exit is an error, never "absent".
/// </summary>
/// <typeparam name="TState">What the parser returns; null is "not there".</typeparam>
/// <param name="Script">What to run on the host. It prints what the state depends on and nothing that changes by itself.</param>
/// <param name="Parse">Reads the answer; throws <see cref="UnexpectedOutputException"/> on a shape that it does not know.</param>
public sealed record Probe<TState>(Shell Script, Func<Output, TState?> Parse)
    where TState : class
{
    /// <summary>
    /// What to run first, once for all probes with the same prelude: it may set variables whose names begin with
    /// <c>cfg_</c> for <see cref="Script"/> to use.
    /// </summary>
    public Shell? Prelude { get; init; }

    /// <summary>Commands that the snippet needs and not every host has.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Commands of which the snippet needs one, whichever the host has; it chooses there. None when empty.</summary>
    public IReadOnlyList<string> AnyTool { get; init; } = [];

    /// <summary>
    /// What several resources look at in common, such as one file: a planned change of one is then what the next one
    /// is planned against. Null where the resource is alone with its state.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>
    /// Set where only a part of the answer is what <see cref="Subject"/> names, such as fstab(5) in the answer of a mount. Null
    /// where all of it is.
    /// </summary>
    internal Part<TState>? Part { get; init; }

    /// <summary>
    /// A cheaper snippet for a state that is expected, with the exact answer that a host in that state gives: the
    /// content of a file need not travel to learn that it is still the same. No answer where the state does not tell it.
    /// </summary>
    public Func<TState?, (Shell Script, string? Answer)>? Expecting { get; init; }

    /// <summary>
    /// What must be there before a change can be made, and is not, by the answer: a parent directory, a user. It is an
    /// error at plan time unless an earlier change provides it. Nothing unless set.
    /// </summary>
    public Func<Output, IEnumerable<Need>> Needs { get; init; } = _ => [];

    /// <summary>
    /// Whether what is wanted is made from what is there, such as a file with one more line: where nobody knows what is there, nothing can
    /// be said of it.
    /// </summary>
    public bool Edits { get; init; }

    /// <summary>How it is looked at when nothing is expected.</summary>
    internal ProbeScript First => new(Script, Prelude, Tools, Subject, null) { AnyTool = AnyTool, Put = Part?.Put };

    /// <summary>How it is looked at when a state is expected.</summary>
    internal ProbeScript For(TState? state)
    {
        var (script, answer) = Expect(state);
        return new(script, Prelude, Tools, Subject, answer) { AnyTool = AnyTool };
    }

    /// <summary>The snippet for a state that is expected, with the answer that it gives, where the state tells it.</summary>
    internal (Shell Script, string? Answer) Expect(TState? state) => Expecting?.Invoke(state) ?? (Script, null);

    internal TState? Read(Output output) => Parse(output);
}

/// <summary>A part of an answer that other resources look at by itself.</summary>
/// <typeparam name="TState">The state that the whole answer is read as.</typeparam>
/// <param name="Of">The part's own state in that.</param>
/// <param name="Put">An answer with another state of the part in it; null where that is not known to the byte.</param>
sealed record Part<TState>(Func<TState, object?> Of, Func<Output, object?, Output?> Put)
    where TState : class;

/// <summary>A probe as it is sent.</summary>
/// <param name="Script">What to run.</param>
/// <param name="Prelude">What to run before, once.</param>
/// <param name="Tools">Commands that it needs.</param>
/// <param name="Subject">What it looks at in common with others.</param>
/// <param name="Answer">The exact answer of a host that is as expected, where it can be told from the state.</param>
sealed record ProbeScript(Shell Script, Shell? Prelude, IReadOnlyList<string> Tools, string? Subject, string? Answer)
{
    /// <summary>Commands of which it needs one.</summary>
    public IReadOnlyList<string> AnyTool { get; init; } = [];

    /// <summary>Where only a part of the answer is of the subject: puts another state of it in. Null where all of it is.</summary>
    public Func<Output, object?, Output?>? Put { get; init; }
}

/// <summary>A state as a value of its own: null inside is "not there".</summary>
sealed record Observed(object? State);
