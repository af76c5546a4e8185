// A library: functions that return a Recipe, and no declaration.

/// <summary>A site of nginx that passes requests on to a program on this host.</summary>
Recipe NginxSite(string name, int upstream)
{
    var nginx = new SystemdUnit("nginx.service") { Enabled = true, Running = true };
    return new($"nginx site {name}",
        new Package("nginx-light"),
        new File($"/etc/nginx/sites-available/{name}")
        {
            Content = $$"""
                server {
                    listen 80;
                    server_name {{name}};

                    location / {
                        proxy_pass http://127.0.0.1:{{upstream}};
                        proxy_set_header Host $host;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                    }
                }

                """,
            Notifies = [nginx.Reload],
        },
        new Symlink($"/etc/nginx/sites-enabled/{name}") { Target = $"../sites-available/{name}", Notifies = [nginx.Reload] },
        nginx);
}
