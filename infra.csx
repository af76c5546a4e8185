// Who there is. `cfg hosts` shows it with what ssh would do for each host; `cfg plan` shows what the blocks at the end
// would change. These are the hosts of the project's own lab: names, with how to reach them left to ssh's configuration.

var web = Group("web",
    new Host("web1"),
    new Host("web2") { Vars = { ["port"] = 9090 } });

var db = Group("db",
    new Host("db1"));

Group(new Group("site", [web, db]) { Vars = { ["port"] = 8080, ["zone"] = "Etc/UTC" } });

// What every host has. A recipe of its own is better for more than this: see recipes/.
On("site", host =>
[
    new Timezone(host.Var<string>("zone")),
    new File("/etc/motd")
    {
        Content = $"{host.Name} ({host.Facts.Distribution.PrettyName}), configured by cfg: edits here are lost.\n",
        Mode = "0644",
    },
]);
