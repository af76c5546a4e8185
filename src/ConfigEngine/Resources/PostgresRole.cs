namespace ConfigEngine.Resources;

/// <summary>
/// A role of PostgreSQL: who may log in, and what they may do (<c>CREATE ROLE</c>). Everything that is not set is left alone. The
/// password is stored as a SCRAM verifier that cfg computes: the host and its logs never get the password itself.
/// </summary>
/// <theme>postgresql</theme>
/// <example><code>new PostgresRole("app") { Login = true, MemberOf = ["pg_monitor"] }</code></example>
/// <param name="Name">The role's name, in its case.</param>
public sealed record PostgresRole(string Name) : Resource<PostgresRole.State>
{
    /// <summary>
    /// The server: a cluster as <c>pg_lsclusters</c> lists it, such as <c>17/main</c>, or a port. When null: the only cluster of the
    /// host, or port 5432 where the system has no clusters.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>Whether it can log in; left alone when null (a new role cannot).</summary>
    public bool? Login { get; init; }

    /// <summary>Whether it can be used for replication; left alone when null (a new role cannot).</summary>
    public bool? Replication { get; init; }

    /// <summary>Whether it may do everything; left alone when null (a new role may not).</summary>
    public bool? Superuser { get; init; }

    /// <summary>Whether it can create databases; left alone when null (a new role cannot).</summary>
    public bool? CreateDatabase { get; init; }

    /// <summary>Whether it can create roles; left alone when null (a new role cannot).</summary>
    public bool? CreateRole { get; init; }

    /// <summary>Whether it has the privileges of the roles that it is a member of; left alone when null (a new role has them).</summary>
    public bool? Inherit { get; init; }

    /// <summary>How many connections it may have at once, -1 for any number; left alone when null (a new role: any number).</summary>
    public int? ConnectionLimit { get; init; }

    /// <summary>
    /// The time after which its password is no longer accepted, as <c>2027-01-31</c> or <c>2027-01-31 12:00:00</c> in UTC, or
    /// <c>infinity</c>; left alone when null (a new role: no such time).
    /// </summary>
    public string? ValidUntil { get; init; }

    /// <summary>Roles that it is a member of <em>at least</em>; other memberships are kept. Left alone when null.</summary>
    public IReadOnlyList<string>? MemberOf { get; init; }

    /// <summary>Roles that it is a member of, and <em>no others</em>. Left alone when null.</summary>
    public IReadOnlyList<string>? MemberOfExactly { get; init; }

    /// <summary>
    /// The password, such as <c>Secrets.Environment("APP_PASSWORD")</c>. Its verifier is sent over standard input, and plans show only
    /// a digest of that. A password that was changed by hand is seen, because cfg computes the verifier again with the salt of the
    /// host. Left alone when null.
    /// </summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// Stores the password as MD5, for clients that cannot do SCRAM (libpq before version 10). SCRAM when false.
    /// </summary>
    public bool StoreAsMd5 { get; init; }

    /// <inheritdoc/>
    public override string Key => PostgresServer.Key(Cluster, Name);

    /// <summary>What a plan compares.</summary>
    /// <param name="Login">Whether it can log in.</param>
    /// <param name="Replication">Whether it can be used for replication.</param>
    /// <param name="Superuser">Whether it may do everything.</param>
    /// <param name="CreateDatabase">Whether it can create databases.</param>
    /// <param name="CreateRole">Whether it can create roles.</param>
    /// <param name="Inherit">Whether it has the privileges of the roles that it is a member of.</param>
    /// <param name="ConnectionLimit">How many connections it may have.</param>
    /// <param name="ValidUntil">When its password ends.</param>
    /// <param name="Password">A digest of what is stored for its password.</param>
    /// <param name="MemberOf">The roles that it is a member of, sorted.</param>
    public sealed record State(
        bool? Login,
        bool? Replication,
        bool? Superuser,
        bool? CreateDatabase,
        bool? CreateRole,
        bool? Inherit,
        long? ConnectionLimit,
        string? ValidUntil,
        string? Password,
        IReadOnlyList<string>? MemberOf
    )
    {
        /// <summary>How the password is stored, with its digest; see <see cref="PostgresPassword"/>.</summary>
        internal string Stored { get; init; } = "";
    }

    IReadOnlyList<string> Groups => MemberOfExactly ?? MemberOf ?? [];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> Problems =>
        [
            .. PostgresServer.Problems(Cluster),
            .. NameProblems(Name),
            .. Groups.SelectMany(group => Sql.Problems(group, "a role")),
            .. Name is "postgres" && (Login is false || Superuser is false)
                ? (string[])["postgres is the role that the server is administered with; it stays a superuser that can log in"]
                : [],
            .. ConnectionLimit is < -1 ? (string[])[$"{ConnectionLimit} is not a number of connections; -1 is any number"] : [],
            .. ValidUntil is not null && End is null
                ? (string[])
                    [$"\"{Text.Excerpt(ValidUntil)}\" is not a time such as \"2027-01-31\", \"2027-01-31 12:00:00\" or \"infinity\""]
                : [],
            .. MemberOf is not null && MemberOfExactly is not null
                ? (string[])["it has MemberOf and MemberOfExactly; set only one of the two"]
                : [],
            .. Groups.Contains(Name) ? (string[])["it cannot be a member of itself"] : [],
            .. StoreAsMd5 && Password is null ? (string[])["it has StoreAsMd5 and no Password"] : [],
        ];

    /// <summary>What is wrong with the name of a role that somebody makes.</summary>
    internal static IEnumerable<string> NameProblems(string name) =>
        name is "public" or "none" || name.StartsWith("pg_", StringComparison.Ordinal)
            ? [$"\"{Text.Excerpt(name)}\" is a name that PostgreSQL keeps for itself"]
            : Sql.Problems(name, "a role");

    /// <summary>The role as a part of the host.</summary>
    internal static Aspect Of(string? cluster, string name) => new("postgres-role", PostgresServer.Key(cluster, name));

    /// <inheritdoc/>
    internal override Authority Authority => PostgresServer.Authority;

    /// <inheritdoc/>
    internal override IEnumerable<Claim> Claims =>
        [
            new(Of(Cluster, Name), "there", $"there is a role {Name}"),
            .. Groups.Select(group => new Claim(Of(Cluster, group), "there", $"there is a role {group}")),
        ];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Reads =>
        [Of(Cluster, Name), PostgresServer.Of(Cluster), .. Groups.Select(group => Of(Cluster, group))];

    /// <inheritdoc/>
    protected internal override IEnumerable<Aspect> Writes => [Of(Cluster, Name)];

    PostgresPasswordForm Form => StoreAsMd5 ? PostgresPasswordForm.Md5 : PostgresPasswordForm.Scram;

    PostgresPassword? Wanted => Password is null ? null : new(Name, Password);

    string? End => ValidUntil is null or "infinity" ? ValidUntil : PostgresTime.Utc(ValidUntil);

    /// <inheritdoc/>
    protected override State Desired =>
        new(
            Login,
            Replication,
            Superuser,
            CreateDatabase,
            CreateRole,
            Inherit,
            ConnectionLimit,
            End,
            Wanted is { } password ? PostgresPassword.Digest(password.New(Form).Reveal()) : null,
            MemberOf is null && MemberOfExactly is null ? null : Sorted(Groups)
        );

    /// <inheritdoc/>
    protected override State Towards(State? actual) =>
        Desired is var desired && actual is null
            ? desired
            : desired with
            {
                Password = Wanted?.IsStored(actual.Stored, Form) is true ? actual.Password : desired.Password,
                MemberOf = MemberOf is null ? desired.MemberOf : Sorted([.. actual.MemberOf ?? [], .. MemberOf]),
            };

    static string[] Sorted(IEnumerable<string> names) => [.. names.Distinct().Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override Probe<State> Probe => PostgresServer.Probe(Cluster, [("postgres", Statement)], Parse, Needs);

    Sql Statement =>
        $"""
            select jsonb_build_object('standby', pg_is_in_recovery(), 'role', (select jsonb_build_object(
                'login', rolcanlogin, 'replication', rolreplication, 'superuser', rolsuper, 'create_database', rolcreatedb,
                'create_role', rolcreaterole, 'inherit', rolinherit, 'connection_limit', rolconnlimit,
                'valid_until', case when rolvaliduntil is null or rolvaliduntil = 'infinity' then 'infinity'
                    else to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') end,
                'password', {(Password is null ? $"''" : Stored)},
                'member_of', (select coalesce(jsonb_agg(of.rolname), '[]') from pg_auth_members join pg_authid of on of.oid = roleid
                    where member = own.oid))
                from pg_authid own where rolname = {Name}),
                'missing', (select coalesce(jsonb_agg(name), '[]') from unnest({Groups}) name
                    where not exists (select from pg_authid where rolname = name)))
            """;

    /// <summary>A verifier does not leave the host: its salt does, and a digest of the whole.</summary>
    static Sql Stored =>
        $"""
            case when rolpassword is null then '' else
                case when rolpassword like 'SCRAM-SHA-256$%' then split_part(rolpassword, '$', 2) else 'md5' end
                || '|' || encode(sha256(convert_to(rolpassword, 'UTF8')), 'hex') end
            """;

    static State? Parse(PostgresAnswer answer)
    {
        if (answer[0].Find("role") is not { } role)
            return null;
        var stored = role.Text("password");
        return new(
            role.Flag("login"),
            role.Flag("replication"),
            role.Flag("superuser"),
            role.Flag("create_database"),
            role.Flag("create_role"),
            role.Flag("inherit"),
            role.Number("connection_limit"),
            role.Text("valid_until"),
            PostgresPassword.DigestOf(stored),
            Sorted(role.Texts("member_of"))
        )
        {
            Stored = stored,
        };
    }

    IEnumerable<Need> Needs(PostgresAnswer answer) =>
        [
            .. PostgresServer.Standby(answer, Cluster),
            .. answer[0].Texts("missing").Select(group => new Need(Of(Cluster, group), $"the role {group} does not exist")),
        ];

    /// <inheritdoc/>
    protected override IReadOnlyList<AttributeChange> AttributesOf(Diff<State> diff) =>
        AttributeChange.HiddenDigests(diff.Attributes, "password", Password);

    /// <inheritdoc/>
    protected override IEnumerable<string> Notes(Diff<State> diff) =>
        diff.Changes(s => s.Password) && diff.Actual is { Stored: { } stored } && stored.StartsWith("md5|", StringComparison.Ordinal)
            ? ["the password is stored as MD5 until now"]
            : [];

    /// <inheritdoc/>
    protected override IEnumerable<Effect> Effects(Diff<State> diff) =>
        (diff.Changes(s => s.MemberOf) ? diff.Actual?.MemberOf?.Except(diff.Desired.MemberOf ?? []) ?? [] : []).Select(group => new Effect(
            EffectKind.Removes,
            $"{Name} from the role {group}"
        )
        {
            InAttributes = true,
        });

    /// <inheritdoc/>
    protected override IEnumerable<Operation> Converge(Diff<State> diff)
    {
        List<Sql> statements = [];
        var words = Words(diff);
        if (diff.Creates)
            statements.Add($"create role {Name:n}{words}");
        else if (words.Text.Length > 0)
            statements.Add($"alter role {Name:n}{words}");
        if (diff.Changes(s => s.MemberOf))
        {
            var (before, after) = (diff.Actual?.MemberOf ?? [], diff.Desired.MemberOf ?? []);
            statements.AddRange(after.Except(before).Select(group => (Sql)$"grant {group:n} to {Name:n}"));
            statements.AddRange(before.Except(after).Select(group => (Sql)$"revoke {group:n} from {Name:n}"));
        }

        if (statements.Count > 0)
            yield return PostgresServer.Do(Cluster, "postgres", statements);
        if (diff.Changes(s => s.Password) && Wanted is { } password)
            yield return SetPassword(password);
    }

    Operation SetPassword(PostgresPassword password)
    {
        // A verifier needs no quotes within: it is letters, digits and a few signs.
        Sql alter = $"alter role {Name:n} password ";
        return new($"cfg_pg_do {Cluster ?? ""} postgres -1")
        {
            Input = $"{Silence.Text};\n{alter.Text}'{password.New(Form)}';\n",
            TellsFirstWrite = true,
            Title = $"sql: {Printable.Line(alter.Text)}…, with the verifier on standard input",
        };
    }

    /// <summary>Keeps the statements after it out of the logs and statistics of the server.</summary>
    static Sql Silence =>
        $"""
            select set_config(name, value, true) from (values ('log_statement', 'none'), ('log_duration', 'off'),
                ('log_min_duration_statement', '-1'), ('log_min_duration_sample', '-1'), ('log_transaction_sample_rate', '0'),
                ('log_min_error_statement', 'panic'), ('pg_stat_statements.track', 'none'), ('pgaudit.log', 'none'))
                quiet(name, value) join pg_settings using (name)
            """;

    /// <summary>The words for the attributes that differ, with a space before each.</summary>
    Sql Words(Diff<State> diff)
    {
        List<string> words = [];
        void Word(bool? wanted, string word)
        {
            if (wanted is { } yes)
                words.Add(yes ? $" {word}" : $" no{word}");
        }

        Word(diff.Changes(s => s.Login) ? Login : null, "login");
        Word(diff.Changes(s => s.Replication) ? Replication : null, "replication");
        Word(diff.Changes(s => s.Superuser) ? Superuser : null, "superuser");
        Word(diff.Changes(s => s.CreateDatabase) ? CreateDatabase : null, "createdb");
        Word(diff.Changes(s => s.CreateRole) ? CreateRole : null, "createrole");
        Word(diff.Changes(s => s.Inherit) ? Inherit : null, "inherit");
        Sql all = $"";
        foreach (var word in words)
            all.AppendLiteral(word);
        if (diff.Changes(s => s.ConnectionLimit) && ConnectionLimit is { } limit)
            all = $"{all} connection limit {limit}";
        if (diff.Changes(s => s.ValidUntil) && End is { } end)
            all = $"{all} valid until {(end is "infinity" ? end : $"{end}+00")}";
        return all;
    }
}
