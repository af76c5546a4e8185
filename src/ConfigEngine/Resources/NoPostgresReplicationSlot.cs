namespace ConfigEngine.Resources;

/// <summary>
/// A replication slot of PostgreSQL that does not exist, so that the server keeps no WAL for it. A slot that is being read is not
/// dropped.
/// </summary>
/// <example><code>new NoPostgresReplicationSlot("old_standby")</code></example>
/// <param name="Name">The slot's name.</param>
public sealed record NoPostgresReplicationSlot(string Name) : Resource<NoPostgresReplicationSlot.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether the slot exists.</param>
    public sealed record State(bool? Exists);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [.. PostgresServer.Problems(Cluster), .. PostgresReplicationSlot.NameProblems(Name)];

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(PostgresReplicationSlot.Of(Cluster, Name), "gone", $"there is no slot {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [PostgresReplicationSlot.Of(Cluster, Name), PostgresServer.Of(Cluster)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [PostgresReplicationSlot.Of(Cluster, Name)];

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        PostgresServer.Probe(
            Cluster,
            [("postgres", Statement)],
            answer => new State(answer[0].Flag("exists")),
            answer =>
                answer[0].Flag("active")
                    ?
                    [
                        new Need(PostgresReplicationSlot.Of(Cluster, Name), $"the slot {Name} is being read")
                        {
                            Hint = "have its reader end before this, such as a standby",
                        },
                    ]
                    : (Need[])[]
        );

    Sql Statement =>
        $"""
            select jsonb_build_object('exists', exists (select from pg_replication_slots where slot_name = {Name}),
                'active', exists (select from pg_replication_slots where slot_name = {Name} and active))
            """;

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        [new(EffectKind.Discards, $"the WAL that the server keeps for the slot {Name}")];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.Do(Cluster, "postgres", (Sql)$"select pg_drop_replication_slot({Name})")];
}
