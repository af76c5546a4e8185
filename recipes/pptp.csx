// An office network behind a server of PPTP, and a host that reaches it: OFFICE_PASSWORD=… cfg plan recipes/pptp.csx

#load "lib/network.csx"

Hosts(new Host("public"), new Host("web1"));

var password = Secrets.Environment("OFFICE_PASSWORD");

On("public", PptpServer(local: "192.168.77.1", remote: "192.168.77.10-20", dns: "192.168.10.1",
    new PppSecret("web1", "pptpd") { Password = password, Addresses = ["192.168.77.10"] }));

On("web1", PptpClient("office", "public.example.com", user: "web1", password, routes: "192.168.10.0/24"));
