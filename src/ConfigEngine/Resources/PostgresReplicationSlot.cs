namespace ConfigEngine.Resources;

/// <summary>
/// A replication slot of PostgreSQL: the server keeps the WAL that the slot's reader has not received yet, however long that takes;
/// <c>max_slot_wal_keep_size</c> is the limit. Its name and the server's identifier are values for the standby that reads it.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new PostgresReplicationSlot("standby1")</code></example>
/// <param name="Name">The slot's name: small letters, digits and underscores.</param>
public sealed record PostgresReplicationSlot(string Name) : Resource<PostgresReplicationSlot.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>The output plugin of a logical slot, such as <c>pgoutput</c>; null for a physical slot, which a standby reads.</summary>
    public string? Plugin { get; init; }

    /// <summary>The database of a logical slot; null for a physical slot.</summary>
    public string? Database { get; init; }

    /// <summary>Its name, for a <see cref="PostgresStandby"/>; known after apply if the slot does not exist yet.</summary>
    public Known<string> SlotName => Made(state => state.Identifier.Length > 0 ? Name : null);

    /// <summary>
    /// The identifier of the server's data, which its standbys share (<c>pg_control_system</c>); known after apply if the slot does
    /// not exist yet.
    /// </summary>
    public Known<string> SystemIdentifier => Made(state => state.Identifier is { Length: > 0 } identifier ? identifier : null);

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Plugin">The output plugin; empty for a physical slot.</param>
    /// <param name="Database">The database; empty for a physical slot.</param>
    public sealed record State(string? Plugin, string? Database)
    {
        /// <summary>The identifier of the server's data.</summary>
        internal string Identifier { get; init; } = "";
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. NameProblems(Name),
            .. Plugin is null != Database is null ? (string[])["a Plugin and a Database belong together"] : [],
            .. Plugin is null ? [] : Sql.Problems(Plugin, "a plugin"),
            .. Database is null ? [] : Sql.Problems(Database, "a database"),
        ];

    /// <summary>What is wrong with the name of a slot.</summary>
    internal static IEnumerable<string> NameProblems(string name) =>
        name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_')
            ? []
            : [$"\"{Text.Excerpt(name)}\" is not a valid name for a slot: it has small letters, digits and underscores"];

    /// <summary>The slot as a part of the host.</summary>
    internal static Aspect Of(string? cluster, string name) => new("postgres-replication-slot", PostgresServer.Key(cluster, name));

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(Of(Cluster, Name), "there", $"there is a slot {Name}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [Of(Cluster, Name), PostgresServer.Of(Cluster), .. Database is null ? (Aspect[])[] : [PostgresDatabase.Of(Cluster, Database)]];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Of(Cluster, Name)];

    /// <inheritdoc/>
    protected override State Desired => new(Plugin, Database);

    /// <inheritdoc/>
    protected override Probe<State> Probe => PostgresServer.Probe(Cluster, [("postgres", Statement)], Parse, Needs);

    // Only versions from 13 on have wal_status.
    Sql Statement =>
        $"""
            select jsonb_build_object('identifier', (select system_identifier::text from pg_control_system()),
                'wal_level', current_setting('wal_level'), 'slot', (select jsonb_build_object('plugin', coalesce(plugin, ''),
                    'database', coalesce(database, ''), 'lost', coalesce(to_jsonb(own) ->> 'wal_status', '') = 'lost')
                    from pg_replication_slots own where slot_name = {Name}))
            """;

    static State? Parse(PostgresAnswer answer) =>
        answer[0].Find("slot") is { } slot
            ? new(slot.Text("plugin"), slot.Text("database")) { Identifier = answer[0].Text("identifier") }
            : null;

    IEnumerable<Need> Needs(PostgresAnswer answer)
    {
        if (answer[0].Find("slot") is not { } slot)
        {
            var (level, needed) = (answer[0].Text("wal_level"), Plugin is null ? "replica" : "logical");
            if (level is "minimal" || (level is not "logical" && needed is "logical"))
                yield return new(new("postgres-setting", "*"), $"PostgreSQL {answer.Name} runs with wal_level = {level}")
                {
                    Hint = $"declare new PostgresSetting(\"wal_level\") {{ Value = \"{needed}\" }} before this line",
                };
            yield break;
        }

        if (slot.Flag("lost"))
            yield return new(Of(Cluster, Name), $"the server no longer has the WAL that the reader of {Name} needs (wal_status is lost)")
            {
                Always = true,
                Hint = $"drop it with new NoPostgresReplicationSlot(\"{Name}\"), make it again, and build its standby again",
            };
        else if (Parse(answer) is { } actual && (actual.Plugin != (Plugin ?? "") || actual.Database != (Database ?? "")))
            yield return new(Of(Cluster, Name), $"the slot is {Words(actual)}, and cannot become {Words(Desired)}")
            {
                Always = true,
                Hint = $"use another name; or drop it with new NoPostgresReplicationSlot(\"{Name}\") first",
            };
    }

    static string Words(State slot) => slot.Plugin is { Length: > 0 } plugin ? $"logical ({plugin} in {slot.Database})" : "physical";

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            Plugin is { } plugin && Database is { } database
                ? PostgresServer.Do(Cluster, database, (Sql)$"select pg_create_logical_replication_slot({Name}, {plugin})")
                : PostgresServer.Do(Cluster, "postgres", (Sql)$"select pg_create_physical_replication_slot({Name}, true)"),
        ];
}
