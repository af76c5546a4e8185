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

    [LabFact]
    public async Task A_primary_that_reboots_in_the_middle_is_waited_for_and_the_standby_streams()
    {
        var hosts = await Task.WhenAll(lab.StartHostAsync("bookworm", "db1"), lab.StartHostAsync("bookworm", "db2"));
        await using LabHost primary = hosts[0],
            standby = hosts[1];
        using CfgProcess cfg = new(await Config(hosts), new() { ["REPL_PASSWORD"] = "first" });

        // One reboot is in the recipe, because the host asks for it. The other is not: the server's second start, for its settings,
        // takes the machine down. From then on the server starts late, and the host asks once more.
        await primary.Sh("touch /run/reboot-required; mkdir -p /etc/systemd/system/postgresql@15-main.service.d");
        await primary.WriteFile(
            "/usr/local/sbin/starts",
            "#!/bin/sh\nn=$(cat /srv/starts 2>/dev/null || echo 0)\necho $((n + 1)) >/srv/starts\n"
                + "case $n in 0) ;; 1) sync; systemctl reboot --force; sleep 60;; "
                + "2) touch /run/reboot-required; sleep 3;; *) sleep 3;; esac\n"
        );
        await primary.Sh("chmod 755 /usr/local/sbin/starts");
        await primary.WriteFile(
            "/etc/systemd/system/postgresql@15-main.service.d/starts.conf",
            "[Service]\nExecStartPre=+/usr/local/sbin/starts\n"
        );
        var first = await primary.BootId();
        var recipe = await Place(cfg, primary, standby, "    WalArchive(", "    new Reboot(),\n    WalArchive(");

        var ran = await cfg.Run(0, "apply", recipe, "--yes");

        Assert.Contains("reboot when needed", ran.Stdout, StringComparison.Ordinal);
        Assert.Equal(
            ["reboot-done", "reconnected", "reconnecting"],
            cfg.Journal()
                .Select(line => line.GetProperty("event").GetString())
                .Where(name => name is "reboot-done" or "reconnected" or "reconnecting")
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Assert.NotEqual(first, await primary.BootId());
        await cfg.Run(0, "plan", recipe, "--exit-code");
        await Streams(primary);
        await PostgresTests.Sql(primary, "create table rows(id int); insert into rows values (42)");
        await standby.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select id from rows' 2>/dev/null)\" = 42 ]");
    }

    [LabFact]
    public async Task A_standby_of_version_11_follows_its_primary_by_recovery_conf()
    {
        var hosts = await Task.WhenAll(
            lab.StartHostAsync("bullseye-postgresql-11", "db1"),
            lab.StartHostAsync("bullseye-postgresql-11", "db2")
        );
        await using LabHost primary = hosts[0],
            standby = hosts[1];
        using CfgProcess cfg = new(await Config(hosts), new() { ["REPL_PASSWORD"] = "it's:a\\secret" });
        await Place(cfg, primary, standby);
        var recipe = cfg.Write(
            "old.csx",
            $$"""
            #load "lib/postgres.csx"
            Hosts(new Host("db1"), new Host("db2"));
            var password = Secrets.Environment("REPL_PASSWORD");
            var slot = new PostgresReplicationSlot("db2") { Cluster = "11/main" };
            On("db1", PostgresPrimary("11/main", "{{standby.Address}}/32", slot, password),
                new PostgresSetting("wal_keep_size") { Cluster = "11/main", Value = "1GB" });
            On("db2", PostgresReplica("11/main", "{{primary.Address}}", slot, password, replace: "/var/lib/postgresql/11/main"));
            """
        );

        await cfg.Run(0, "apply", recipe, "--yes");

        await cfg.Run(0, "plan", recipe, "--exit-code");
        await Streams(primary);
        await PostgresTests.Sql(primary, "create table rows(id int); insert into rows values (42)");
        await standby.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select id from rows' 2>/dev/null)\" = 42 ]");
        Assert.Equal("64", await PostgresTests.Sql(primary, "show wal_keep_segments"));

        // What somebody changes in recovery.conf is seen, and repaired with a restart.
        await standby.Sh("sed -i 's/user=repl/user=other/; s/db2/db3/' /var/lib/postgresql/11/main/recovery.conf");
        var plan = (await cfg.Run(0, "plan", recipe)).Stdout;
        Assert.Contains("restarts postgresql@11-main.service", plan, StringComparison.Ordinal);
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        await Streams(primary);
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
        // It receives, and does not apply.
        PostgresStandby late = new(primary.Address)
        {
            User = "repl",
            Cluster = "15/main",
            Slot = "db2",
            ApplicationName = "db2",
        };
        await PostgresTests.Sql(standby, "select pg_wal_replay_pause()");
        await PostgresTests.Sql(primary, "create table more(id int); insert into more select generate_series(1, 100000)");
        await standby.Sh("sleep 3");
        Assert.Empty((await standby.Plan(late)).Changes);
        Assert.Empty((await standby.Plan(late with { MaxLag = ByteSize.FromGigabytes(1), MaxDelay = TimeSpan.FromHours(1) })).Changes);
        foreach (
            var limited in new[] { late with { MaxLag = ByteSize.FromMegabytes(1) }, late with { MaxDelay = TimeSpan.FromSeconds(1) } }
        )
        {
            var error = await standby.ErrorOf(limited);
            Assert.Contains("the standby is behind its primary: by ", error, StringComparison.Ordinal);
            Assert.Contains("select pg_wal_replay_resume()", error, StringComparison.Ordinal);
        }

        await PostgresTests.Sql(standby, "select pg_wal_replay_resume()");
        await standby.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select count(*) from more' 2>/dev/null)\" = 100000 ]");
        Assert.Empty((await standby.Plan(late with { MaxLag = ByteSize.FromMegabytes(1), MaxDelay = TimeSpan.FromSeconds(1) })).Changes);

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
    static Task<string> Place(CfgProcess cfg, LabHost primary, LabHost standby, string replaced = "", string by = "")
    {
        var recipe = cfg.PlaceOfHouse(
            "replication",
            text =>
                (replaced.Length == 0 ? text : text.Replace(replaced, by, StringComparison.Ordinal))
                    .Replace("203.0.113.21", primary.Address, StringComparison.Ordinal)
                    .Replace("203.0.113.22", standby.Address, StringComparison.Ordinal)
        );
        return Task.FromResult(recipe);
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
