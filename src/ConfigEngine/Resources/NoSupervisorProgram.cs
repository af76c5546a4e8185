namespace ConfigEngine.Resources;

/// <summary>
/// No program of supervisord with this name: it is stopped, as slowly as its configuration allows, and its file in
/// /etc/supervisor/conf.d is removed. Other programs go on.
/// </summary>
/// <theme>services</theme>
/// <example><code>new NoSupervisorProgram("worker")</code></example>
/// <param name="Name">The program's name, which is that of its file, too.</param>
public sealed record NoSupervisorProgram(string Name) : Resource<NoSupervisorProgram.State>
{
    /// <inheritdoc/>
    public override string Key => Name;

    string File => SupervisorProgram.FileOf(Name);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => SupervisorProgram.NameProblems(Name);

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [Claim.NoPath(File)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Aspect.Path(File), SupervisorProgram.Program(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => Reads;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    /// <summary>What a plan compares.</summary>
    /// <param name="File">The type of the file: <c>nothing</c>, or the name that stat(1) gives it.</param>
    /// <param name="Running">How many of its processes run.</param>
    public sealed record State(string? File, int? Running);

    /// <inheritdoc/>
    protected override State Desired => new("nothing", 0);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_no_supervisor {Name}\ncfg_path {File} - 0 '' '' goes", Parse)
        {
            Needs = output => PathProbe.Denials(File, AnswerHead.Until(output, "file").Remainder),
        };

    static State? Parse(Output output)
    {
        var (said, rest) = AnswerHead.Until(output, "file");
        var type = PathProbe.TypeAt(rest);
        var running = said["supervisor"] is "no" ? 0 : Number.Read(said["running"], "how many processes run");
        return type is "absent" && running == 0 ? null : new(type is "absent" ? "nothing" : type, running);
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        if (diff.Creates || diff.Changes(s => s.File))
            yield return new($"cfg_remove /etc/supervisor/conf.d {Name}.conf") { TellsFirstWrite = true, Title = $"remove {File}" };

        // supervisord waits as long as the program's own configuration says.
        yield return new($"cfg_supervisor_forget {Name}") { Title = $"$ supervisorctl update {Name}", Deadline = TimeSpan.FromHours(1) };
    }
}
