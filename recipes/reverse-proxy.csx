// nginx with TLS in front of a program and an application of one page. An own authority signs the certificate; clients that have
// /etc/ssl/ca.crt trust it. As a developer's proxy on this machine: sudo cfg apply recipes/reverse-proxy.csx --local

#load "lib/web.csx"

Hosts(new Host("web1"));

On("web1",
    new PackageIndex(),
    new Certificate("/etc/ssl/ca.crt") { IsAuthority = true, CommonName = "Example CA" },
    ReverseProxy("app.example.com",
        certificate: new Certificate("/etc/ssl/app.crt") { Names = ["app.example.com"], SignedBy = "/etc/ssl/ca.crt" },
        root: "/srv/app",
        locations:
        [
            new("^~ /api/") { Proxy = "http://127.0.0.1:8080", Rewrite = "/", ReadTimeout = TimeSpan.FromMinutes(5) },
            new("/") { TryFiles = ["$uri", "$uri/", "/index.html"] },
        ]));
