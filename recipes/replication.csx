// A primary and a standby of PostgreSQL 15 on two hosts with Debian 12, from nothing: REPL_PASSWORD=… cfg plan recipes/replication.csx

#load "lib/postgres.csx"

Host db1 = new("db1") { Address = "203.0.113.21" }, db2 = new("db2") { Address = "203.0.113.22" };
Hosts(db1, db2);

var password = Secrets.Environment("REPL_PASSWORD");

// It exists on the primary. Its name, and the identifier of the primary's data, are values for the standby.
var slot = new PostgresReplicationSlot("db2") { Cluster = "15/main" };

On(db1,
    new PackageIndex(),
    PostgresPrimary("15/main", $"{db2.Address}/32", slot, password),
    WalArchive("15/main", "/var/lib/postgresql/wal", days: 31),
    new PostgresRole("app") { Cluster = "15/main", Login = true },
    new PostgresDatabase("app") { Cluster = "15/main", Owner = "app", Privileges = new() { ["public"] = "" } });

// The package of the standby makes a cluster, too, with nothing in it: this names it as one that may be replaced.
On(db2,
    new PackageIndex(),
    PostgresReplica("15/main", $"{db1.Address}", slot, password, replace: "/var/lib/postgresql/15/main"));
