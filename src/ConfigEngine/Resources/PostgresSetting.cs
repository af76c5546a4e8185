using System.Text.RegularExpressions;

namespace ConfigEngine.Resources;

/// <summary>
/// A setting of PostgreSQL for the whole server (<c>ALTER SYSTEM</c>): it takes precedence over the same setting in other files of the
/// configuration. The server reads it again, or is restarted if the setting needs that: the plan says which. Neighbouring settings are
/// set together, with one restart. If the server does not start with them, the old ones are put back. <c>wal_keep_size</c> is
/// <c>wal_keep_segments</c> on a server up to version 12: the size is written as segments there.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new PostgresSetting("max_wal_senders") { Value = "10" }</code></example>
/// <param name="Name">The setting's name.</param>
public sealed partial record PostgresSetting(string Name) : Resource<PostgresSetting.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>The value, as in postgresql.conf but without quotes: <c>256MB</c>, <c>on</c>, <c>10</c>.</summary>
    public required string Value { get; init; }

    /// <summary>
    /// Whether the server is restarted if the setting needs that. When false, the value is only written, and takes effect at the next
    /// restart. True when null.
    /// </summary>
    public bool? Restart { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Value">The value in the configuration.</param>
    /// <param name="InEffect">Whether the server runs with the value in the configuration.</param>
    public sealed record State(string? Value, bool? InEffect)
    {
        /// <summary>Whether the setting needs a restart.</summary>
        internal bool NeedsRestart { get; init; }

        /// <summary>The value that the server runs with.</summary>
        internal string Running { get; init; } = "";

        /// <summary>How values of the setting are written.</summary>
        internal PostgresValue? Kind { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. Valid().IsMatch(Name) ? (string[])[] : [$"\"{Text.Excerpt(Name)}\" is not a valid name for a setting"],
            .. Name is "data_directory" or "config_file"
                ? (string[])[$"{Name} cannot be set while the server runs; it is part of how the server is started"]
                : [],
            .. Value.Any(char.IsControl) || Value.Any(char.IsSurrogate) ? (string[])["its Value has control characters in it"] : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [Of(Cluster, Name), PostgresServer.Of(Cluster), Aspect.Under("/etc/postgresql")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Of(Cluster, Name)];

    static Aspect Of(string? cluster, string name) => new("postgres-setting", PostgresServer.Key(cluster, name));

    /// <inheritdoc/>
    protected override State Desired => new(Value, Restart is false ? null : true);

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual?.Value is { } value && actual.Kind?.Same(Value, value) is true ? Desired with { Value = null } : Desired;

    /// <inheritdoc/>
    protected override Probe<State> Probe => PostgresServer.Probe(Cluster, [("postgres", Statement)], Parse, Needs);

    /// <summary>How much WAL is kept: a size since version 13, and before that a number of segments.</summary>
    const string KeepSize = "wal_keep_size",
        KeepSegments = "wal_keep_segments";

    Sql Names => Name is KeepSize ? $"in ({KeepSize}, {KeepSegments})" : (Sql)$"= lower({Name})";

    /// <summary>A number of segments is a size in units of one.</summary>
    Sql Unit => Name is KeepSize ? $"(select setting || 'B' from pg_settings where name = 'wal_segment_size')" : (Sql)$"''";

    Sql Statement =>
        $"""
            select jsonb_build_object('setting', (select jsonb_build_object('value', setting, 'unit', coalesce(unit, {Unit}), 'type', vartype,
                'context', context, 'words', coalesce(to_jsonb(enumvals), '[]'), 'least', coalesce(min_val, ''), 'most', coalesce(max_val, ''),
                'default', coalesce(boot_val, ''), 'source', source) from pg_settings where name {Names}),
                'file', (select jsonb_build_object('value', setting, 'error', error) from pg_file_settings where lower(name) {Names}
                    order by seqno desc limit 1),
                'names', case when exists (select from pg_settings where name {Names}) then '[]'
                    else (select jsonb_agg(name order by name) from pg_settings) end)
            """;

    bool AsSegments(State actual) => Name is KeepSize && actual.Kind?.Unit is not "MB";

    State? Parse(PostgresAnswer answer)
    {
        if (answer[0].Find("setting") is not { } setting)
            return null;
        PostgresValue kind = new(setting.Text("type"), setting.Text("unit"));
        var (source, file) = (setting.Text("source"), answer[0].Find("file")?.TextOrNull("value"));

        // Some are set for the session that asks. What is not in a file may be what the server chose when it started.
        var running = source is "client" or "session" or "database" or "user" or "database user"
            ? file ?? setting.Text("default")
            : setting.Text("value");
        var value = file ?? (source is "configuration file" ? setting.Text("default") : running);
        return new(value, running is Disabled || kind.Same(value, running))
        {
            NeedsRestart = setting.Text("context") is "postmaster",
            Running = running,
            Kind = kind,
        };
    }

    /// <summary>The server says that of an archive_command without archive_mode, whatever the command is.</summary>
    const string Disabled = "(disabled)";

    IEnumerable<Need> Needs(PostgresAnswer answer)
    {
        if (answer[0].Find("setting") is not { } setting)
        {
            var near = Similar.Closest(Name, answer[0].Texts("names"));
            yield return new(Of(Cluster, "shared_preload_libraries"), $"PostgreSQL {answer.Name} has no setting {Name}")
            {
                Always = true,
                IsState = true,
                Or = [Of(Cluster, "session_preload_libraries")],
                Hint = near is null ? "an extension's own settings come with shared_preload_libraries" : $"did you mean {near}?",
            };
            yield break;
        }

        var type = new PostgresValue(setting.Text("type"), setting.Text("unit"));
        var problem =
            setting.Text("context") is "internal"
                ? $"{Name} cannot be set: it is part of how the server was built, or how its cluster was made"
            : type.Problem(Value, setting.Texts("words"), setting.Text("least"), setting.Text("most")) is { } wrong
                ? $"\"{Value}\" is not a value of {Name}: {wrong}"
            : null;
        if (problem is not null)
            yield return new(new("nothing", Key), problem) { Always = true, Hint = "correct its Value" };
    }

    bool Restarts(Diff<State> diff) =>
        Restart is not false && diff.Actual is { NeedsRestart: true } actual && actual.Kind?.Same(Value, actual.Running) is not true;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual is not { } actual ? []
        : AsSegments(actual) ? [$"as {KeepSegments}, which it was up to version 12", "takes effect without a restart"]
        : Restart is false && actual.NeedsRestart ? ["takes effect when the server is restarted, which this does not do"]
        : Restarts(diff) ? []
        : ["takes effect without a restart"];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) => Restarts(diff) ? [Restarted] : [];

    /// <inheritdoc/>
    internal override IEnumerable<Effect> PossibleEffects =>
        Restart is false ? [] : [Restarted with { Detail = "(if the setting needs that)" }];

    Effect Restarted => new(EffectKind.Restarts, Cluster is null ? "PostgreSQL" : PostgresServer.UnitOf(Cluster));

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        Sql alter =
            diff.Actual is { Kind: { } segments } actual && AsSegments(actual)
                ? (Sql)$"alter system set {KeepSegments:n} to {segments.Whole(Value)}"
                : $"alter system set {Name:n} to {PostgresValue.Quoted(Name, Value)}";
        var mode = Restarts(diff) ? "restart" : "reload";
        var item = $"{mode} {(diff.Changes(s => s.Value) ? alter.Text : "")}";
        Batch batch = new($"postgres-setting {Cluster}", item, items => Set(Cluster, items));
        yield return batch.Together([item]) with
        {
            Batch = batch,
        };
    }

    /// <summary>Sets several, and then restarts once if one of them needs that.</summary>
    static Operation Set(string? cluster, IReadOnlyList<string> items)
    {
        var restarts = items.Any(item => item.StartsWith("restart ", StringComparison.Ordinal));
        List<string> statements =
        [
            .. items.Select(item => item[(item.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Where(text => text.Length > 0),
        ];
        return new($"cfg_pg_set {cluster ?? ""} {(restarts ? "restart" : "")}")
        {
            Input = string.Concat(statements.Select(statement => statement + ";\n")),
            TellsFirstWrite = true,
            Title =
                (statements.Count == 0 ? "" : $"sql: {Printable.Line(string.Join("; ", statements))}, then ")
                + (restarts ? "restart the server" : "have the server read its configuration"),
        };
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_$]{0,62})?\z")]
    private static partial Regex Valid();
}
