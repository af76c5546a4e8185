namespace ConfigEngine.Resources;

/// <summary>A thing of a PostgreSQL server that does not exist.</summary>
/// <param name="Name">Its name, in its case.</param>
public abstract record AbsentPostgres(string Name) : Resource<AbsentPostgres.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Exists">Whether it exists.</param>
    public sealed record State(bool? Exists);

    /// <summary>The thing.</summary>
    private protected abstract Aspect Thing { get; }

    /// <summary>What it is, with its name.</summary>
    private protected abstract string What { get; }

    /// <summary>Asks for an object with <c>exists</c>, and for what keeps it there.</summary>
    private protected abstract Sql Question { get; }

    /// <summary>What keeps it there.</summary>
    private protected abstract IEnumerable<Need> Obstacles(PostgresAnswer answer);

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems => PostgresServer.Problems(Cluster);

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims => [new(Thing, "gone", $"there is no {What}")];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [Thing, PostgresServer.Of(Cluster)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Thing];

    /// <inheritdoc/>
    protected override State Desired => new(false);

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        PostgresServer.Probe(Cluster, [("postgres", Question)], answer => new State(answer[0].Flag("exists")), Obstacles);

    /// <inheritdoc/>
    protected override State? Towards(State? actual) => actual is null ? null : Desired;

    /// <inheritdoc/>
    protected override Verb VerbOf(Diff<State> diff) => Verb.Remove;
}
