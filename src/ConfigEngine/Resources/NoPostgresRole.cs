namespace ConfigEngine.Resources;

/// <summary>
/// A role of PostgreSQL that does not exist (<c>DROP ROLE</c>). A role that owns something, or has privileges on something, is not
/// removed: give those to another role first.
/// </summary>
/// <example><code>new NoPostgresRole("old_app")</code></example>
/// <param name="Name">The role's name, in its case.</param>
public sealed record NoPostgresRole(string Name) : Resource<NoPostgresRole.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether the role exists.</param>
    public sealed record State(bool? Exists);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. PostgresRole.NameProblems(Name),
            .. Name is "postgres" ? (string[])["postgres is the role that the server is administered with, and is never removed"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(PostgresRole.Of(Cluster, Name), "gone", $"there is no role {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [PostgresRole.Of(Cluster, Name), PostgresServer.Of(Cluster), PostgresDatabase.Of(Cluster, "*")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [PostgresRole.Of(Cluster, Name)];

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        PostgresServer.Probe(
            Cluster,
            [("postgres", Statement)],
            answer => new State(answer[0].Flag("exists")),
            answer =>
                [
                    .. PostgresServer.Standby(answer, Cluster),
                    .. answer[0].Texts("holds") is [_, ..] holds
                        ?
                        [
                            new Need(PostgresDatabase.Of(Cluster, "*"), $"{Name} owns or may use {string.Join(", ", holds)}")
                            {
                                Hint = "in each of them: reassign owned by … to …; drop owned by …",
                            },
                        ]
                        : (Need[])[],
                ]
        );

    Sql Statement =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'exists', exists (select from pg_authid where rolname = {Name}),
                'holds', (select coalesce(jsonb_agg(words order by words), '[]') from (
                    select case when dbid = 0 then 'a database or tablespace'
                        else count(*) || ' thing(s) in database ' || (select datname from pg_database where oid = dbid) end words
                    from pg_shdepend where refclassid = 'pg_authid'::regclass
                        and refobjid = (select oid from pg_authid where rolname = {Name}) group by dbid) held))
            """;

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.Do(Cluster, "postgres", (Sql)$"drop role {Name:n}")];
}
