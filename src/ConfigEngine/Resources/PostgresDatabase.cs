namespace ConfigEngine.Resources;

/// <summary>
/// A database of PostgreSQL (<c>CREATE DATABASE</c>). Everything that is not set is left alone. A change never touches the data: an
/// encoding or a locale that differs is an error, because only a new database can have another one.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>
/// new PostgresDatabase("app")
/// {
///     Owner      = "app",
///     Encoding   = "UTF8",
///     Locale     = "C.UTF-8",
///     Extensions = ["pg_trgm"],
///     Privileges = new() { ["public"] = "", ["reports"] = "connect" },
/// }
/// </code></example>
/// <param name="Name">The database's name, in its case.</param>
public sealed record PostgresDatabase(string Name) : Resource<PostgresDatabase.State>
{
    static readonly string[] Known = ["connect", "create", "temporary"];

    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>The role that owns it; left alone when null (a new database belongs to postgres).</summary>
    public string? Owner { get; init; }

    /// <summary>The encoding, such as <c>UTF8</c>; left alone when null (a new database gets that of template1).</summary>
    public string? Encoding { get; init; }

    /// <summary>
    /// The locale for sorting and for classes of characters (LC_COLLATE and LC_CTYPE), which the host must have; left alone when null
    /// (a new database gets that of template1).
    /// </summary>
    public string? Locale { get; init; }

    /// <summary>How many connections it may have at once, -1 for any number; left alone when null (a new database: any number).</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>
    /// Extensions that it has <em>at least</em>; other extensions are kept. Their files come with packages. Left alone when null.
    /// </summary>
    public IReadOnlyList<string>? Extensions { get; init; }

    /// <summary>
    /// For each of these roles, and for <c>public</c>, exactly its privileges on the database: of <c>connect</c>, <c>create</c> and
    /// <c>temporary</c> none, some, or <c>all</c>. Other roles are left alone; none by default.
    /// </summary>
    public Dictionary<string, string> Privileges { get; init; } = [];

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Owner">The role that owns it.</param>
    /// <param name="Encoding">The encoding.</param>
    /// <param name="Locale">The locale.</param>
    /// <param name="ConnectionLimit">How many connections it may have.</param>
    /// <param name="Extensions">The extensions that it has, sorted.</param>
    /// <param name="Privileges">The privileges of the roles that the recipe names.</param>
    public sealed record State(
        string? Owner,
        string? Encoding,
        string? Locale,
        long? ConnectionLimit,
        IReadOnlyList<string>? Extensions,
        IReadOnlyList<string>? Privileges
    );

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. Sql.Problems(Name, "a database"),
            .. Owner is null ? [] : Sql.Problems(Owner, "a role"),
            .. (Extensions ?? []).SelectMany(name => Sql.Problems(name, "an extension")),
            .. Privileges.Keys.SelectMany(role => Sql.Problems(role, "a role")),
            .. Privileges
                .SelectMany(privileges => Words(privileges.Value).Except(Known))
                .Select(word => $"\"{Text.Excerpt(word)}\" is not a privilege on a database: they are connect, create, temporary and all"),
            .. Encoding is null || (Encoding.Length is > 0 and < 30 && Encoding.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
                ? (string[])[]
                : [$"\"{Text.Excerpt(Encoding)}\" is not a valid encoding; it is written like UTF8 or LATIN1"],
            .. Locale is null
            || (Locale.Length is > 0 and < 60 && Locale.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@'))
                ? (string[])[]
                : [$"\"{Text.Excerpt(Locale)}\" is not a valid locale; it is written like C.UTF-8 or de_DE.UTF-8"],
            .. ConnectionLimit is < -1 ? (string[])[$"{ConnectionLimit} is not a number of connections; -1 is any number"] : [],
            .. Name is "template0" ? (string[])["template0 is what other databases are made from, and stays as it is"] : [],
        ];

    /// <summary>The database as a part of the host.</summary>
    internal static Aspect Of(string? cluster, string name) =>
        new("postgres-database", name is "*" ? name : PostgresServer.Key(cluster, name));

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    IEnumerable<string> Roles => Privileges.Keys.Where(role => role is not "public").Concat(Owner is null ? [] : [Owner]).Distinct();

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            new(Of(Cluster, Name), "there", $"there is a database {Name}"),
            .. Roles.Select(role => new Claim(PostgresRole.Of(Cluster, role), "there", $"there is a role {role}")),
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [
            Of(Cluster, Name),
            PostgresServer.Of(Cluster),
            .. Roles.Select(role => PostgresRole.Of(Cluster, role)),
            .. Extensions is null ? (Aspect[])[] : [Aspect.Under("/usr/share/postgresql")],
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Of(Cluster, Name)];

    static IEnumerable<string> Words(string privileges) =>
        privileges
            .ToLowerInvariant()
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word =>
                word is "all" ? Known
                : word is "temp" ? ["temporary"]
                : [word]
            )
            .Distinct()
            .Order(StringComparer.Ordinal);

    static string Line(string role, IEnumerable<string> privileges) => $"{role}: {string.Join(' ', privileges)}".TrimEnd();

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            Owner,
            Encoding,
            Locale,
            ConnectionLimit,
            Sorted(Extensions),
            Privileges.Count == 0 ? null : Sorted([.. Privileges.Select(one => Line(one.Key, Words(one.Value)))])
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        actual is null
            ? Desired
            : Desired with
            {
                Encoding = Encoding is null || Same(Encoding, actual.Encoding) ? null : Encoding,
                Locale = Locale is null || Same(Locale, actual.Locale) ? null : Locale,
                Extensions = Extensions is null ? null : Sorted([.. actual.Extensions ?? [], .. Extensions]),
            };

    static bool Same(string wanted, string? actual) =>
        actual is not null && string.Equals(Plain(wanted), Plain(actual), StringComparison.OrdinalIgnoreCase);

    /// <summary>UTF8 is also written UTF-8.</summary>
    static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    static string[]? Sorted(IEnumerable<string>? names) => names is null ? null : [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Probe<State> Probe =>
        PostgresServer.Probe(
            Cluster,
            [("postgres", Statement), .. Extensions is null ? [] : ((string, Sql)[])[(Name, Has)]],
            Parse,
            Needs
        );

    Sql Statement =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'database', (select jsonb_build_object(
                'owner', pg_get_userbyid(datdba), 'encoding', pg_encoding_to_char(encoding), 'locale', datcollate, 'ctype', datctype,
                'connection_limit', datconnlimit, 'privileges', (select coalesce(jsonb_agg(jsonb_build_object(
                    'role', coalesce((select rolname from pg_authid where oid = grantee), 'public'), 'privilege', lower(privilege_type))), '[]')
                    from aclexplode(coalesce(datacl, acldefault('d', datdba)))))
                from pg_database where datname = {Name}),
                'missing', (select coalesce(jsonb_agg(name), '[]') from unnest({Roles}) name
                    where not exists (select from pg_authid where rolname = name)),
                'unavailable', (select coalesce(jsonb_agg(own), '[]') from unnest({Extensions ?? []}) own
                    where not exists (select from pg_available_extensions where name = own)))
            """;

    static Sql Has => $"select jsonb_build_object('extensions', coalesce(jsonb_agg(extname), '[]')) from pg_extension";

    State? Parse(PostgresAnswer answer)
    {
        if (answer[0].Find("database") is not { } database)
            return null;
        var (locale, ctype) = (database.Text("locale"), database.Text("ctype"));
        var privileges = database.Rows("privileges").ToLookup(one => one.Text("role"), one => one.Text("privilege"));
        return new(
            database.Text("owner"),
            database.Text("encoding"),
            locale == ctype ? locale : $"{locale}, {ctype}",
            database.Number("connection_limit"),
            Extensions is null ? null : Sorted(answer[1].Texts("extensions")),
            Privileges.Count == 0
                ? null
                : Sorted(Privileges.Keys.Select(role => Line(role, privileges[role].Distinct().Order(StringComparer.Ordinal))))
        );
    }

    IEnumerable<Need> Needs(PostgresAnswer answer) =>
        [
            .. PostgresServer.Standby(answer, Cluster),
            .. answer[0].Texts("missing").Select(role => new Need(PostgresRole.Of(Cluster, role), $"the role {role} does not exist")),
            .. answer[0]
                .Texts("unavailable")
                .Select(name => new Need(Aspect.Under("/usr/share/postgresql"), $"the host has no files of the extension {name}")
                {
                    Or = [Aspect.Tool("*")],
                    Hint = "declare the Package that brings it before this line",
                }),
            .. Parse(answer) is { } actual ? Fixed(actual) : [],
        ];

    IEnumerable<Need> Fixed(State actual) =>
        [
            .. Encoding is null || Same(Encoding, actual.Encoding) ? (Need[])[] : [Stays("encoding", actual.Encoding)],
            .. Locale is null || Same(Locale, actual.Locale) ? (Need[])[] : [Stays("locale", actual.Locale)],
        ];

    Need Stays(string what, string? value) =>
        new(Of(Cluster, Name), $"the database has the {what} {value}, which cannot be changed")
        {
            Hint = $"leave {Text.Kebab(what)} out; or make a new database, and move the data there with pg_dump",
        };

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        (diff.Changes(s => s.Privileges) ? Privileges : [])
            .SelectMany(
                wanted => Had(diff, wanted.Key).Except(Words(wanted.Value)),
                (wanted, word) => $"{word} on {Name} from {wanted.Key}"
            )
            .Select(what => new Effect(EffectKind.Removes, what) { InAttributes = true });

    static IEnumerable<string> Had(Diff<State> diff, string role) =>
        (diff.Actual?.Privileges ?? [])
            .Where(line => line.StartsWith($"{role}: ", StringComparison.Ordinal))
            .SelectMany(line => line[(role.Length + 2)..].Split(' '));

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        List<Sql> statements = [];
        if (diff.Creates)
            yield return PostgresServer.DoAlone(Cluster, Create);
        else if (diff.Changes(s => s.Owner) && Owner is { } owner)
            statements.Add($"alter database {Name:n} owner to {owner:n}");
        if (!diff.Creates && diff.Changes(s => s.ConnectionLimit) && ConnectionLimit is { } limit)
            statements.Add($"alter database {Name:n} connection limit {limit}");
        if (diff.Changes(s => s.Privileges))
        {
            foreach (var (role, privileges) in Privileges)
            {
                List<string> words = [.. Words(privileges)];
                if (!diff.Creates && (diff.Actual?.Privileges ?? []).Contains(Line(role, words)))
                    continue;
                Sql to = role is "public" ? $"public" : (Sql)$"{role:n}";
                statements.Add($"revoke all on database {Name:n} from {to}");
                if (words.Count > 0)
                    statements.Add($"grant {Verbatim(words)} on database {Name:n} to {to}");
            }
        }

        if (statements.Count > 0)
            yield return PostgresServer.Do(Cluster, "postgres", statements);
        if (diff.Changes(s => s.Extensions))
            yield return PostgresServer.Do(
                Cluster,
                Name,
                [
                    $"set search_path = public",
                    .. (diff.Desired.Extensions ?? [])
                        .Except(diff.Actual?.Extensions ?? [])
                        .Select(name => (Sql)$"create extension if not exists {name:n}"),
                ]
            );
    }

    /// <summary>Privileges, which were checked to be some of those that there are.</summary>
    static Sql Verbatim(IEnumerable<string> words)
    {
        Sql all = $"";
        all.AppendLiteral(string.Join(", ", words));
        return all;
    }

    Sql Create
    {
        get
        {
            Sql create = $"create database {Name:n}";
            if (Owner is { } owner)
                create = $"{create} owner {owner:n}";
            if (Encoding is { } encoding)
                create = $"{create} encoding {encoding}";
            if (Locale is { } locale)
                create = $"{create} lc_collate {locale} lc_ctype {locale}";
            if (ConnectionLimit is { } limit)
                create = $"{create} connection limit {limit}";

            // Only template0 may be copied with another encoding or locale.
            return Encoding is null && Locale is null ? create : $"{create} template template0";
        }
    }
}
