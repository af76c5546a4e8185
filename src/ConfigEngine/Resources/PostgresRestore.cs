namespace ConfigEngine.Resources;

/// <summary>
/// The data of a server of PostgreSQL, restored from a base backup (pg_basebackup(1)) and from the WAL that was archived since then: all
/// of it, or up to a point in time. It happens once: a server that was restored so is left alone, whatever was written to it since. A
/// data directory that is not empty is never replaced, unless <see cref="Replace"/> names it; what was in it is kept until the restore
/// is complete, and is put back if that fails. Standbys of the server must be built again after it.
/// </summary>
/// <theme>postgresql</theme>
/// <example>
/// <code>
/// new PostgresRestore("/srv/backup/2026-11-22")
/// {
///     Cluster = "17/main",
///     Archive = "/srv/wal",
///     UpTo    = "2026-11-27 09:30:00",
///     Replace = "/var/lib/postgresql/17/main",
/// }
/// </code>
/// </example>
/// <param name="Backup">The directory of the base backup, in the plain format, which the owner of the server can read.</param>
public sealed record PostgresRestore(string Backup) : Resource<PostgresRestore.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>
    /// The directory with the archived segments of WAL, each under its own name, which the owner of the server can read: letters,
    /// digits, dots, dashes and underscores in its path.
    /// </summary>
    public required string Archive { get; init; }

    /// <summary>
    /// The time up to which transactions are restored, as <c>2026-11-27 09:30:00</c> in UTC or <c>2026-11-27T10:30:00+01:00</c>, after
    /// the end of the backup. The restore fails if the archive ends before it (since version 13). When null: all that was archived.
    /// </summary>
    public string? UpTo { get; init; }

    /// <summary>
    /// A data directory that may be replaced with all that is in it, by its path. When null, only an empty directory is used.
    /// </summary>
    public string? Replace { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, $"from {Backup}");

    /// <summary>What a plan compares.</summary>
    /// <param name="Data">What is in its data directory.</param>
    /// <param name="UpTo">The time up to which that was restored.</param>
    public sealed record State(string? Data, string? UpTo)
    {
        /// <summary>The data directory.</summary>
        internal string Directory { get; init; } = "";

        /// <summary>The server's unit if it runs; otherwise null.</summary>
        internal string? Runs { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. PathProbe.Problems(Backup),
            .. PathProbe.Problems(Archive),
            .. Archive.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
                ? (string[])[]
                : [$"\"{Text.Excerpt(Archive)}\" has signs in it that cannot be in the path of an Archive"],
            .. Replace is null ? [] : PathProbe.Problems(Replace),
            .. UpTo is not null && End is null
                ? (string[])[$"\"{Text.Excerpt(UpTo)}\" is not a time such as \"2026-11-27 09:30:00\" (in UTC)"]
                : [],
        ];

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    string Unit => PostgresServer.UnitOf(Cluster ?? "");

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [PostgresServer.Of(Cluster), Aspect.Unit(Unit), Aspect.Under(Backup), Aspect.Under(Archive)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [PostgresServer.Of(Cluster), Aspect.Unit(Unit)];

    string? End => UpTo is null ? "" : PostgresTime.Utc(UpTo);

    static string Words(string end) => end.Length == 0 ? "the end of the archive" : $"{end} UTC";

    /// <inheritdoc/>
    protected override State Desired => new($"a restore of {Backup}", Words(End ?? ""));

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        new($"cfg_pg_restored {Cluster ?? ""} {Backup} {Archive}", Parse) { Tools = ["psql"], Needs = Needs };

    State? Parse(Output output)
    {
        if (PostgresServer.Trouble(output) is not null)
            return null;
        var said = output.Properties;
        var (content, runs) = (said["content"], said["runs"]);
        if (runs is not ("yes" or "no"))
            throw new UnexpectedOutputException($"expected whether a server runs, got \"{Text.Excerpt(runs)}\"");
        if (content is "absent" or "empty")
            return null;
        var (data, end) = said.Find("restored") is { } backup
            ? ($"a restore of {backup}", Words(said["until"]))
            : (
                content switch
                {
                    "standby" => $"a standby ({said["identifier"]})",
                    "server" => $"a server of its own ({said["identifier"]})",
                    _ => "files of somebody",
                },
                ""
            );
        return new(data, end) { Directory = said["data"], Runs = runs is "yes" ? said.Find("unit") ?? Unit : null };
    }

    Need[] Needs(Output output)
    {
        if (PostgresServer.Trouble(output) is { } trouble)
            return PostgresServer.Missing(trouble);
        var (said, actual) = (output.Properties, Parse(output));
        Aspect nothing = new("nothing", Key);
        var directory = said["data"];
        var differs = actual?.Data != Desired.Data || actual?.UpTo != Desired.UpTo;
        return !differs ? []
            : said.Find("old") is not null
                ?
                [
                    new(nothing, $"{directory}.cfg-old is left from a restore that was cut off: it has what was in {directory} before")
                    {
                        Hint = "see which of the two is right, and remove or rename the other",
                    },
                ]
            : actual is not null && Replace != directory
                ?
                [
                    new(nothing, $"{directory} has {actual.Data}")
                    {
                        Hint = $"to have it replaced, with all that is in it: Replace = \"{directory}\"",
                    },
                ]
            : [.. Unusable(said)];
    }

    /// <summary>Why the backup or the archive cannot be used.</summary>
    IEnumerable<Need> Unusable(Properties said)
    {
        var (backup, began) = (said["backup"], said["began"]);
        if (backup is "absent")
            yield return new(Aspect.Under(Backup), $"{Backup} is not a base backup that the owner of the server can read")
            {
                Hint = "make one with: pg_basebackup -X stream -D DIRECTORY",
            };
        else if (said["cluster"].Split('/') is [var version, _] && version != backup)
            yield return new(Aspect.Under(Backup), $"{Backup} is of version {backup}, and the server is of version {version}")
            {
                Hint = "a base backup can be restored only with its own version",
            };
        else if (said.Find("tablespaces") is not null)
            yield return new(Aspect.Under(Backup), $"{Backup} has tablespaces, which are outside of the data directory")
            {
                Hint = "restore it by hand: each of them has a place of its own",
            };
        else if (End is { Length: > 0 } end && began.Length > 0 && string.CompareOrdinal(end, began) <= 0)
            yield return new(Aspect.Under(Backup), $"{Backup} was begun at {began} UTC, which is not before {Words(end)}")
            {
                Hint = "use an older base backup",
            };
        if (said["archive"] is not "yes")
            yield return new(Aspect.Path(Archive), $"{Archive} is not a directory that the owner of the server can read");
    }

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        diff.Actual is { } actual
            ? [Replaces(actual.Directory), .. actual.Runs is { } unit ? (Effect[])[new(EffectKind.Restarts, unit)] : []]
            : [];

    /// <inheritdoc/>
    internal override IEnumerable<Effect> PossibleEffects =>
        Replace is null
            ? []
            :
            [
                Replaces(Replace) with
                {
                    Detail = "(unless it is that restore)",
                },
                new(EffectKind.Restarts, Unit) { Detail = "(if it runs)" },
            ];

    static Effect Replaces(string directory) => new(EffectKind.Discards, $"all that is in {directory}") { IsNamed = true };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff) =>
        [
            new($"cfg_pg_restore {Cluster ?? ""} {Backup} {Archive} {End ?? ""} {Replace ?? ""}")
            {
                Uncut = true,
                TellsFirstWrite = true,
                Deadline = TimeSpan.FromHours(12),
                Title = $"restore {Backup} and the WAL in {Archive} up to {Words(End ?? "")}, in place of the data directory",
            },
        ];
}
