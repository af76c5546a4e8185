namespace ConfigEngine.Resources;

/// <summary>
/// A rule of who may connect to PostgreSQL, from where and how: a line of pg_hba.conf. The first line that matches a connection
/// decides, so a rule that an earlier line would hide is put right before that line, and any other new one at the end. Other lines stay
/// in their order. The server checks the file before it uses it; if the file is wrong, the old one is put back.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new PostgresHbaRule("replication", "repl", "192.168.1.150/32") { Type = "hostssl" }</code></example>
/// <param name="Database">The database, several with commas between them, <c>all</c>, or <c>replication</c>, which <c>all</c> does not
/// include.</param>
/// <param name="User">The role, several with commas between them, <c>+ROLE</c> for its members, or <c>all</c>.</param>
/// <param name="From">A network such as <c>192.168.1.0/24</c>, the name of a host, <c>all</c>, <c>samehost</c> or <c>samenet</c>; empty
/// for connections over the local socket.</param>
public sealed record PostgresHbaRule(string Database, string User, string From) : Resource<PostgresHbaRule.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>
    /// host, hostssl, hostnossl, hostgssenc or hostnogssenc; when null: host, or local without an <see cref="From"/>.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>How the user proves who they are: scram-sha-256 by default; peer, md5, reject, trust, cert and others.</summary>
    public string Method { get; init; } = "scram-sha-256";

    /// <summary>Options of the method, such as <c>map=ops</c>; none when null.</summary>
    public string? Options { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Wanted.Subject);

    /// <summary>What a plan compares.</summary>
    /// <param name="Lines">All of pg_hba.conf.</param>
    public sealed record State(Content? Lines)
    {
        /// <summary>The path of the file.</summary>
        internal string Path { get; init; } = "";

        /// <summary>The part of the answer before the content's digest.</summary>
        internal string Head { get; init; } = "";
    }

    HbaLine Wanted =>
        new(
            Type ?? (From.Length == 0 ? "local" : "host"),
            [.. Database.Split(',').Select(HbaLine.Quoted)],
            [.. User.Split(',').Select(HbaLine.Quoted)],
            From.Length == 0 ? null : From,
            Options is null ? Method : $"{Method} {Options}"
        );

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. Database.Split(',').SelectMany(name => Named(name, "a database")),
            .. User.Split(',').SelectMany(name => Named(name.StartsWith('+') ? name[1..] : name, "a role")),
            .. From.Length > 0 && HbaLine.Problem(From) is { } wrong ? (string[])[wrong] : [],
            .. Type is null || (HbaLine.Types.Contains(Type) && (Type is "local") == (From.Length == 0))
                ? (string[])[]
                : [$"\"{Text.Excerpt(Type)}\" is not a type of rule {(From.Length == 0 ? "without" : "with")} an address"],
            .. HbaLine.Methods.Contains(Method) ? (string[])[] : [$"\"{Text.Excerpt(Method)}\" is not a method of pg_hba.conf"],
            .. Method is "peer" && From.Length > 0 ? (string[])["the method peer is for connections over the local socket"] : [],
            .. Options is null || (Options.Trim() == Options && Options.Length > 0 && !Options.Any(c => char.IsControl(c) || c is '#'))
                ? (string[])[]
                : ["its Options are not such as map=ops"],
        ];

    static IEnumerable<string> Named(string name, string what) =>
        name.Contains('"', StringComparison.Ordinal)
            ? [$"\"{Text.Excerpt(name)}\" has a double quote in it, which a name in pg_hba.conf cannot have"]
            : Sql.Problems(name, what);

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    string About => $"rules of {Cluster ?? "PostgreSQL"}";

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            new(new(About, Wanted.Subject), Wanted.Method, $"{Wanted} decides for them"),
            new(new(About, "*"), Wanted.Method, $"{Wanted} comes first and is for the same connections")
            {
                Covers = other => HbaLine.Parse($"{other} trust") is { } line && Wanted.Covers(line),
                OnlyAfter = true,
            },
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [File, PostgresServer.Of(Cluster)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [File];

    Aspect File =>
        Cluster?.Contains('/', StringComparison.Ordinal) is true
            ? Aspect.Path($"/etc/postgresql/{Cluster}/pg_hba.conf")
            : new("postgres-hba", Cluster ?? "*");

    /// <inheritdoc/>
    protected override State Desired => new((Content?)null);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_pg_hba {Cluster ?? ""} -", Parse)
        {
            Tools = ["psql"],
            Subject = $"pg_hba.conf of {Cluster ?? "PostgreSQL"}",
            Edits = true,
            Expecting = Expected,
            Needs = output =>
                PostgresAnswer.Of(Head(output, out var _)) is var answer && !answer.IsRunning
                    ? PostgresServer.Missing(answer)
                    : answer[0]
                        .Texts("errors")
                        .Select(error => new Need(new("nothing", Key), $"the server cannot use pg_hba.conf as it is: {error}")
                        {
                            Always = true,
                            Hint = "correct that line first",
                        }),
        };

    (Shell Script, string? Answer) Expected(State? state)
    {
        var digest = state?.Lines?.Digest ?? "-";
        return ($"cfg_pg_hba {Cluster ?? ""} {digest}", state is null ? null : $"{state.Head}{digest}\n");
    }

    /// <summary>The answer of the server, and the file.</summary>
    static Output Head(Output output, out Output file)
    {
        file = Output.Of("");
        if (!output.Stdout.Span.StartsWith("{"u8))
            return output;
        var (lines, rest) = AnswerHead.Split(output, 2);
        file = rest;
        return Output.Of($"{lines[0]}\n{lines[1]}\n");
    }

    State? Parse(Output output)
    {
        var head = Head(output, out var file);
        if (PostgresAnswer.Of(head) is not { IsRunning: true } answer)
            return null;
        var path = answer[0].Text("path");
        if (PathProbe.Problems(path).Any())
            throw new UnexpectedOutputException($"expected the path of pg_hba.conf, got \"{Text.Excerpt(path)}\"");
        var (digest, content) = AnswerHead.Split(file, 1);
        Content lines = new(content.Stdout);
        return lines.Digest == digest[0]
            ? new(lines) { Path = path, Head = head.Text }
            : throw new UnexpectedOutputException($"{path} was replaced while it was read");
    }

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        (actual ?? Desired) with
        {
            Lines = TextFile.Edit(actual?.Lines is { } lines ? new("file", lines) : null, "pg_hba.conf", Place).Content,
        };

    /// <summary>Puts the rule where it decides.</summary>
    void Place(TextLines lines)
    {
        var parsed = lines.Texts.Select(HbaLine.Parse).ToList();
        var wanted = Wanted;
        var same = parsed.FindIndex(line => line?.Subject == wanted.Subject);
        var hides = parsed.FindIndex(line => line is not null && line.Subject != wanted.Subject && line.Covers(wanted));
        if (same >= 0 && (hides < 0 || same < hides))
        {
            if (parsed[same]?.Method != wanted.Method)
                lines[same] = wanted.ToString();
            return;
        }

        if (same >= 0 && parsed[same]?.Method == wanted.Method && parsed[hides]?.Method == wanted.Method)
            return;
        if (same >= 0)
            lines.RemoveAll(line => HbaLine.Parse(line)?.Subject == wanted.Subject);
        if (hides >= 0)
            lines.Insert(hides, wanted.ToString());
        else
            lines.Add(wanted.ToString());
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff)
    {
        if (diff.Actual is not { } actual)
            return [];
        var wanted = Wanted;
        var before = TextFile.Lines(actual.Lines, actual.Path).Texts.Select(HbaLine.Parse).ToList();
        var hides = before.Find(line => line is not null && line.Subject != wanted.Subject && line.Covers(wanted));
        return
        [
            .. hides is null ? (string[])[] : [$"put before \"{hides}\", which would decide otherwise"],
            .. TextFile
                .Lines(diff.Desired.Lines, actual.Path)
                .Texts.Select(HbaLine.Parse)
                .OfType<HbaLine>()
                .SkipWhile(line => line.Subject != wanted.Subject)
                .Skip(1)
                .Where(line => wanted.Covers(line) && line.Method != wanted.Method)
                .Select(line => $"no longer decided by \"{line}\", which comes after it"),
        ];
    }

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var path = diff.Actual?.Path ?? "";
        Diff<PathState> file = new(new("file", diff.Actual?.Lines ?? ""), new("file", diff.Desired.Lines ?? ""));
        foreach (var operation in FileWrite.Operations(path, file, null, null, $"cfg_pg_hba_right {Cluster ?? ""}"))
            yield return operation;
        yield return new($"cfg_pg_read_again {Cluster ?? ""}") { Title = "have the server read it" };
    }
}
