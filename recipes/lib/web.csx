// Web servers: functions that return a Recipe, and no declaration.

/// <summary>
/// nginx in front of programs and files. Sites that break its configuration are refused; the others go on. nginx is reloaded when the
/// site or its certificate changed.
/// </summary>
/// <param name="name">The name in the address of a browser; the name of the site's file, too.</param>
/// <param name="locations">What it does, by path.</param>
/// <param name="certificate">The certificate, which is made here; the site does without TLS when null.</param>
Recipe ReverseProxy(string name, IReadOnlyList<NginxLocation> locations, Certificate? certificate = null, string? root = null)
{
    var nginx = new SystemdUnit("nginx.service") { Enabled = true, Running = true };
    return new($"reverse proxy {name}",
        new Package("nginx"),
        // The site of the package answers for every name.
        new NoPath("/etc/nginx/sites-enabled/default") { Notifies = [nginx.Reload] },
        certificate is null ? null : certificate with { Notifies = [nginx.Reload] },
        new NginxSite(name)
        {
            ServerNames    = [name],
            Certificate    = certificate?.Path,
            CertificateKey = certificate?.PrivateKey,
            Root           = root,
            Locations      = locations,
            Notifies       = [nginx.Reload],
        },
        nginx);
}

/// <summary>
/// A certificate of Let's Encrypt through certbot, for a name that leads to this host. It is fetched once; certbot's own timer renews
/// it, and nginx is reloaded then. The files are /etc/letsencrypt/live/NAME/fullchain.pem and privkey.pem. Port 80 must be open, and the
/// site must serve /.well-known/acme-challenge/ from the directory.
/// </summary>
/// <param name="email">Who is told when a renewal fails.</param>
/// <param name="directory">Where the challenges are served from.</param>
Recipe CertbotCertificate(string name, string email, string directory = "/var/www/html") => new($"certbot {name}",
    new Package("certbot"),
    new File("/etc/letsencrypt/renewal-hooks/deploy/nginx.sh") { Content = "#!/bin/sh\nsystemctl reload nginx.service\n", Mode = "0755" },
    new Command($"certbot certonly --webroot --webroot-path {directory} --domain {name} --email {email} --agree-tos --non-interactive")
    {
        Creates = $"/etc/letsencrypt/live/{name}/fullchain.pem",
    },
    new SystemdUnit("certbot.timer") { Enabled = true, Running = true });
