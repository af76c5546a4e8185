using ConfigEngine.Resources;
using ConfigEngine.Ssh;

namespace ConfigEngine.Lab;

/// <summary>Settings of a server of PostgreSQL: which need a restart, and what comes of one that no server can start with.</summary>
[Collection("lab")]
public sealed class PostgresSettingTests(Lab lab)
{
    [LabFact]
    public Task Settings_are_set_with_one_restart_where_they_need_one_and_repaired() =>
        Task.WhenAll(((string[])["bullseye-postgresql-11", "bullseye-postgresql", "trixie-postgresql"]).Select(OnHost));

    async Task OnHost(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await PostgresTests.Answers(host);
        PostgresSetting[] all =
        [
            new("work_mem") { Value = "8MB" },
            new("max_wal_senders") { Value = "20" },
            new("shared_preload_libraries") { Value = "auto_explain, pg_stat_statements" },
            new("pg_stat_statements.max") { Value = "500" },
            new("wal_level") { Value = "replica" },
            new("wal_sender_timeout") { Value = "90s" },
            new("archive_command") { Value = "test ! -f '/srv/it''s/%f' && cp %p \"/srv/it's/%f\"" },
            new("statement_timeout") { Value = "1h" },
            new("wal_keep_size") { Value = "64MB" },
        ];
        var began = await Began(host);

        var applied = await host.Apply(all);

        Nothing.In(applied.Error);
        Assert.Equal(
            [
                "work_mem Exact reload",
                "max_wal_senders Exact restart",
                "shared_preload_libraries Exact restart",
                "pg_stat_statements.max Unknown restart",
                "wal_sender_timeout Exact reload",
                "archive_command Exact reload",
                "statement_timeout Exact reload",
                "wal_keep_size Exact reload",
            ],
            applied.Plan.Changes.Select(change => $"{change.Key} {change.Certainty} {How(change)}")
        );
        Assert.Empty((await host.Plan(all)).Changes);
        Assert.Equal(
            "8MB 20 auto_explain, pg_stat_statements 500 replica 90s",
            await PostgresTests.Sql(
                host,
                """
                select string_agg(current_setting(name), ' ' order by place) from unnest(array['work_mem', 'max_wal_senders',
                    'shared_preload_libraries', 'pg_stat_statements.max', 'wal_level', 'wal_sender_timeout'])
                    with ordinality own(name, place)
                """
            )
        );
        Assert.NotEqual(began, await Began(host));
        Assert.Equal(
            release is "bullseye-postgresql-11" ? "wal_keep_segments 4" : "wal_keep_size 64",
            await PostgresTests.Sql(host, "select name || ' ' || setting from pg_settings where name like 'wal\\_keep\\_s%'")
        );

        // All of it is looked at in one round trip.
        using Connector ssh = new(new() { SshConfig = lab.SshConfig });
        Turns turns = new(ssh);
        await using (var engine = Rig.Through(turns, new(host.Name), dsl => dsl.On("all", all), new()))
            Assert.Empty((await engine.Plan(_ => { }, default)).Changes);
        Assert.Equal(1, turns.Count);

        // What needs no restart gets none, and what somebody changed is seen, also where it waits for a restart.
        began = await Began(host);
        await PostgresTests.Sql(host, "alter system set work_mem to '1MB'; alter system reset statement_timeout; select pg_reload_conf()");
        var repaired = await host.Apply(all);
        Nothing.In(repaired.Error);
        Assert.Equal(["work_mem", "statement_timeout"], repaired.Plan.Changes.Select(change => change.Key));
        Assert.Equal(began, await Began(host));
        await PostgresTests.Sql(host, "alter system set max_connections to 77");
        PostgresSetting waits = new("max_connections") { Value = "77" };
        Assert.Empty((await host.Plan(waits with { Restart = false })).Changes);
        var pending = await host.Apply(waits);
        Nothing.In(pending.Error);
        Assert.Equal("in-effect", Assert.Single(Assert.Single(pending.Plan.Changes).Attributes).Name);
        Assert.Equal("77", await PostgresTests.Sql(host, "show max_connections"));
        Assert.Empty((await host.Plan([.. all, waits])).Changes);

        // No server has so much memory: the old settings are back, and it runs.
        var failed = await host.Apply(
            new PostgresSetting("shared_buffers") { Value = "4TB" },
            new PostgresSetting("port") { Value = "5499" }
        );
        Assert.Contains("does not start with these settings; it runs with the old ones", failed.Error, StringComparison.Ordinal);
        Assert.Equal(
            "128MB 5432",
            await PostgresTests.Sql(host, "select current_setting('shared_buffers') || ' ' || current_setting('port')")
        );
        Assert.Empty((await host.Plan([.. all, waits])).Changes);

        Assert.Contains(
            "did you mean work_mem?",
            await host.ErrorOf(new PostgresSetting("work_men") { Value = "1MB" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\"archive\" is not a value of wal_level: it takes minimal, replica, logical",
            await host.ErrorOf(new PostgresSetting("wal_level") { Value = "archive" }),
            StringComparison.Ordinal
        );
    }

    static string How(Change change) =>
        change.Effects.Any(effect => effect.Kind is EffectKind.Restarts) ? "restart"
        : change.Notes.Contains("takes effect without a restart") ? "reload"
        : "";

    static Task<string> Began(LabHost host) => PostgresTests.Sql(host, "select pg_postmaster_start_time()");
}
