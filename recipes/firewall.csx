// What comes into a web server, and how it reaches a network behind a router: cfg plan recipes/firewall.csx

#load "lib/network.csx"

Hosts(new Host("web1"), new Host("files"));

On("web1",
    new Route("192.168.10.0/24") { Via = "10.0.0.254", Device = "host0" },
    HostFirewall("22/tcp", "80/tcp", "443/tcp", "5432/tcp from 10.0.0.0/24"));

// On a host that has ufw: NFS for the network alone.
On("files", Ufw(
    new FirewallRule("22/tcp") { Action = "limit" },
    new FirewallRule("2049/tcp") { From = "10.0.0.0/24", Comment = "NFS" }));
