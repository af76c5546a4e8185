namespace ConfigEngine.Resources;

/// <summary>
/// A replication slot of PostgreSQL that does not exist, so that the server keeps no WAL for it. A slot that is being read is not
/// dropped.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new NoPostgresReplicationSlot("old_standby")</code></example>
/// <param name="Name">The slot's name.</param>
public sealed record NoPostgresReplicationSlot(string Name) : AbsentPostgres(Name)
{
    private protected override Aspect Thing => PostgresReplicationSlot.Of(Cluster, Name);

    private protected override string What => $"slot {Name}";

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => [.. base.Problems, .. PostgresReplicationSlot.NameProblems(Name)];

    private protected override Sql Question =>
        $"""
            select jsonb_build_object('exists', exists (select from pg_replication_slots where slot_name = {Name}),
                'active', exists (select from pg_replication_slots where slot_name = {Name} and active))
            """;

    private protected override IEnumerable<Need> Obstacles(PostgresAnswer answer) =>
        answer[0].Flag("active")
            ? [new(Thing, $"the slot {Name} is being read") { Hint = "have its reader end before this, such as a standby" }]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        [new(EffectKind.Discards, $"the WAL that the server keeps for the slot {Name}") { IsNamed = true }];

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [PostgresServer.Do(Cluster, "postgres", (Sql)$"select pg_drop_replication_slot({Name})")];
}
