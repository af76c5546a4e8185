using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// The schema of a database at a revision of Alembic: the plan lists the migrations that lead there, in order. Alembic runs as
/// <see cref="Resource.As"/>, in the directory of the project and with its Python. A migration that was begun is not cut off when the
/// connection is lost. What an earlier migration added is taken back only where the recipe names it.
/// </summary>
/// <theme>postgresql</theme>
/// <example>
/// <code>
/// new AlembicMigration("/srv/app") { As = "app", Python = "/srv/app/venv/bin/python", UrlFile = "/srv/app/database-url" }
/// </code>
/// </example>
/// <param name="Directory">The directory of the project, an absolute path.</param>
public sealed partial record AlembicMigration(string Directory) : Resource<AlembicMigration.State>
{
    /// <summary>The revision: <c>head</c>, the default; <c>heads</c>; an id or its beginning; or <c>base</c>, before the first.</summary>
    public string Revision { get; init; } = "head";

    /// <summary>The interpreter that has Alembic, as in a virtual environment: an absolute path; python3 when null.</summary>
    public string? Python { get; init; }

    /// <summary>Alembic's configuration, a path in the directory; alembic.ini by default.</summary>
    public string Config { get; init; } = "alembic.ini";

    /// <summary>
    /// A file whose only line is the URL of the database, which is a secret: write it with a <see cref="File"/> that only the user may
    /// read. It is used as <c>sqlalchemy.url</c>; when null, that is as the configuration says.
    /// </summary>
    public string? UrlFile { get; init; }

    /// <summary>
    /// A file of variables for the project's env.py, one <c>NAME=value</c> a line, as systemd's EnvironmentFile; none when null.
    /// </summary>
    public string? EnvironmentFile { get; init; }

    /// <summary>
    /// The ids of the migrations that may be taken back, where <see cref="Revision"/> is before where the schema is: their data is lost.
    /// None by default.
    /// </summary>
    public IReadOnlyList<string> TakeBack { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => Config is "alembic.ini" ? Directory : $"{Directory} {Config}";

    /// <summary>What a plan compares.</summary>
    /// <param name="Revision">Where the schema is.</param>
    public sealed record State(string? Revision)
    {
        internal AlembicAnswer? Answer { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. ((string?[])[Directory, Python, UrlFile, EnvironmentFile]).OfType<string>().SelectMany(PathProbe.Problems),
            .. ValidRevision().IsMatch(Revision)
                ? (string[])[]
                : [$"\"{Text.Excerpt(Revision)}\" is not a revision: write head, heads, base, or an id"],
            .. Config.Length == 0 || Config.StartsWith('-') || Config.Any(char.IsControl)
                ? (string[])[$"\"{Text.Excerpt(Config)}\" is not the path of a configuration"]
                : [],
            .. TakeBack
                .Where(id => !ValidRevision().IsMatch(id))
                .Select(id => $"\"{Text.Excerpt(id)}\" is not the id of a migration that could be taken back"),
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Anybody;

    /// <inheritdoc/>
    internal override IEnumerable<string> How =>
        [
            .. Python is null ? (string[])[] : [$"with {Python}"],
            .. Config is "alembic.ini" ? (string[])[] : [$"as {Config} says"],
            .. UrlFile is null ? (string[])[] : [$"with the URL in {UrlFile}"],
            .. EnvironmentFile is null ? (string[])[] : [$"with the variables in {EnvironmentFile}"],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            new(Kind, Key),
            Aspect.Under(Directory),
            Aspect.Tool("python3"),
            .. ((string?[])[Python, UrlFile, EnvironmentFile]).OfType<string>().Select(Aspect.Path),
        ];

    /// <inheritdoc/>
    protected override State Desired => new(Revision);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.Answer is { Aims: { } aims } answer
            ? new(answer.Steps.Count == 0 ? null : Words(aims)) { Answer = answer }
            : Desired with
            {
                Answer = actual?.Answer,
            };

    static string Words(IReadOnlyList<string> revisions) => revisions.Count == 0 ? "base" : string.Join(' ', revisions);

    IEnumerable<string> Arguments => [Python ?? "python3", Directory, Config, UrlFile ?? "", EnvironmentFile ?? "", Revision];

    static Shell Functions { get; } = Shell.Verbatim(Script.OfProbe("alembic"));

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new(
            $"cfg_alembic {Arguments}",
            output =>
                AlembicAnswer.Parse(output) is { Current: var current } answer
                    ? new(current is null ? null : Words(current)) { Answer = answer }
                    : null
        )
        {
            Prelude = Functions,
            Needs = output => Needs(AlembicAnswer.Parse(output)),
        };

    IEnumerable<Need> Needs(AlembicAnswer answer)
    {
        Need Never(string problem, string hint) => new(new("nothing", Key), problem) { Always = true, Hint = hint };

        if (answer.Missing is { } missing)
            yield return new(Aspect.Anything, $"{missing} is not there")
            {
                Always = true,
                IsState = true,
                Hint = "declare what brings it before this line: a GitCheckout, a PythonEnvironment, a Package(\"alembic\")",
            };
        if (answer is { Owner: { } owner, Me: "root" } && (owner.Name is not "root" || owner.Mode is [.., '2' or '3' or '6' or '7']))
            yield return Never(
                $"it would run as root what {(owner.Name is "root" ? "everybody" : owner.Name)} can change in {Directory}",
                $"set As = \"{(owner.Name is "root" ? "app" : owner.Name)}\", the user of the project"
            );
        if (answer.Unreachable is { } silent)
            yield return new(Aspect.Anything, $"the database cannot be asked: {silent}")
            {
                Always = true,
                IsState = true,
                Hint = "check the URL; and declare the database and its role before this line",
            };
        if (answer.Lost is [var lost, ..])
            yield return Never(
                $"the schema is at {lost}, which {Directory} does not have: its code is older than its schema",
                "bring the newer code back, and go down with that"
            );
        if (answer.IsSeveral)
            yield return Never(
                $"there are several heads: {Text.List(answer.Heads)}",
                "merge them (alembic merge heads), set Revision = \"heads\", or name one of them"
            );
        else if (answer is { Aims: null, Current: not null, Lost: [] })
            yield return Never($"{Directory} has no revision {Revision}", "check it with: alembic history");
        if (
            answer.IsDown
            && answer.Steps.Where(step => !TakeBack.Any(id => step.StartsWith(id, StringComparison.Ordinal))).ToList() is [_, ..] kept
        )
            yield return Never(
                $"to go to {Revision} takes back {Text.List([.. kept.Select(step => $"\"{step}\"")])}, and what they added is lost",
                $"where that is wanted, name them: TakeBack = [{string.Join(", ", answer.Ids.Select(id => $"\"{id}\""))}]"
            );
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        [
            .. diff.Attributes,
            .. diff.Actual?.Answer is { Steps: [_, ..] steps } answer
                ? (AttributeChange[])[new(answer.IsDown ? "down" : "up", null, steps)]
                : [],
        ];

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        (diff.Actual?.Answer?.Open ?? []).Select(path => $"every user of the host may read {path}");

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual?.Answer is { IsDown: true } answer
            ? answer.Steps.Select(step => new Effect(EffectKind.Discards, $"what the migration {step} added") { IsNamed = true })
            : [];

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Update;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var way = diff.Actual?.Answer?.IsDown is true ? "down" : "up";
        yield return new($"{Functions}\ncfg_alembic_go {way} {Arguments}")
        {
            Title = $"$ alembic {(way is "up" ? "upgrade" : "downgrade")} {Revision}",
            Uncut = true,
            Deadline = TimeSpan.FromHours(1),
        };
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_@-]{0,99}\z")]
    private static partial Regex ValidRevision();
}
