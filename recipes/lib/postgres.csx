// PostgreSQL with streaming replication: functions that return a Recipe, and no declaration.

/// <summary>A primary, from which one standby streams.</summary>
/// <param name="cluster">The cluster, as pg_lsclusters lists it: 15/main on Debian 12.</param>
/// <param name="standby">The address of the standby, with the length of its prefix.</param>
/// <param name="slot">The slot that keeps WAL for the standby; give it to PostgresReplica, too.</param>
/// <param name="password">The password of the role repl.</param>
Recipe PostgresPrimary(string cluster, string standby, PostgresReplicationSlot slot, Secret password) =>
    new($"primary {cluster}",
        new Package("postgresql"),
        new PostgresSetting("listen_addresses") { Cluster = cluster, Value = "*" },
        new PostgresSetting("wal_level") { Cluster = cluster, Value = "replica" },
        new PostgresSetting("max_wal_senders") { Cluster = cluster, Value = "10" },
        new PostgresSetting("wal_sender_timeout") { Cluster = cluster, Value = "60s" },
        // A slot keeps WAL without end up to version 12.
        int.Parse(cluster.Split('/')[0]) < 13 ? null : new PostgresSetting("max_slot_wal_keep_size") { Cluster = cluster, Value = "10GB" },
        new PostgresRole("repl") { Cluster = cluster, Login = true, Replication = true, Password = password },
        new PostgresHbaRule("replication", "repl", standby) { Cluster = cluster },
        slot);

/// <summary>A standby that streams from a primary.</summary>
/// <param name="cluster">The cluster, as pg_lsclusters lists it.</param>
/// <param name="primary">The address of the primary.</param>
/// <param name="slot">The slot of the primary.</param>
/// <param name="password">The password of the role repl.</param>
/// <param name="replace">The data directory that may be replaced, such as that of the empty cluster which the package makes.</param>
Recipe PostgresReplica(string cluster, string primary, PostgresReplicationSlot slot, Secret password, string? replace = null) =>
    new($"standby {cluster}",
        new Package("postgresql"),
        new PostgresStandby(primary)
        {
            Cluster         = cluster,
            User            = "repl",
            Password        = password,
            Slot            = slot.SlotName,
            Identifier      = slot.SystemIdentifier,
            ApplicationName = slot.Name,
            Replace         = replace,
        });

/// <summary>
/// An archive of WAL, for restores to a point in time (PostgresRestore): each finished segment is copied once, and removed after some
/// days. A restore begins with a base backup that is not older than the archive.
/// </summary>
/// <param name="cluster">The cluster, as pg_lsclusters lists it.</param>
/// <param name="directory">Where the segments go, in a directory that exists: best on another disk.</param>
/// <param name="days">How long they stay.</param>
/// <param name="backups">Where a base backup goes every week, under its date, in a directory that exists; none is made when null. They
/// go eight days before the WAL does, and never before there is a newer one.</param>
Recipe WalArchive(string cluster, string directory, int days = 31, string? backups = null) =>
    new($"WAL archive {cluster}",
        new Package("cron"),
        new Directory(directory) { Owner = "postgres", Group = "postgres", Mode = "0700" },
        new PostgresSetting("archive_mode") { Cluster = cluster, Value = "on" },
        new PostgresSetting("archive_command")
        {
            Cluster = cluster,
            // A segment that is there already is right if it is the same: the server asks again after a crash (PostgreSQL manual, 25.3.1).
            Value   = $"if test -f {directory}/%f; then cmp -s %p {directory}/%f; "
                    + $"else cp %p {directory}/%f.part && mv {directory}/%f.part {directory}/%f; fi",
        },
        new CronJob($"wal-{cluster.Replace('/', '-')}")
        {
            Schedule = "17 4 * * *",
            User     = "postgres",
            Command  = $"find {directory} -type f -mtime +{days} -delete",
        },
        backups is null ? null : new Directory(backups) { Owner = "postgres", Group = "postgres", Mode = "0700" },
        backups is null ? null : new CronJob($"base-{cluster.Replace('/', '-')}")
        {
            Schedule = "47 3 * * sun",
            User     = "postgres",
            Command  = $"pg_basebackup --cluster={cluster} -X stream -c fast -D {backups}/$(date +%F) && "
                     + $"find {backups} -mindepth 1 -maxdepth 1 -mtime +{days - 8} -exec rm -rf {{}} +",
        });
