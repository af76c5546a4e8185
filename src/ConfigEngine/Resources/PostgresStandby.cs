using System.Globalization;

namespace ConfigEngine.Resources;

/// <summary>
/// A server of PostgreSQL as the standby of a primary, from which it streams. Where its data directory is empty, it is built with
/// pg_basebackup(1): a copy is made beside the directory, and takes its place when it is complete. A directory that is not empty and
/// not from that primary is never replaced, unless <see cref="Replace"/> names it. A standby that cannot go on, because the primary no
/// longer has the WAL that it needs, is an error of the plan.
/// </summary>
/// <theme>postgresql</theme>
/// <example>
/// <code>
/// new PostgresStandby("192.168.1.10")
/// {
///     Cluster  = "17/main",
///     User     = "repl",
///     Slot     = "standby1",
///     Replace  = "/var/lib/postgresql/17/main",
/// }
/// </code>
/// </example>
/// <param name="Primary">The address of the primary: a name or an IP address.</param>
public sealed record PostgresStandby(Known<string> Primary) : Resource<PostgresStandby.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>The port of the primary; 5432 when null.</summary>
    public int? Port { get; init; }

    /// <summary>The role with which it connects: one with Login and Replication.</summary>
    public required string User { get; init; }

    /// <summary>
    /// The password of that role. It is kept in a file that only the owner of the server can read (<c>primary.pass</c>, in the directory
    /// of the server's configuration). None when null, as where the primary trusts a certificate.
    /// </summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// The replication slot of the primary, by its name or as <see cref="PostgresReplicationSlot.SlotName"/>; no slot when null: then
    /// the primary keeps WAL only as <c>wal_keep_size</c> says.
    /// </summary>
    public Known<string>? Slot { get; init; }

    /// <summary>
    /// The identifier of the primary's data, as <see cref="PostgresReplicationSlot.SystemIdentifier"/>: another server at the same
    /// address is refused. Any server there is taken for the primary when null.
    /// </summary>
    public Known<string>? Identifier { get; init; }

    /// <summary>The name of this standby in pg_stat_replication; <c>walreceiver</c> when null.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>
    /// A data directory that may be replaced with all that is in it, by its path. It is replaced only where it is not from this primary,
    /// or where the standby cannot go on. When null, only an empty directory is used.
    /// </summary>
    public string? Replace { get; init; }

    /// <summary>How much WAL it may be behind its primary; more is an error of the plan. Any amount when null.</summary>
    public ByteSize? MaxLag { get; init; }

    /// <summary>
    /// How long ago the last transaction that it has applied may be, while there are others that it has received and not applied; more is
    /// an error of the plan. Any time when null.
    /// </summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, $"of {Primary.Source ?? $"{Primary}"}");

    /// <summary>What a plan compares.</summary>
    /// <param name="Data">What is in its data directory.</param>
    /// <param name="Primary">How it connects to its primary: role, address, port and name.</param>
    /// <param name="Slot">The replication slot that it reads; empty for none.</param>
    /// <param name="Password">A digest of its password file.</param>
    /// <param name="Streams">Whether it receives WAL from its primary.</param>
    public sealed record State(string? Data, string? Primary, string? Slot, string? Password, bool? Streams)
    {
        /// <summary>The data directory.</summary>
        internal string Directory { get; init; } = "";

        /// <summary>The server's unit.</summary>
        internal string Unit { get; init; } = "";

        /// <summary>Whether it must be restarted to follow its primary in another way.</summary>
        internal bool Restarts { get; init; }

        /// <summary>Why it must be built; null where it need not be.</summary>
        internal string? Wrong { get; init; }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. Sql.Problems(User, "a role"),
            .. Plain(User)
                ? (string[])[]
                : [$"\"{Text.Excerpt(User)}\" has spaces, quotes or backslashes in it, which cannot be written here"],
            .. !Primary.IsKnown || IsAddress(Primary.Value) ? (string[])[] : [$"\"{Text.Excerpt(Primary.Value)}\" is not an address"],
            .. Port is < 1 or > 65535 ? (string[])[$"{Port} is not a port"] : [],
            .. Slot is { IsKnown: true } slot ? PostgresReplicationSlot.NameProblems(slot.Value) : [],
            .. ApplicationName is null || (ApplicationName.Length is > 0 and < 64 && Plain(ApplicationName))
                ? (string[])[]
                : [$"\"{Text.Excerpt(ApplicationName)}\" is not a valid name for a standby"],
            .. Replace is null ? [] : PathProbe.Problems(Replace),
            .. MaxLag is { Bytes: < 0 } ? (string[])["its MaxLag is not a valid size"] : [],
            .. MaxDelay is { } delay && delay < TimeSpan.FromSeconds(1) ? (string[])["its MaxDelay is less than a second"] : [],
        ];

    static bool IsAddress(string text) =>
        text.Length is > 0 and < 254 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '_') && text[0] is not '-';

    static bool Plain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '$' or '+' or '@');

    /// <inheritdoc/>
    internal override Authority Authority => Authority.Root;

    string Unit => PostgresServer.UnitOf(Cluster ?? "");

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads => [PostgresServer.Of(Cluster), Aspect.Unit(Unit)];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [PostgresServer.Of(Cluster), Aspect.Unit(Unit)];

    long At => Port ?? 5432;

    string Name => ApplicationName ?? "walreceiver";

    string Connection => Words(User, Primary.IsKnown ? Primary.Value : "", At.ToString(CultureInfo.InvariantCulture), Name);

    static string Words(string user, string host, string port, string name) => $"{user}@{host}:{port} as {name}";

    /// <summary>The line of the password file, in which colons and backslashes are escaped; null without a password.</summary>
    Secret? Line =>
        Password is null
            ? null
            : new(
                Password.Name,
                Password.Origin,
                () => $"{Escaped(Primary.Value)}:{At.ToString(CultureInfo.InvariantCulture)}:*:{User}:{Escaped(Clear)}",
                Password.Key
            );

    string Clear =>
        Password?.Reveal() is { } clear && !clear.Any(char.IsControl)
            ? clear
            : throw new RecipeException(
                $"the password of {Password?.Origin} has control characters in it, which a password file cannot have"
            );

    static string Escaped(string text) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace(":", @"\:", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            $"a copy of {(Primary.IsKnown ? Primary.Value : "the primary")}",
            Connection,
            Slot is { IsKnown: true } slot ? slot.Value : "",
            Line is { } line ? PostgresPassword.Digest(line.Reveal() + "\n") : null,
            true
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) => actual is { Wrong: null } ? Desired with { Data = null } : Desired;

    string Lag => MaxLag?.Bytes.ToString(CultureInfo.InvariantCulture) ?? "";

    Shell Look =>
        MaxDelay is { } delay
            ? $"cfg_pg_standby {Cluster ?? ""} {Primary.Value} {At} {Lag} {(long)delay.TotalSeconds}"
            : (Shell)$"cfg_pg_standby {Cluster ?? ""} {Primary.Value} {At} {Lag}";

    /// <inheritdoc/>
    protected override Probe<State> Probe => new(Look, Parse) { Tools = ["psql"], Needs = Needs };

    State? Parse(Output output)
    {
        var said = output.Properties;
        if (PostgresServer.Trouble(output) is not null)
            return null;
        var (content, streams) = (said["content"], said["streams"]);
        if (streams is not ("yes" or "no" or "behind" or "primary" or "stopped"))
            throw new UnexpectedOutputException($"expected whether a standby streams, got \"{Text.Excerpt(streams)}\"");
        if (content is "absent" or "empty")
            return null;
        var directory = said["data"];
        if (content is not ("standby" or "server"))
            return new("files of somebody", "", "", "", false) { Directory = directory, Wrong = "has files that are not of PostgreSQL" };
        var identifier = said["identifier"];
        var connection = Connected(said["conninfo"]);
        return new(
            $"{(content is "standby" ? "a standby" : "a server of its own")} ({identifier})",
            connection,
            said["slot"],
            Password is null ? "" : said["password"],
            streams is "yes" or "behind"
        )
        {
            Directory = directory,
            Unit = said.Find("unit") ?? Unit,

            // Since version 13, the server connects again when it reads another primary_conninfo.
            Restarts = Number.Read(said["version"], "a version of PostgreSQL") < 13,
            Wrong =
                content is "server" ? "has the data of a server of its own"
                : Identifier is { IsKnown: true } wanted && wanted.Value != identifier ? $"has the data of another primary ({identifier})"
                : said.Find("lost") is not null ? "needs WAL that the primary no longer has: it fell behind too far"
                : null,
        };
    }

    /// <summary>A connection as libpq writes it, in words.</summary>
    static string Connected(string conninfo)
    {
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        foreach (var word in conninfo.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (NameValue.Of(word) is var (name, value))
                words[name] = value.Trim('\'');
        }

        string Of(string name, string otherwise) => words.GetValueOrDefault(name, otherwise);
        return conninfo.Length == 0
            ? ""
            : Words(Of("user", ""), Of("host", ""), Of("port", "5432"), Of("application_name", "walreceiver"));
    }

    Need[] Needs(Output output)
    {
        if (PostgresServer.Trouble(output) is { } trouble)
            return PostgresServer.Missing(trouble);
        var said = output.Properties;
        Aspect nothing = new("nothing", Key);
        if (said.Find("self") is not null)
            return
            [
                new(nothing, $"{Primary} port {At} is this very server, and none is its own standby")
                {
                    Always = true,
                    Hint = "name the primary",
                },
            ];
        if (said["streams"] is "behind")
            return
            [
                new(nothing, $"the standby is behind its primary: {Behind(said)}")
                {
                    Always = true,
                    Hint = said["paused"] is "t"
                        ? "it does not apply what it receives: select pg_wal_replay_resume();"
                        : "see what it waits for: select * from pg_stat_wal_receiver; and pg_stat_replication of the primary",
                },
            ];
        return Parse(output) is { Wrong: { } wrong } actual && Replace != actual.Directory
            ?
            [
                new(nothing, $"{actual.Directory} {wrong}")
                {
                    Always = true,
                    Hint = $"to have it replaced, with all that is in it: Replace = \"{actual.Directory}\"",
                },
            ]
            : [];
    }

    /// <summary>How far it is behind, and how far it may be.</summary>
    string Behind(Properties said)
    {
        ByteSize lag = new(Number.ReadLong(said["lag"], "a number of bytes"));
        var delay = Number.ReadLong(said["delay"], "a number of seconds");
        return $"by {lag.Human}{(MaxLag is { } most ? $" (at most {most.Human})" : "")} and {delay} s"
            + (MaxDelay is { } longest ? $" (at most {(long)longest.TotalSeconds} s)" : "");
    }

    static bool Builds(Diff<State> diff) => diff.Creates || diff.Actual?.Wrong is not null;

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        [
            .. diff.Attributes.Select(attribute =>
                attribute.Name switch
                {
                    "password" => attribute with { Before = Hidden(attribute.Before), After = Hidden(attribute.After) },
                    _ => attribute,
                }
            ),
        ];

    object? Hidden(object? digest) =>
        digest is string { Length: > 0 } text && Password is not null ? SecretDigest.Of(text, Password.Key) : digest;

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Actual?.Wrong is { } wrong ? [$"{diff.Actual.Directory} {wrong}"] : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        Builds(diff)
            ? diff.Actual is { } actual
                ? [Replaces(actual.Directory)]
                : []
            : Restarts(diff) && diff.Actual is { } old
                ? [new(EffectKind.Restarts, old.Unit)]
                : [];

    /// <inheritdoc/>
    internal override IEnumerable<Effect> PossibleEffects =>
        Replace is null ? [] : [Replaces(Replace) with { Detail = "(unless it is a standby of that primary)" }];

    static Effect Replaces(string directory) => new(EffectKind.Discards, $"all that is in {directory}") { IsNamed = true };

    static bool Follows(Diff<State> diff) => diff.Changes(s => s.Primary) || diff.Changes(s => s.Slot) || diff.Changes(s => s.Streams);

    static bool Restarts(Diff<State> diff) => Follows(diff) && diff.Actual is { Restarts: true };

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        var slot = Slot?.Value ?? "";
        Shell to = $"{Cluster ?? ""} {Primary.Value} {At} {User} {Name} {slot}";
        var line = Line is { } secret ? (Content)$"{secret}\n" : null;
        yield return Builds(diff)
            ? new($"cfg_pg_build {to} {(Identifier is { IsKnown: true } known ? known.Value : "")} {Replace ?? ""}")
            {
                Input = line,
                Uncut = true,
                TellsFirstWrite = true,
                Deadline = TimeSpan.FromHours(12),
                Title =
                    $"$ pg_basebackup -X stream -R{(slot.Length == 0 ? "" : $" --slot={slot}")} from {Connection}, "
                    + "in place of the data directory",
            }
            : new(Follows(diff) ? $"cfg_pg_follow {to} {(Restarts(diff) ? "restart" : "")}" : (Shell)$"cfg_pg_know {Cluster ?? ""}")
            {
                Input = line,
                TellsFirstWrite = true,
                Title = Follows(diff)
                    ? $"have it follow {Connection}{(slot.Length == 0 ? "" : $" with the slot {slot}")}"
                        + (Restarts(diff) ? ", and restart it" : "")
                    : "write its password file, which it reads when it connects again",
            };
    }
}
