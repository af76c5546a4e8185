using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A program that supervisord keeps running: a file in /etc/supervisor/conf.d. After a change only this program is restarted, and
/// supervisord reads the file before anything is restarted: where it cannot, the old file is put back. A program that does not stay up
/// is a failed change.
/// </summary>
/// <theme>services</theme>
/// <example>
/// <code>
/// new SupervisorProgram("worker")
/// {
///     Command   = $"/srv/app/venv/bin/celery -A app worker --loglevel {"info"}",
///     Directory = "/srv/app",
///     User      = "app",
///     StopWait  = TimeSpan.FromMinutes(10),
///     TaskLimit = TimeSpan.FromMinutes(5),
/// }
/// </code>
/// </example>
/// <param name="Name">The program's name: letters, digits, dots, dashes and underscores.</param>
public sealed partial record SupervisorProgram(string Name) : Resource<SupervisorProgram.State>
{
    /// <summary>
    /// The command and its arguments. supervisord starts it without a shell: variables and redirections need <c>sh -c</c>.
    /// </summary>
    public required Shell Command { get; init; }

    /// <summary>The directory in which it runs; that of supervisord when null.</summary>
    public string? Directory { get; init; }

    /// <summary>The user that it runs as; the user of supervisord, which is root, when null.</summary>
    public string? User { get; init; }

    /// <summary>Its variables, besides those of supervisord. None by default.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>
    /// Variables that hold secrets, one <c>NAME=value</c> a line: <c>$"BROKER_URL={url}\n"</c>. The file is then for root alone. None
    /// when null.
    /// </summary>
    public Content? SecretEnvironment { get; init; }

    /// <summary>How many processes run it; 1 by default. Each is named after the program and its number.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Whether it starts with supervisord; true by default.</summary>
    public bool AutoStart { get; init; } = true;

    /// <summary>Whether it starts again when it ends: true, false, or unexpected; true by default.</summary>
    public string AutoRestart { get; init; } = "true";

    /// <summary>How long it must run to count as started, in whole seconds; 1 second when null.</summary>
    public TimeSpan? StartWait { get; init; }

    /// <summary>The signal that stops it, such as TERM or QUIT; TERM when null.</summary>
    public string? StopSignal { get; init; }

    /// <summary>
    /// How long supervisord waits after that signal before it kills the program, in whole seconds; 10 seconds when null. A worker that
    /// finishes its tasks first needs more than its longest task takes.
    /// </summary>
    public TimeSpan? StopWait { get; init; }

    /// <summary>
    /// How long a task of the program may take, as Celery's <c>task_time_limit</c>: a plan says so where <see cref="StopWait"/> is not
    /// longer. Nothing is compared when null.
    /// </summary>
    public TimeSpan? TaskLimit { get; init; }

    /// <summary>
    /// Whether the signal goes to the program's children, too; false when null. A worker of Celery tells its children itself.
    /// </summary>
    public bool? StopAsGroup { get; init; }

    /// <summary>Whether the program's children are killed with it; as <see cref="StopAsGroup"/> when null.</summary>
    public bool? KillAsGroup { get; init; }

    /// <summary>The file for its output; one that supervisord names when null.</summary>
    public string? Log { get; init; }

    /// <summary>
    /// The file for its errors; when null, that of its output if <see cref="Log"/> is set, and otherwise one that supervisord names.
    /// </summary>
    public string? ErrorLog { get; init; }

    /// <summary>The order in which programs start: lower ones first; 999 when null.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether it runs now; true by default, and left alone when null.</summary>
    public bool? Running { get; init; } = true;

    /// <summary>Restarts it, and no other program: <c>Notifies = [worker.Restart]</c>, for example when its code changed.</summary>
    public Handler Restart =>
        new($"restart {Name} (supervisor)", $"cfg_supervisor_stop {Name}; cfg_supervisor_start {Name}")
        {
            Restarts = $"supervisor program {Name}",
            Deadline = Patience(StopWait),
        };

    /// <inheritdoc/>
    public override string Key => Name;

    string File => FileOf(Name);

    internal static string FileOf(string name) => $"/etc/supervisor/conf.d/{name}.conf";

    static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop and a start may take.</summary>
    static TimeSpan Patience(TimeSpan? wait) => (wait ?? UsualWait) + TimeSpan.FromMinutes(2);

    /// <summary>What a plan compares.</summary>
    /// <param name="Content">The file.</param>
    /// <param name="Owner">Its owner, which is root.</param>
    /// <param name="Group">Its group, which is root.</param>
    /// <param name="Mode">Its mode.</param>
    /// <param name="Loaded">Whether supervisord uses the file as it is.</param>
    /// <param name="Running">How many of its processes run, or whether all do.</param>
    public sealed record State(Content? Content, string? Owner, string? Group, Mode? Mode, bool? Loaded, string? Running) : IFileState
    {
        internal int Up { get; init; }
    }

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => User is null || !Names.IsUser(User) ? [] : Claim.Owners(User, null);

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [Aspect.Path(File), Program(Name), Aspect.Tool("supervisorctl"), .. User is null ? (Aspect[])[] : [Aspect.User(User)]];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Aspect.Path(File), Program(Name)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Owns => [Aspect.Path(File)];

    internal static Aspect Program(string name) => new("supervisor-program", name);

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            Wanted,
            "root",
            "root",
            SecretEnvironment is null ? "0644" : "0600",
            true,
            Running switch
            {
                true => All,
                false => "none",
                null => null,
            }
        );

    string All => Processes == 1 ? "yes" : $"all {Processes}";

    Content Wanted => ((Content)Lines([.. Environment, .. SecretVariables])).As(SecretEnvironment);

    IEnumerable<KeyValuePair<string, string>> SecretVariables =>
        (SecretEnvironment?.Text ?? "")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line =>
                line.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
                    ? new KeyValuePair<string, string>(line[..at], line[(at + 1)..])
                    : new(line, "")
            );

    Probe<PathState> FileProbe => PathProbe.OfRoot(File, Wanted).Probe;

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_supervisor {Name} {User ?? ""}\n{FileProbe.Script}", Parse)
        {
            Prelude = FileProbe.Prelude,
            Tools = ["supervisorctl"],
            Needs = Needs,
        };

    static (Properties Said, Output File) Split(Output output) => AnswerHead.Until(output, "file");

    IEnumerable<Need> Needs(Output output)
    {
        var (said, file) = Split(output);
        return
        [
            .. FileProbe.Needs(file),
            .. said.Find("user") is "nobody" ? (Need[])[new(Aspect.User(User ?? ""), $"the user {User} does not exist")] : [],
            .. said["supervisor"] is "no"
                ? (Need[])
                    [
                        new(Aspect.Unit("supervisor.service"), "supervisord does not run")
                        {
                            Hint = "declare new SystemdUnit(\"supervisor.service\") { Running = true } before this line",
                        },
                    ]
                : [],
            .. SecretVariables
                .SelectMany(variable => VariableProblems(variable.Key, variable.Value))
                .Select(problem => new Need(new("nothing", Key), $"in its SecretEnvironment, {problem}")
                {
                    Always = true,
                    Hint = "change it",
                }),
        ];
    }

    State? Parse(Output output)
    {
        var (said, rest) = Split(output);
        var file = FileProbe.Read(rest);
        switch (said["supervisor"])
        {
            case "no":
                return file is null ? null : new(file.Content, file.Owner, file.Group, file.Mode, null, null);
            case "yes" or "wrong":
                break;
            case var other:
                throw new UnexpectedOutputException($"expected whether supervisord runs, got \"{Text.Excerpt(other)}\"");
        }

        var (processes, up) = (Number.Read(said["processes"], "the number of processes"), Number.Read(said["running"], "how many run"));
        bool? loaded = said["loaded"] switch
        {
            "yes" => true,
            "no" => false,
            var other => throw new UnexpectedOutputException($"expected whether the program is loaded, got \"{Text.Excerpt(other)}\""),
        };
        return file is null && processes == 0
            ? null
            : new(
                file?.Content,
                file?.Owner,
                file?.Group,
                file?.Mode,
                loaded,
                up == 0 ? "none"
                    : up == Processes && processes == Processes ? All
                    : $"{up} of {processes}"
            )
            {
                Up = up,
            };
    }

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => diff.Actual?.Content is null ? Verb.Create : Verb.Update;

    static bool Updates(Diff<State> diff) => diff.Creates || diff.Changes(s => s.Content) || diff.Changes(s => s.Loaded);

    static bool Restarts(Diff<State> diff) => Updates(diff) && diff.Actual is { Up: > 0 };

    /// <summary>How long the running program is waited for: as long as it was told when it started.</summary>
    static TimeSpan WaitOf(State? actual) =>
        StopWaitLine().Match(actual?.Content?.Text ?? "") is { Success: true } match
        && int.TryParse(match.Groups[1].Value, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : UsualWait;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (TaskLimit is { } limit && (StopWait ?? UsualWait) <= limit)
            yield return $"its StopWait of {(StopWait ?? UsualWait).TotalSeconds:0.###} s is not longer than its TaskLimit of "
                + $"{limit.TotalSeconds:0.###} s: a stop kills tasks that would have ended";
        if (Restarts(diff) && WaitOf(diff.Actual) is var wait && wait < (StopWait ?? UsualWait))
            yield return $"this restart still waits only {wait.TotalSeconds:0.###} s, as the running program was started";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        Restarts(diff) ? [new(EffectKind.Restarts, $"supervisor program {Name}")] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var file = RootFile.Diff(diff.Actual, Wanted, Desired.Mode);
        foreach (var operation in file.IsEmpty ? [] : FileWrite.Operations(File, file, null, null, $"cfg_supervisor_accepts"))
            yield return operation;
        var patience = Patience(new[] { StopWait ?? UsualWait, WaitOf(diff.Actual) }.Max());
        if (Updates(diff))
            yield return new($"cfg_supervisor_update {Name}") { Title = $"$ supervisorctl update {Name}", Deadline = patience };
        if (Running is true && (Updates(diff) || diff.Changes(s => s.Running)))
            yield return new($"cfg_supervisor_start {Name}") { Title = $"$ supervisorctl start {Name}:*", Deadline = patience };
        else if (Running is false && (Updates(diff) || diff.Changes(s => s.Running)))
            yield return new($"cfg_supervisor_stop {Name}") { Title = $"$ supervisorctl stop {Name}:*", Deadline = patience };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\z")]
    private static partial Regex ValidName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^stopwaitsecs *= *([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex StopWaitLine();
}
