using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>What is in a server of PostgreSQL: roles that log in, databases, and what drifts in them.</summary>
[Collection("lab")]
public sealed class PostgresTests(Lab lab)
{
    const string Password = "hunter2 'of $the \"lab\"";

    [LabFact]
    public Task Roles_and_databases_are_made_used_and_repaired() =>
        Task.WhenAll(
            ((string[])["bullseye-postgresql-11", "bullseye-postgresql", "bookworm-postgresql", "trixie-postgresql"]).Select(OnHost)
        );

    async Task OnHost(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await Answers(host);

        // Everything that is said to the server is in its log.
        await Sql(host, "alter system set log_statement = 'all'; select pg_reload_conf()");
        PostgresRole app = new("it's \"app\"")
        {
            Login = true,
            Password = Known(Password),
            MemberOf = ["pg_monitor"],
            ConnectionLimit = 7,
            ValidUntil = "2100-01-01",
            CreateDatabase = true,
            CreateRole = false,
            Inherit = true,
            Replication = false,
            Superuser = false,
        };
        PostgresDatabase database = new("the 'data' \"base\"")
        {
            Owner = app.Name,
            Encoding = "UTF8",
            Locale = "C.UTF-8",
            ConnectionLimit = 50,
            Extensions = ["plpgsql"],
            Privileges = new() { ["public"] = "", ["plain"] = "connect" },
        };
        IDeclaration[] all =
        [
            new PostgresRole("plain"),
            app,
            database,
            new PostgresRole("old") { StoreAsMd5 = true, Password = Known(Password) },
        ];

        var applied = await host.Apply(all);

        Nothing.In(applied.Error);
        Assert.Equal(
            [Certainty.Exact, Certainty.Exact, Certainty.Predicted, Certainty.Exact],
            applied.Plan.Changes.Select(change => change.Certainty)
        );
        Assert.Empty((await host.Plan(all)).Changes);

        // It logs in with the password, and with no other.
        await host.WriteFile("/root/login.sh", $"exec psql -XAtw -h 127.0.0.1 -U \"$1\" -c 'select 1'");
        await Assert.ThrowsAsync<LabException>(() => Login(host, app.Name, database.Name, "wrong"));
        Assert.Equal("1", await Login(host, app.Name, database.Name, Password));
        Assert.Equal(
            "SCRAM-SHA-256$4096 md5 t",
            await Sql(
                host,
                "select (select substr(rolpassword, 1, 18) from pg_authid where rolname = 'it''s \"app\"') || ' ' || "
                    + "(select substr(rolpassword, 1, 3) from pg_authid where rolname = 'old') || ' ' || "
                    + "(select datctype = 'C.UTF-8' from pg_database where datname = 'the ''data'' \"base\"')::text::char"
            )
        );

        // The log has all statements but those with a verifier, and nothing has the password.
        var log = await host.Sh("cat /var/log/postgresql/*.log; journalctl --no-pager");
        Assert.Contains("create role \"it's \"\"app\"\"\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain("SCRAM-SHA-256$4096:", log, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", log, StringComparison.Ordinal);

        await Repairs(host, all, app, database);

        // A password that changed in the recipe is set, and the old one is no longer taken.
        var rotated = app with
        {
            Password = Known("another one"),
        };
        Nothing.In((await host.Apply(rotated)).Error);
        Assert.Equal("1", await Login(host, app.Name, database.Name, "another one"));
        await Assert.ThrowsAsync<LabException>(() => Login(host, app.Name, database.Name, Password));

        // Nothing goes that something depends on.
        Assert.Contains("owns or may use", await host.ErrorOf(new NoPostgresRole(app.Name)), StringComparison.Ordinal);
        IDeclaration[] none = [new NoPostgresDatabase(database.Name), new NoPostgresRole(app.Name), new NoPostgresRole("old")];
        Nothing.In((await host.Apply([none[0]])).Error);
        Nothing.In((await host.Apply(none)).Error);
        Assert.Empty((await host.Plan(none)).Changes);
    }

    /// <summary>Each attribute that somebody changed by hand is seen and repaired, and nothing else is.</summary>
    static async Task Repairs(LabHost host, IDeclaration[] all, PostgresRole app, PostgresDatabase database)
    {
        const string Role = "alter role \"it's \"\"app\"\"\"",
            Database = "\"the 'data' \"\"base\"\"\"";
        await Sql(
            host,
            $"{Role} nologin replication superuser nocreatedb createrole noinherit connection limit 3 valid until 'infinity' "
                + "password 'x'; revoke pg_monitor from \"it's \"\"app\"\"\""
        );
        await Is(app, "login replication superuser create-database create-role inherit connection-limit valid-until password member-of");
        await Sql(host, $"{Role} password null");
        await Is(app, "password");
        await Sql(
            host,
            $"alter database {Database} owner to postgres; alter database {Database} connection limit 3; "
                + $"grant connect on database {Database} to public; revoke connect on database {Database} from plain"
        );
        await Is(database, "owner connection-limit privileges");

        async Task Is(Resource resource, string attributes)
        {
            var repaired = await host.Apply(all);
            Nothing.In(repaired.Error);
            var change = Assert.Single(repaired.Plan.Changes);
            Assert.Equal(
                (resource.Address, attributes),
                (change.Address, string.Join(' ', change.Attributes.Select(attribute => attribute.Name)))
            );
            Assert.Empty((await host.Plan(all)).Changes);
        }
    }

    [LabFact]
    public async Task A_server_that_is_not_there_stopped_or_hung_is_told_in_time()
    {
        await using var host = await lab.StartHostAsync("trixie-postgresql");
        await Answers(host);
        PostgresRole role = new("app") { Login = true };
        Assert.Contains(
            "there is no cluster 16/main of PostgreSQL",
            await host.ErrorOf(role with { Cluster = "16/main" }),
            StringComparison.Ordinal
        );
        await host.Sh("mkdir -p /etc/postgresql/10/main && touch /etc/postgresql/10/main/postgresql.conf");
        Assert.Contains(
            "PostgreSQL 10/main is older than version 11",
            await host.ErrorOf(role with { Cluster = "10/main" }),
            StringComparison.Ordinal
        );
        await host.Sh("rm -r /etc/postgresql/10");
        Assert.Contains("PostgreSQL 5999 is not running", await host.ErrorOf(role with { Cluster = "5999" }), StringComparison.Ordinal);

        // A postmaster that is stopped by a signal takes connections, and answers none.
        await host.Sh("kill -STOP $(cat /run/postgresql/17-main.pid)");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Contains("timeout expired", await host.ErrorOf(role), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 25);
        await host.Sh("kill -CONT $(cat /run/postgresql/17-main.pid); systemctl stop postgresql@17-main");

        Assert.Contains("PostgreSQL 17/main is not running", await host.ErrorOf(role), StringComparison.Ordinal);
        IDeclaration[] started = [new SystemdUnit("postgresql@17-main.service") { Running = true }, role];
        var plan = await host.Plan(started);
        Assert.Equal(Certainty.Unknown, plan.Changes.Single(change => change.Kind == role.Kind).Certainty);
        Nothing.In((await host.Apply(started)).Error);
        Assert.Empty((await host.Plan(started)).Changes);

        await host.Sh("pg_createcluster 17 second");
        Assert.Contains("several clusters of PostgreSQL: 17/main 17/second", await host.ErrorOf(role), StringComparison.Ordinal);
        Assert.Empty((await host.Plan(role with { Cluster = "17/main" })).Changes);
    }

    /// <summary>Until the server answers, which it does soon after the host has booted.</summary>
    internal static Task Answers(LabHost host) => host.Until("runuser -u postgres -- psql -qc 'select' >/dev/null");

    static Secret Known(string value) => new("the test", () => value);

    internal static async Task<string> Sql(LabHost host, string statements)
    {
        var ran = await host.Run("runuser -u postgres -- psql -XAtq -v ON_ERROR_STOP=1 -f -", $"{statements};\n");
        return ran.Succeeded(statements).Stdout.Trim();
    }

    static async Task<string> Login(LabHost host, string role, string database, string password) =>
        (
            await host.Run(
                $"read -r PGPASSWORD; export PGPASSWORD PGDATABASE={HostShell.Shell.Quote(database)}; "
                    + $"sh /root/login.sh {HostShell.Shell.Quote(role)}",
                password + "\n"
            )
        )
            .Succeeded("login")
            .Stdout.Trim();
}
