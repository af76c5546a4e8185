// Disks and network file systems: functions that return a Recipe, and no declaration.

/// <summary>
/// A directory that cannot grow beyond a size, whatever is written there: an image with a file system of its own, mounted now and at
/// every boot. A larger size makes it grow; a smaller one is an error.
/// </summary>
/// <param name="path">The directory; what was in it before is hidden.</param>
/// <param name="image">The file that holds all that is in it.</param>
Recipe SizeLimitedDirectory(string path, string image, ByteSize size, string? owner = null, Mode? mode = null) => new($"{path}, limited",
    new Package("e2fsprogs"),
    new LoopImage(image) { Size = size },
    new Mount(path) { Device = image, Type = "ext4", Options = ["loop", "nosuid", "nodev"] },
    new Directory(path) { Owner = owner, Mode = mode });

/// <summary>
/// A server of directories for clients of NFS 3 and 4. mountd, which NFS 3 needs, always listens on port 33333, so that a firewall can let
/// it through (with 111 and 2049, which is all that NFS 4 needs).
/// </summary>
/// <example>NfsServer(new NfsExport("/srv/share") { Clients = new() { ["192.168.1.0/24"] = ["rw", "sync", "no_subtree_check"] } })</example>
Recipe NfsServer(params NfsExport[] exports)
{
    var server = new SystemdUnit("nfs-server.service") { Enabled = true, Running = true };
    return new("nfs server",
        new Package("nfs-kernel-server"),
        new Directory("/etc/nfs.conf.d"),
        new File("/etc/nfs.conf.d/mountd.conf") { Content = "[mountd]\nport=33333\n", Notifies = [server.Restart] },
        new Recipe("exports", exports),
        server);
}

/// <summary>A directory of an NFS server, mounted now and at every boot. A boot does not wait for a server that is gone.</summary>
/// <param name="options">As in nfs(5), such as "vers=4.2", or "vers=3" and "nolock" for an old server.</param>
Recipe NfsClient(string path, string device, params string[] options) => new($"nfs {path}",
    new Package("nfs-common"),
    new Mount(path) { Device = device, Type = "nfs", Options = ["_netdev", "nofail", .. options] });

/// <summary>
/// A share of a Windows or Samba server, mounted now and at every boot. The password is in a file that only root can read, and not in
/// fstab, which everyone can.
/// </summary>
Recipe CifsMount(string path, string device, string user, Secret password, params string[] options) => new($"cifs {path}",
    new Package("cifs-utils"),
    new File($"/etc/cifs-{path.Trim('/').Replace('/', '-')}")
    {
        Content = $"username={user}\npassword={password}\n",
        Owner   = "root",
        Mode    = "0600",
    },
    new Mount(path)
    {
        Device  = device,
        Type    = "cifs",
        Options = [$"credentials=/etc/cifs-{path.Trim('/').Replace('/', '-')}", "_netdev", "nofail", .. options],
    });
