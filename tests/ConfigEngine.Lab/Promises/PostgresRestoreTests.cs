using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Data that is lost comes back from the archive that the library declares: to a point in time, and to the end.</summary>
[Collection("lab")]
public sealed class PostgresRestoreTests(Lab lab)
{
    const string Wal = "/var/lib/postgresql/wal",
        Backups = "/var/lib/postgresql/base";

    [LabFact]
    public Task What_is_lost_comes_back_from_the_archive() =>
        Task.WhenAll(
            OnHost("bullseye-postgresql-11", "11"),
            OnHost("bullseye-postgresql", "13"),
            OnHost("bookworm-postgresql", "15"),
            OnHost("trixie-postgresql", "17")
        );

    async Task OnHost(string release, string version)
    {
        await using var host = await lab.StartHostAsync(release);
        await PostgresTests.Answers(host);
        var (cluster, data, unit) = ($"{version}/main", $"/var/lib/postgresql/{version}/main", $"postgresql@{version}-main");
        using CfgProcess cfg = new(lab.SshConfig);
        cfg.PlaceOfHouse("replication", text => text);
        var archive = cfg.Write(
            "archive.csx",
            $"#load \"lib/postgres.csx\"\nOn(\"all\", WalArchive(\"{cluster}\", \"{Wal}\", days: 31, backups: \"{Backups}\"));\n"
        );
        await cfg.Run(0, "apply", archive, "--host", host.Name, "--yes");
        await cfg.Run(0, "plan", archive, "--host", host.Name, "--exit-code");

        // The jobs as cron runs them. A backup that is old goes, once there is another.
        await PostgresTests.Sql(host, "create table rows(id int); insert into rows values (1)");
        await host.Sh($"install -d -o postgres -g postgres {Backups}/2020-01-01 && touch -d '24 days ago' {Backups}/2020-01-01");
        await host.Sh(
            $"sed -n 's/^47 3 . . sun postgres //p' /etc/cron.d/base-{version}-main | sed 's/\\\\%/%/g' | runuser -u postgres sh"
        );
        var backup = await host.Sh($"ls -d {Backups}/*");
        Assert.Matches($@"^{Backups}/[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\z", backup);

        await PostgresTests.Sql(host, "insert into rows values (2)");
        await host.Sh("sleep 1.1");
        var between = await PostgresTests.Sql(host, "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')");
        await host.Sh("sleep 1.1");
        await PostgresTests.Sql(host, "insert into rows values (0)");
        var last = await PostgresTests.Sql(host, "select pg_walfile_name(pg_current_wal_lsn())");
        await PostgresTests.Sql(host, "select pg_switch_wal()");
        await host.Until($"test -f {Wal}/{last}");

        // A segment is never written over another one of its name.
        await PostgresTests.Sql(host, "insert into rows values (3)");
        var next = await PostgresTests.Sql(host, "select pg_walfile_name(pg_current_wal_lsn())");
        await host.Sh($"echo another >{Wal}/{next}");
        await PostgresTests.Sql(host, "select pg_switch_wal()");
        await host.Until("[ \"$(runuser -u postgres -- psql -XAtqc 'select failed_count > 0 from pg_stat_archiver')\" = t ]");
        Assert.Equal("another", await host.Sh($"cat {Wal}/{next}"));
        await host.Sh($"rm {Wal}/{next}");
        await host.Until($"test \"$(stat -c %s {Wal}/{next} 2>/dev/null)\" = 16777216", TimeSpan.FromSeconds(90));

        // All of the data is lost, and what was archived comes back.
        PostgresRestore restore = new(backup) { Cluster = cluster, Archive = Wal };
        Assert.Contains("has a server of its own (", await host.ErrorOf(restore), StringComparison.Ordinal);
        await host.Sh($"systemctl stop {unit} && rm -rf {data}");
        var applied = await host.Apply(restore);
        Nothing.In(applied.Error);
        Assert.Equal([Certainty.Exact], applied.Plan.Changes.Select(change => change.Certainty));
        Assert.Empty((await host.Plan(restore)).Changes);
        Assert.Equal("0 1 2 3", await Rows(host));

        // Somebody removes the rows: the server is restored up to the time before, where its directory is named.
        await PostgresTests.Sql(host, "delete from rows; select pg_switch_wal()");
        var earlier = restore with { UpTo = between };
        Assert.Contains($"{data} has a restore of {backup}", await host.ErrorOf(earlier), StringComparison.Ordinal);
        earlier = earlier with { Replace = data };
        Nothing.In((await host.Apply(earlier)).Error);
        Assert.Empty((await host.Plan(earlier)).Changes);
        Assert.Equal("1 2", await Rows(host));

        // It is a server as any other: it takes rows, archives them on a timeline of its own, and nothing of the recovery is left.
        await PostgresTests.Sql(host, "insert into rows values (4)");
        last = await PostgresTests.Sql(host, "select pg_walfile_name(pg_current_wal_lsn())");
        await PostgresTests.Sql(host, "select pg_switch_wal()");
        await host.Until($"test -f {Wal}/{last}");
        await host.Sh($"systemctl restart {unit}");
        await PostgresTests.Answers(host);
        Assert.Equal(
            "",
            await PostgresTests.Sql(host, "select string_agg(name, ' ') from pg_file_settings where name ~ 'recovery|restore'")
        );
        Assert.Equal("", await host.Sh($"ls -d {data}.cfg-* 2>/dev/null || :"));

        await Refuses(host, earlier, data, version);
    }

    /// <summary>What cannot be restored leaves the server and its data as they were.</summary>
    static async Task Refuses(LabHost host, PostgresRestore restore, string data, string version)
    {
        // The archive ends before that time. A server up to version 12 is content with its end.
        if (version is not "11")
        {
            var failed = await host.Apply(restore with { UpTo = "2099-01-01" });
            Assert.Contains("recovery ended before configured recovery target was reached", failed.Error, StringComparison.Ordinal);
            Assert.Contains("the data directory is what it was before", failed.Error, StringComparison.Ordinal);
        }

        Assert.Equal("1 2 4", await Rows(host));
        Assert.Empty((await host.Plan(restore)).Changes);

        Assert.Contains("was begun at", await host.ErrorOf(restore with { UpTo = "2020-01-01" }), StringComparison.Ordinal);
        Assert.Contains(
            "is not a base backup that the owner of the server can read",
            await host.ErrorOf(restore with { Backup = data, UpTo = null }),
            StringComparison.Ordinal
        );
        await host.Sh($"echo 9.6 >{restore.Backup}/PG_VERSION");
        Assert.Contains("is of version 9.6", await host.ErrorOf(restore with { UpTo = null }), StringComparison.Ordinal);

        // A machine that loses its power in the middle leaves both.
        await host.Sh($"mkdir {data}.cfg-old");
        Assert.Contains(
            "is left from a restore that was cut off",
            await host.ErrorOf(restore with { UpTo = null }),
            StringComparison.Ordinal
        );
    }

    static Task<string> Rows(LabHost host) => PostgresTests.Sql(host, "select string_agg(id::text, ' ' order by id) from rows");
}
