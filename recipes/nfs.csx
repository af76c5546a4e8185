// A directory of the host files that app1 uses through NFS. Everybody on the network writes there as nobody.

#load "lib/storage.csx"

Hosts(new Host("files"), new Host("app1"));

var served = On("files",
    new Directory("/srv/share") { Owner = "nobody", Group = "nogroup", Mode = "0775" },
    NfsServer(new NfsExport("/srv/share")
    {
        Clients = new() { ["192.0.2.0/24"] = ["rw", "sync", "all_squash", "insecure", "no_subtree_check"] },
    }));

// With NFS 4, and with NFS 3 as an old client has it.
On("app1",
    NfsClient("/mnt/share", "files.example.com:/srv/share", "vers=4.2", "nosuid"),
    new Mount("/mnt/old")
    {
        Device  = "files.example.com:/srv/share",
        Type    = "nfs",
        Options = ["vers=3", "nolock", "nosuid", "_netdev", "nofail"],
    }).After = [served];
