namespace ConfigEngine.Resources;

/// <summary>
/// A database of PostgreSQL that does not exist: it is dropped with all of its data (<c>DROP DATABASE</c>), unless somebody is
/// connected to it.
/// </summary>
/// <example><code>new NoPostgresDatabase("old_app")</code></example>
/// <param name="Name">The database's name, in its case.</param>
public sealed record NoPostgresDatabase(string Name) : Resource<NoPostgresDatabase.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether the database exists.</param>
    public sealed record State(bool? Exists);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. Sql.Problems(Name, "a database"),
            .. Name is "postgres" or "template0" or "template1" ? (string[])[$"{Name} is part of every server, and is never removed"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(PostgresDatabase.Of(Cluster, Name), "gone", $"there is no database {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [PostgresDatabase.Of(Cluster, Name), PostgresServer.Of(Cluster)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [PostgresDatabase.Of(Cluster, Name)];

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        PostgresServer.Probe(
            Cluster,
            [("postgres", Statement)],
            answer => new State(answer[0].Flag("exists")),
            answer => PostgresServer.Standby(answer, Cluster)
        );

    Sql Statement =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'exists', exists (select from pg_database where datname = {Name}))
            """;

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) => [new(EffectKind.Discards, $"all data of the database {Name}")];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.DoAlone(Cluster, (Sql)$"drop database {Name:n}")];
}
