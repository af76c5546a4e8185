namespace ConfigEngine.Resources;

/// <summary>
/// A database of PostgreSQL that does not exist: it is dropped with all of its data (<c>DROP DATABASE</c>), unless somebody is
/// connected to it.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new NoPostgresDatabase("old_app")</code></example>
/// <param name="Name">The database's name, in its case.</param>
public sealed record NoPostgresDatabase(string Name) : AbsentPostgres(Name)
{
    private protected override Aspect Thing => PostgresDatabase.Of(Cluster, Name);

    private protected override string What => $"database {Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. base.Problems,
            .. Sql.Problems(Name, "a database"),
            .. Name is "postgres" or "template0" or "template1" ? (string[])[$"{Name} is part of every server, and is never removed"] : [],
        ];

    private protected override Sql Question =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'exists', exists (select from pg_database where datname = {Name}))
            """;

    private protected override IEnumerable<Need> Obstacles(PostgresAnswer answer) => PostgresServer.Standby(answer, Cluster);

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        [new(EffectKind.Discards, $"all data of the database {Name}") { IsNamed = true }];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.DoAlone(Cluster, (Sql)$"drop database {Name:n}")];
}
