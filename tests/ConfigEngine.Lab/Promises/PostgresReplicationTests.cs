using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>
/// The recipe of the house for replication, as a user runs it: two hosts from nothing, a row that arrives, and what goes wrong with
/// standbys.
/// </summary>
[Collection("lab")]
public sealed class PostgresReplicationTests(Lab lab)
{
    const string Directory = "/var/lib/postgresql/15/main";

    [LabFact]
    public async Task A_primary_and_a_standby_come_from_nothing_and_stay()
    {
        var hosts = await Task.WhenAll(lab.StartHostAsync("bookworm", "db1"), lab.StartHostAsync("bookworm", "db2"));
        await using LabHost primary = hosts[0],
            standby = hosts[1];
        using CfgProcess cfg = new(await Config(hosts), new() { ["REPL_PASSWORD"] = "first 'pass:word\\'" });
        var recipe = await Place(cfg, primary, standby);

        var plan = (await cfg.Run(0, "plan", recipe)).Stdout;
        Assert.Contains("+ postgres-replication-slot 15/main db2", plan, StringComparison.Ordinal);
        Assert.Contains("from the slot name of postgres-replication-slot 15/main db2", plan, StringComparison.Ordinal);
        Assert.Contains($"loses all that is in {Directory} (unless it is a standby of that primary)", plan, StringComparison.Ordinal);
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");

        // A row of the primary is on the standby, which streams with its slot.
        await PostgresTests.Sql(primary, "create table rows(id int); insert into rows values (42)");
        await standby.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select id from rows' 2>/dev/null)\" = 42 ]");
        Assert.Equal(
            "db2 streaming t",
            await PostgresTests.Sql(
                primary,
                "select application_name || ' ' || state || ' ' || (select active from pg_replication_slots)::text::char "
                    + "from pg_stat_replication"
            )
        );
        // Finished segments are in the archive, and old ones go.
        await PostgresTests.Sql(primary, "select pg_switch_wal()");
        await primary.Until("ls /var/lib/postgresql/wal/0000000100000000????????");
        await primary.Sh(
            "touch -d '40 days ago' /var/lib/postgresql/wal/old; sed -n 's/^17 4 . . . postgres //p' /etc/cron.d/wal-15-main | sh"
        );
        await primary.Sh("test ! -e /var/lib/postgresql/wal/old && ls /var/lib/postgresql/wal/0*");
        Assert.Equal("600 postgres", await standby.Sh("stat -c '%a %U' /etc/postgresql/15/main/primary.pass"));
        Assert.Contains(
            "PostgreSQL 15/main is a standby, and changes only with its primary",
            await standby.ErrorOf(new PostgresRole("other")),
            StringComparison.Ordinal
        );

        // Another password: the primary gets another verifier and the standby another file, and nothing is restarted or built again.
        using CfgProcess rotated = new(await Config(hosts), new() { ["REPL_PASSWORD"] = "second" });
        recipe = await Place(rotated, primary, standby);
        var change = (await rotated.Run(0, "apply", recipe, "--yes")).Stdout;
        Assert.Contains("postgres-role 15/main repl", change, StringComparison.Ordinal);
        await rotated.Run(0, "plan", recipe, "--exit-code");
        await standby.Sh("systemctl restart postgresql@15-main");
        await Streams(primary);
        Assert.Equal(
            "0",
            (await standby.Run("grep -lsrF -e second -e 'first ' /var/log /run/configengine /var/lib/configengine | wc -l")).Stdout.Trim()
        );

        // The primary reboots, and the standby goes on.
        await primary.Reboot();
        await Streams(primary);
        await rotated.Run(0, "plan", recipe, "--exit-code");

        await Drifts(rotated, recipe, primary, standby);
        await FallsBehind(rotated, recipe, primary, standby);
    }

    /// <summary>What somebody changes on the standby is seen and repaired; one that was made a server of its own is not touched.</summary>
    static async Task Drifts(CfgProcess cfg, string recipe, LabHost primary, LabHost standby)
    {
        await PostgresTests.Sql(
            standby,
            "alter system set primary_conninfo to 'host=127.0.0.2 user=repl'; alter system set primary_slot_name to ''; "
                + "select pg_reload_conf()"
        );
        await standby.Sh("echo wrong >/etc/postgresql/15/main/primary.pass");
        await PostgresTests.Sql(primary, "alter role repl nologin; alter system set listen_addresses to 'localhost'");
        await primary.Sh("sed -i '/repl/d' /etc/postgresql/15/main/pg_hba.conf && systemctl restart postgresql@15-main");
        var plan = (await cfg.Run(0, "plan", recipe)).Stdout;
        Assert.Contains("restarts postgresql@15-main.service", plan, StringComparison.Ordinal);
        await cfg.Run(0, "apply", recipe, "--yes");
        await Streams(primary);
        await cfg.Run(0, "plan", recipe, "--exit-code");

        // The server does not take a rule that is wrong.
        PostgresHbaRule wrong = new("app", "app", "198.51.100.0/24") { Cluster = "15/main", Options = "nonsense=1" };
        Assert.Contains("unrecognized authentication option name", (await primary.Apply(wrong)).Error, StringComparison.Ordinal);
        await cfg.Run(0, "plan", recipe, "--exit-code");

        PostgresStandby itself = new("127.0.0.1") { User = "repl", Cluster = "15/main" };
        Assert.Contains("is this very server, and none is its own standby", await standby.ErrorOf(itself), StringComparison.Ordinal);
        Assert.Contains(
            "has the data of another primary",
            await standby.ErrorOf(itself with { Primary = primary.Address, Identifier = "1" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{Directory} has the data of a server of its own",
            await primary.ErrorOf(itself with { Primary = standby.Address, Replace = "/var/lib/postgresql/14/main" }),
            StringComparison.Ordinal
        );
    }

    /// <summary>A standby whose WAL is gone is reported, and built again where the recipe names its directory.</summary>
    static async Task FallsBehind(CfgProcess cfg, string recipe, LabHost primary, LabHost standby)
    {
        await standby.Sh("systemctl stop postgresql@15-main");
        await PostgresTests.Sql(
            primary,
            "alter system set max_slot_wal_keep_size to '1MB'; alter system set max_wal_size to '32MB'; select pg_reload_conf()"
        );
        await PostgresTests.Sql(
            primary,
            string.Concat(Enumerable.Repeat("insert into rows select generate_series(1, 1000); select pg_switch_wal(); ", 6))
                + "checkpoint"
        );
        Assert.Equal("lost", await PostgresTests.Sql(primary, "select wal_status from pg_replication_slots"));
        await standby.Sh("systemctl start postgresql@15-main");
        await standby.Until("tail -n 20 /var/log/postgresql/*.log | grep -q 'already been removed'");

        Assert.Contains("no longer has the WAL that the reader of db2 needs", await Failed(cfg, recipe), StringComparison.Ordinal);
        PostgresStandby lost = new(primary.Address) { User = "repl", Cluster = "15/main" };
        Assert.Contains("needs WAL that the primary no longer has", await standby.ErrorOf(lost), StringComparison.Ordinal);

        await PostgresTests.Sql(primary, "select pg_drop_replication_slot('db2')");
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("6001", await PostgresTests.Sql(standby, "select count(*) from rows"));
    }

    static async Task<string> Failed(CfgProcess cfg, string recipe)
    {
        var ran = await cfg.Run(1, "plan", recipe);
        return ran.Stdout + ran.Stderr;
    }

    static Task Streams(LabHost primary) =>
        primary.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select state from pg_stat_replication' 2>/dev/null)\" = streaming ]");

    /// <summary>The recipe, with the addresses of the lab.</summary>
    static async Task<string> Place(CfgProcess cfg, LabHost primary, LabHost standby)
    {
        var recipes = Path.Combine(AppContext.BaseDirectory, "House");
        cfg.Write("lib/postgres.csx", await System.IO.File.ReadAllTextAsync(Path.Combine(recipes, "lib/postgres.csx")));
        return cfg.Write(
            "replication.csx",
            (await System.IO.File.ReadAllTextAsync(Path.Combine(recipes, "replication.csx")))
                .Replace("203.0.113.21", primary.Address, StringComparison.Ordinal)
                .Replace("203.0.113.22", standby.Address, StringComparison.Ordinal)
        );
    }

    /// <summary>The lab's configuration of ssh, in which a host is known by its address, too.</summary>
    async Task<string> Config(IEnumerable<LabHost> hosts)
    {
        var config = Path.Combine(lab.Directory, "replication-ssh");
        var text = await System.IO.File.ReadAllTextAsync(lab.SshConfig);
        foreach (var host in hosts)
            text = text.Replace($"Host {host.Name}\n", $"Host {host.Name} {host.Address}\n", StringComparison.Ordinal);
        await System.IO.File.WriteAllTextAsync(config, text);
        return config;
    }
}
