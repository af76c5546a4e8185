using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>A reverse proxy, from nothing: it is used, a broken site is refused, and what somebody changes is repaired.</summary>
[Collection("lab")]
public sealed class NginxTests(Lab lab)
{
    /// <summary>A program that answers with the path and the headers that it gets.</summary>
    const string Program = """
        cat >/srv/program.py <<'END'
        import http.server
        class Echo(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200); self.end_headers()
                self.wfile.write(f"{self.path} {self.headers['X-Real-IP']} {self.headers['Host']}\n".encode())
        http.server.HTTPServer(("127.0.0.1", 8080), Echo).serve_forever()
        END
        mkdir -p /srv/app; echo page >/srv/app/index.html; echo file >/srv/app/file.txt
        apt-get -q update && apt-get -q install -y curl python3
        systemd-run --unit=program python3 /srv/program.py
        """;

    const string Curl =
        "curl -sS --max-time 10 --cacert /etc/ssl/ca.crt --resolve app.example.com:443:127.0.0.1 --resolve app.example.com:80:127.0.0.1";

    [LabFact]
    public Task A_reverse_proxy_serves_and_a_broken_site_is_refused() => Task.WhenAll(((string[])["bookworm", "trixie"]).Select(OnHost));

    async Task OnHost(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        using CfgProcess cfg = new(lab.SshConfig);
        await host.Sh(Program);
        var recipe = cfg.PlaceOfHouse("reverse-proxy", text => text.Replace("web1", host.Name, StringComparison.Ordinal));

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        await IsServed();
        Assert.Equal(
            "301 https://app.example.com/x",
            await host.Sh($"{Curl} -o /dev/null -w '%{{http_code}} %{{redirect_url}}' http://app.example.com/x")
        );

        // A site that is wrong, by itself or beside the others, is refused, and the old one goes on.
        var before = await host.Sh("cat /etc/nginx/sites-available/app.example.com");
        foreach (
            var wrong in (string[])
                [
                    """new NginxSite("app.example.com") { Directives = ["no_such_word on;"] }""",
                    """new NginxSite("other") { Content = "upstream a { server 127.0.0.1:1; }\nupstream a { server 127.0.0.1:1; }\n" }""",
                    """new NginxSite("other") { Certificate = "/srv/none.crt", Root = "/srv" }""",
                ]
        )
        {
            var broken = cfg.Write("broken.csx", $"On(new Host(\"{host.Name}\"), {wrong});");
            var refused = await cfg.Run(1, "apply", broken, "--yes");
            Assert.Contains("is not valid; ", refused.Stdout, StringComparison.Ordinal);
            Assert.Contains("nginx:", refused.Stdout, StringComparison.Ordinal);
        }

        Assert.Equal(before, await host.Sh("cat /etc/nginx/sites-available/app.example.com"));
        Assert.Equal("none", await host.Sh("ls /etc/nginx/sites-*/other 2>/dev/null || echo none"));
        await host.Sh("nginx -t -q && systemctl reload nginx");
        await IsServed();

        // What somebody changes by hand.
        foreach (
            var (breaks, attributes) in ((string, string[])[])
                [
                    (
                        "cd /etc/nginx/sites-available; sed -i 's/300s/1s/' app*; chmod 666 app*; chown plain:plain app*",
                        ["content", "owner", "group", "mode"]
                    ),
                    ("ln -sfn /dev/null /etc/nginx/sites-enabled/app.example.com", ["enabled"]),
                    ("rm /etc/nginx/sites-*/app.example.com", ["content", "owner", "group", "mode", "enabled"]),
                ]
        )
        {
            await host.Sh(breaks);
            var change = Assert.Single(CfgProcess.Changes(await cfg.Run(0, "plan", recipe, "--json")));
            Assert.Equal("nginx-site app.example.com", CfgProcess.Named(change));
            Assert.Equal(attributes, change.GetProperty("attributes").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
            await cfg.Run(0, "apply", recipe, "--yes");
        }

        await cfg.Run(0, "plan", recipe, "--exit-code");
        await IsServed();

        // A certificate that ends soon is made again, and nginx serves the new one.
        var serial = await Serial();
        await host.Sh(
            "openssl req -new -key /etc/ssl/app.key -subj /CN=app.example.com -out /tmp/csr "
                + "&& echo subjectAltName=DNS:app.example.com >/tmp/ext "
                + "&& openssl x509 -req -in /tmp/csr -days 3 -extfile /tmp/ext -CA /etc/ssl/ca.crt -CAkey /etc/ssl/ca.key -set_serial 7 "
                + "-out /etc/ssl/app.crt 2>/dev/null && systemctl reload nginx"
        );
        await host.Until($"{SerialScript} | grep -q =07");
        await cfg.Run(0, "apply", recipe, "--yes");
        await host.Until($"! {SerialScript} | grep -q =07");
        Assert.NotEqual(serial, await Serial());
        await IsServed();

        var gone = cfg.Write("gone.csx", $"On(new Host(\"{host.Name}\"), new NoNginxSite(\"app.example.com\"));");
        await cfg.Run(0, "apply", gone, "--yes");
        await cfg.Run(0, "plan", gone, "--exit-code");
        Assert.Equal("none", await host.Sh("ls -d /etc/nginx/sites-*/app.example.com 2>/dev/null || echo none"));

        // nginx of others has no sites-available.
        await host.Sh("rm -r /etc/nginx/sites-available /etc/nginx/sites-enabled");
        NginxSite plain = new("plain") { Listen = ["127.0.0.1:8081"], Locations = [new("/") { Directives = ["return 204;"] }] };
        Nothing.In((await host.Apply(plain)).Error);
        Assert.Empty((await host.Plan(plain)).Changes);
        await host.Sh("systemctl restart nginx");
        Assert.Equal("204", await host.Sh("curl -sS -o /dev/null -w '%{http_code}' http://127.0.0.1:8081/"));
        Nothing.In((await host.Apply(new NoNginxSite("plain"))).Error);
        Assert.Empty((await host.Plan(new NoNginxSite("plain"))).Changes);

        async Task IsServed()
        {
            await host.Until(
                $"{Curl} https://app.example.com/api/users?a=b | grep -qxF '/users?a=b 127.0.0.1 app.example.com'",
                instead: "journalctl -n 20 -u nginx"
            );
            Assert.Equal("page", await host.Sh($"{Curl} https://app.example.com/deep/link"));
            Assert.Equal("file", await host.Sh($"{Curl} https://app.example.com/file.txt"));
        }

        Task<string> Serial() => host.Sh(SerialScript);
    }

    const string SerialScript =
        "openssl s_client -connect 127.0.0.1:443 -servername app.example.com </dev/null 2>/dev/null | openssl x509 -noout -serial";
}
