// Packages of a host with dnf. Its recordings are of a host of the lab: Debian's dnf and rpm, with a database and packages of the lab's own,
// because no root of EL or Fedora could be had there.

Hosts(new Host("rpm1"));

On("rpm1",
    new PackageIndex(),
    new DnfRepository("more") { Uris = ["file:///srv/rpm"], Unsigned = true },
    new Package("cfg-demo") { Version = "1.1-1", Held = true },
    new NoPackage("aside"),
    new File("/etc/cfg-demo.conf") { Content = "# of the recipe\n", Mode = "0640" });
