using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Servers that are not clusters of Debian, and slots that are not for standbys.</summary>
[Collection("lab")]
public sealed class PostgresElsewhereTests(Lab lab)
{
    const string Programs = "/usr/lib/postgresql/15/bin";

    [LabFact]
    public async Task A_primary_and_a_standby_are_laid_out_as_on_EL()
    {
        var hosts = await Task.WhenAll(lab.StartHostAsync("bookworm-postgresql"), lab.StartHostAsync("bookworm-postgresql"));
        await using LabHost primary = hosts[0],
            standby = hosts[1];

        // The packages of EL, and those that PostgreSQL itself makes for EL.
        await LayOut(primary, "/var/lib/pgsql/data", "postgresql.service", "/usr/bin");
        await LayOut(standby, "/var/lib/pgsql/15/data", "postgresql-15.service", "/usr/pgsql-15/bin");
        Secret password = new("the test", () => "it's a secret");
        PostgresReplicationSlot slot = new("standby1");
        IDeclaration[] serves =
        [
            new PostgresSetting("listen_addresses") { Value = "*" },
            new PostgresSetting("max_wal_senders") { Value = "12" },
            new PostgresSetting("max_slot_wal_keep_size") { Value = "10GB" },
            new PostgresRole("repl")
            {
                Login = true,
                Replication = true,
                Password = password,
            },
            new PostgresHbaRule("replication", "repl", $"{standby.Address}/32"),
            new PostgresDatabase("app"),
            slot,
        ];
        var began = await PostgresTests.Sql(primary, "select pg_postmaster_start_time()");
        Nothing.In((await primary.Apply(serves)).Error);
        Assert.Empty((await primary.Plan(serves)).Changes);
        Assert.NotEqual(began, await PostgresTests.Sql(primary, "select pg_postmaster_start_time()"));

        PostgresStandby follows = new(primary.Address)
        {
            User = "repl",
            Password = password,
            Slot = slot.Name,
        };
        Assert.Contains(
            "to have it replaced, with all that is in it: Replace = \"/var/lib/pgsql/15/data\"",
            await standby.ErrorOf(follows),
            StringComparison.Ordinal
        );
        follows = follows with { Replace = "/var/lib/pgsql/15/data" };
        Nothing.In((await standby.Apply(follows)).Error);
        Assert.Empty((await standby.Plan(follows)).Changes);
        await PostgresTests.Sql(primary, "create table rows(id int); insert into rows values (42)");
        await standby.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select id from rows' 2>/dev/null)\" = 42 ]");
        Assert.Equal("600 postgres", await standby.Sh("stat -c '%a %U' /var/lib/pgsql/15/primary.pass"));

        // A standby that is stopped is started by its own unit.
        await standby.Sh("systemctl stop postgresql-15");
        Assert.Equal("streams", Assert.Single(Assert.Single((await standby.Plan(follows)).Changes).Attributes).Name);
        Nothing.In((await standby.Apply(follows)).Error);
        Assert.Equal("active", await standby.Sh("systemctl is-active postgresql-15"));

        // One that fell behind too far says so, and is built again.
        await standby.Sh("systemctl stop postgresql-15");
        await PostgresTests.Sql(
            primary,
            "alter system set max_slot_wal_keep_size to '1MB'; alter system set max_wal_size to '32MB'; select pg_reload_conf()"
        );
        await PostgresTests.Sql(
            primary,
            string.Concat(Enumerable.Repeat("insert into rows select generate_series(1, 1000); select pg_switch_wal(); ", 6))
                + "checkpoint"
        );
        await standby.Sh("systemctl start postgresql-15");
        await standby.Until("journalctl -u postgresql-15 -n 20 | grep -q 'already been removed'");
        Assert.Contains(
            "needs WAL that the primary no longer has",
            await standby.ErrorOf(follows with { Replace = null }),
            StringComparison.Ordinal
        );
        Assert.Contains("no longer has the WAL that the reader of standby1 needs", await primary.ErrorOf(slot), StringComparison.Ordinal);
        await PostgresTests.Sql(primary, "select pg_drop_replication_slot('standby1')");
        Nothing.In((await primary.Apply(serves)).Error);
        Nothing.In((await standby.Apply(follows)).Error);
        Assert.Empty((await standby.Plan(follows)).Changes);
        Assert.Equal("6001", await PostgresTests.Sql(standby, "select count(*) from rows"));
    }

    /// <summary>Takes Debian's layout away, and starts a server in another one.</summary>
    static async Task LayOut(LabHost host, string data, string unit, string programs)
    {
        await PostgresTests.Answers(host);
        await host.Sh(
            "systemctl stop postgresql@15-main && pg_dropcluster 15 main && rm -rf /etc/postgresql "
                + "/lib/systemd/system/postgresql*.service /usr/bin/pg_ctlcluster /usr/bin/pg_lsclusters /usr/bin/psql"
        );
        await host.Sh(
            $"mkdir -p {programs} && ln -sf {Programs}/* {programs}/ && ln -sf {Programs}/psql /usr/bin/psql && "
                + $"install -d -o postgres -g postgres -m 700 /var/lib/pgsql {Path.GetDirectoryName(data)} && "
                + $"runuser -u postgres -- {Programs}/initdb -D {data} >/dev/null"
        );
        await host.WriteFile(
            $"/etc/systemd/system/{unit}",
            $"[Service]\nType=notify\nUser=postgres\nExecStart={programs}/postgres -D {data}\nExecReload=/bin/kill -HUP $MAINPID\n"
                + "[Install]\nWantedBy=multi-user.target\n"
        );
        await host.Sh($"systemctl daemon-reload && systemctl enable -q {unit} && systemctl restart {unit}");
        await PostgresTests.Answers(host);
    }

    [LabFact]
    public Task A_logical_slot_gives_what_changed() => Task.WhenAll(Logical("bullseye-postgresql-11"), Logical("trixie-postgresql"));

    async Task Logical(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await PostgresTests.Answers(host);
        PostgresReplicationSlot slot = new("changes") { Plugin = "test_decoding", Database = "the 'app'" };
        Assert.Contains(
            "new PostgresSetting(\"wal_level\") { Value = \"logical\" }",
            await host.ErrorOf(new PostgresDatabase("the 'app'"), slot),
            StringComparison.Ordinal
        );
        IDeclaration[] all = [new PostgresSetting("wal_level") { Value = "logical" }, new PostgresDatabase("the 'app'"), slot];
        Nothing.In((await host.Apply(all)).Error);
        Assert.Empty((await host.Plan(all)).Changes);

        const string InApp = "runuser -u postgres -- psql -XAtq \"dbname='the \\\\'app\\\\''\" -c";
        await host.Sh($"{InApp} 'create table rows(id int)'; {InApp} 'insert into rows values (42)'");
        Assert.Contains(
            "table public.rows: INSERT: id[integer]:42",
            await host.Sh($"{InApp} \"select data from pg_logical_slot_get_changes('changes', null, null)\""),
            StringComparison.Ordinal
        );

        // It stays what it is: another plugin or another database is an error, and a drop by hand is repaired.
        Assert.Contains(
            "the slot is logical (test_decoding in the 'app'), and cannot become logical (pgoutput in the 'app')",
            await host.ErrorOf(slot with { Plugin = "pgoutput" }),
            StringComparison.Ordinal
        );
        Assert.Contains("cannot become physical", await host.ErrorOf(new PostgresReplicationSlot("changes")), StringComparison.Ordinal);
        await PostgresTests.Sql(host, "select pg_drop_replication_slot('changes')");
        Nothing.In((await host.Apply(all)).Error);
        Assert.Empty((await host.Plan(all)).Changes);
        NoPostgresReplicationSlot gone = new("changes");
        Nothing.In((await host.Apply(gone)).Error);
        Assert.Equal("0", await PostgresTests.Sql(host, "select count(*) from pg_replication_slots"));
    }
}
