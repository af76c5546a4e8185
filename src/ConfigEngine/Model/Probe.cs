namespace ConfigEngine.Model;

/// <summary>
/// How to read the state of something: a snippet for the host and a parser for its answer. The snippet answers on standard output
/// and exits with 0, also when the thing does not exist; any other exit is an error, never "absent".
/// </summary>
/// <typeparam name="TState">The parser's result; null means "does not exist".</typeparam>
/// <param name="Script">The snippet. It prints what the state depends on, and nothing that changes without a cause.</param>
/// <param name="Parse">Reads the answer; throws <see cref="UnexpectedOutputException"/> if it does not know the answer's
/// form.</param>
public sealed record Probe<TState>(Shell Script, Func<Output, TState?> Parse)
    where TState : class
{
    /// <summary>
    /// A script that runs first, once for all probes with the same prelude. It may set variables whose names begin with <c>cfg_</c>
    /// for use in <see cref="Script"/>.
    /// </summary>
    public Shell? Prelude { get; init; }

    /// <summary>Commands that the snippet needs and not every host has.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Commands of which the snippet needs any one; it chooses on the host. No command is needed when empty.</summary>
    public IReadOnlyList<string> AnyTool { get; init; } = [];

    /// <summary>
    /// The thing that several resources probe in common, such as one file. After a planned change of one of them, the next one is
    /// planned against the changed state. Null where the resource shares its state with no other.
    /// </summary>
    public string? Subject { get; init; }

    /// <summary>
    /// Set if only a part of the answer is about <see cref="Subject"/>, such as fstab(5) in the answer of a mount. Null if all of
    /// it is.
    /// </summary>
    internal Part<TState>? Part { get; init; }

    /// <summary>
    /// A cheaper snippet for an expected state, with the exact answer of a host in that state: a file's content need not be sent to
    /// learn that it is the same. The answer is null if it cannot be told from the state.
    /// </summary>
    public Func<TState?, (Shell Script, string? Answer)>? Expecting { get; init; }

    /// <summary>
    /// For a snippet whose answer also has what changes without a cause, such as who uses a thing: what is asked right before a change,
    /// where all that is asked must still be so. Null where that is the snippet itself.
    /// </summary>
    internal Lasting? Lasting { get; init; }

    /// <summary>
    /// What is missing before a change can be made, by the answer: a parent directory, a user. A missing thing is an error at plan
    /// time unless an earlier change provides it. Nothing by default.
    /// </summary>
    public Func<Output, IEnumerable<Need>> Needs { get; init; } = _ => [];

    /// <summary>
    /// Whether the desired state is made from the actual one, such as a file with one more line. While the actual state is unknown,
    /// so is the desired one.
    /// </summary>
    public bool Edits { get; init; }

    /// <summary>The probe when no state is expected.</summary>
    internal ProbeScript First => new(Script, Prelude, Tools, Subject, null) { AnyTool = AnyTool, Put = Part?.Put };

    /// <summary>The probe when a state is expected.</summary>
    internal ProbeScript For(TState? state)
    {
        var (script, answer) = Expect(state);
        return new(script, Prelude, Tools, Subject, answer) { AnyTool = AnyTool, Lasting = Lasting };
    }

    /// <summary>The snippet for an expected state, with its answer where the state tells it.</summary>
    internal (Shell Script, string? Answer) Expect(TState? state) => Expecting?.Invoke(state) ?? (Script, null);

    internal TState? Read(Output output) => Parse(output);
}

/// <summary>A part of an answer that other resources probe alone.</summary>
/// <typeparam name="TState">The state of the whole answer.</typeparam>
/// <param name="Of">Gets the part's own state from the whole state.</param>
/// <param name="Put">Puts another state of the part into an answer; null where the exact bytes are not known.</param>
sealed record Part<TState>(Func<TState, object?> Of, Func<Output, object?, Output?> Put)
    where TState : class;

/// <summary>The part of an answer that does not change without a cause.</summary>
/// <param name="Script">A snippet that answers only with that part.</param>
/// <param name="Of">Gets its answer from the whole answer.</param>
sealed record Lasting(Shell Script, Func<Output, Output> Of);

/// <summary>A probe as it is sent.</summary>
/// <param name="Script">The script to run.</param>
/// <param name="Prelude">The script to run before, once.</param>
/// <param name="Tools">Commands that it needs.</param>
/// <param name="Subject">The thing that it probes in common with others.</param>
/// <param name="Answer">The exact answer of a host in the expected state, where it can be told from the state.</param>
sealed record ProbeScript(Shell Script, Shell? Prelude, IReadOnlyList<string> Tools, string? Subject, string? Answer)
{
    /// <summary>Commands of which it needs any one.</summary>
    public IReadOnlyList<string> AnyTool { get; init; } = [];

    /// <summary>
    /// Set if only a part of the answer is about the subject: puts another state of it into the answer. Null if all of it is.
    /// </summary>
    public Func<Output, object?, Output?>? Put { get; init; }

    /// <summary>What is asked right before a change, if it is not the script itself.</summary>
    public Lasting? Lasting { get; init; }
}

/// <summary>A state as a value of its own; null inside means "does not exist".</summary>
sealed record Observed(object? State);
