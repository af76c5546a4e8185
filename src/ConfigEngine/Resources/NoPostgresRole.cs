namespace ConfigEngine.Resources;

/// <summary>
/// A role of PostgreSQL that does not exist (<c>DROP ROLE</c>). A role that owns something, or has privileges on something, is not
/// removed: give those to another role first.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new NoPostgresRole("old_app")</code></example>
/// <param name="Name">The role's name, in its case.</param>
public sealed record NoPostgresRole(string Name) : AbsentPostgres(Name)
{
    private protected override Aspect Thing => PostgresRole.Of(Cluster, Name);

    private protected override string What => $"role {Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. base.Problems,
            .. PostgresRole.NameProblems(Name),
            .. Name is "postgres" ? (string[])["postgres is the role that the server is administered with, and is never removed"] : [],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [.. base.Reads, PostgresDatabase.Of(Cluster, "*")];

    private protected override Sql Question =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'exists', exists (select from pg_authid where rolname = {Name}),
                'holds', (select coalesce(jsonb_agg(words order by words), '[]') from (
                    select case when dbid = 0 then 'a database or tablespace'
                        else count(*) || ' thing(s) in database ' || (select datname from pg_database where oid = dbid) end words
                    from pg_shdepend where refclassid = 'pg_authid'::regclass
                        and refobjid = (select oid from pg_authid where rolname = {Name}) group by dbid) held))
            """;

    private protected override IEnumerable<Need> Obstacles(PostgresAnswer answer) =>
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
        ];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.Do(Cluster, "postgres", (Sql)$"drop role {Name:n}")];
}
