using System.Text.RegularExpressions;
using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Certificates of every kind, used for a handshake, broken in every way, and made again before they end.</summary>
[Collection("lab")]
public sealed class CertificateTests(Lab lab)
{
    static readonly Certificate App = new("/srv/app.crt")
    {
        Names = ["app.example.com", "*.apps.example.com", "10.0.0.7", "fe80::1"],
        SignedBy = "/etc/ssl/ca.crt",
        Lifetime = TimeSpan.FromDays(90),
        KeyGroup = "ssl",
        KeyMode = "0640",
        Mode = "0644",
        Owner = "root",
    };

    static readonly Certificate[] Certificates =
    [
        new("/etc/ssl/ca.crt") { IsAuthority = true, CommonName = "The lab (CA): 1" },
        App,
        new("/srv/rsa.crt")
        {
            Names = ["rsa.example.com"],
            KeyType = "rsa",
            KeyBits = 2048,
        },
        new("/srv/ed.crt") { Names = ["ed.example.com"], KeyType = "ed25519" },
    ];

    /// <summary>What somebody breaks on a host, and the attributes that a plan then shows.</summary>
    static readonly (string Breaks, string Seen)[] Drift =
    [
        ("chmod 644 /srv/app.key", "key-mode 0644 → 0640"),
        ("chgrp root /srv/app.key", "key-group root → ssl"),
        ("chmod 600 /srv/app.crt", "mode 0600 → 0644"),
        ("chown plain /srv/app.crt", "owner plain → root"),
        ("rm /srv/app.crt", "names (none) → [app.example.com, *.apps.example.com, 10.0.0.7, fe80::1]"),
        ("rm /srv/app.key", "key-type (none) → ecdsa"),
        ("cat /srv/rsa.key >/srv/app.key", "is-of-key false → true"),
        ("echo x >/srv/app.key", "key-type (none) → ecdsa"),
        ("echo x >/srv/app.crt", "issuer \"not a certificate\" → /etc/ssl/ca.crt"),
        (By("app.example.com", 90, "-signkey /srv/app.key", All), "issuer \"another: CN=app.example.com\" → /etc/ssl/ca.crt"),
        (By("app.example.com", 89, Authority, All), "lifetime 89d → 90d"),
        (By("app.example.com", 5, Authority, All), "lifetime 5d → 90d; ends ** → renewed"),
        (By("app.example.com", 90, Authority, "DNS:app.example.com"), "names [app.example.com] → **"),
        (By("other.example.com", 90, Authority, All), "common-name other.example.com → app.example.com"),
        (By("app.example.com", 90, Authority, $"{All}\nbasicConstraints=CA:TRUE"), "is-authority true → false"),
        ("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out /srv/rsa.key 2>/dev/null", "key-bits 3072 → 2048"),
        ("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out /srv/ed.key 2>/dev/null", "key-type rsa → ed25519"),
    ];

    const string All = "DNS:app.example.com,DNS:*.apps.example.com,IP:10.0.0.7,IP:fe80::1";

    const string Authority = "-CA /etc/ssl/ca.crt -CAkey /etc/ssl/ca.key -set_serial 7";

    /// <summary>A certificate for the key of app, made by hand.</summary>
    static string By(string name, int days, string signer, string names) =>
        $"openssl req -new -key /srv/app.key -subj '/CN={name}' -out /tmp/csr && printf 'subjectAltName={names}\\n' >/tmp/ext && "
        + $"openssl x509 -req -in /tmp/csr -days {days} -extfile /tmp/ext {signer} -out /srv/app.crt 2>/dev/null";

    [LabFact]
    public Task A_certificate_is_used_and_whatever_is_wrong_with_it_is_seen_and_repaired() =>
        Task.WhenAll(((string[])["bullseye", "trixie"]).Select(OnHost));

    async Task OnHost(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await host.Sh("groupadd ssl");

        Nothing.In((await host.Apply(Certificates)).Error);
        Assert.Empty((await host.Plan(Certificates)).Changes);
        await Shakes(host, "app", "b.apps.example.com", "/etc/ssl/ca.crt");
        await Shakes(host, "rsa", "rsa.example.com", "/srv/rsa.crt");
        await Shakes(host, "ed", "ed.example.com", "/srv/ed.crt");
        Assert.Equal("640 root ssl", await host.Sh("stat -c '%a %U %G' /srv/app.key"));

        foreach (var (breaks, seen) in Drift)
        {
            var change = await host.Repaired(breaks, Certificates);
            string[] attributes =
            [
                .. change.Attributes.Select(one => $"{one.Name} {ValueText.Full(one.Before)} → {ValueText.Full(one.After)}"),
            ];
            Assert.All(
                Regex.Escape(seen).Replace("\\*\\*", ".*", StringComparison.Ordinal).Split(";\\ "),
                one =>
                    Assert.True(attributes.Any(shown => Regex.IsMatch(shown, $"^{one}\\z")), $"{breaks}: {string.Join("; ", attributes)}")
            );
        }

        await Shakes(host, "app", "app.example.com", "/etc/ssl/ca.crt");
    }

    /// <summary>A handshake of TLS, in which the client checks the name and the authority.</summary>
    static Task<string> Shakes(LabHost host, string name, string asked, string authority) =>
        host.Sh(
            $$"""
            openssl s_server -quiet -www -accept 4443 -cert /srv/{{name}}.crt -key /srv/{{name}}.key >/dev/null 2>&1 </dev/null & server=$!
            for n in 1 2 3 4 5 6 7 8 9; do
                said=$(openssl s_client -connect 127.0.0.1:4443 -CAfile {{authority}} -verify_return_error -verify_hostname {{asked}} </dev/null 2>&1) && break
                sleep 0.2
            done
            kill $server; wait $server || :
            case $said in *'Verify return code: 0 (ok)'*) ;; *) printf '%s\n' "$said"; exit 1;; esac
            """
        );

    /// <summary>What a run writes down has no line of a key.</summary>
    [LabFact]
    public async Task No_key_is_in_a_plan_or_a_journal()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.Write("tls.csx", $"On(new Host(\"{host.Name}\"), new Certificate(\"/srv/app.crt\") {{ Names = [\"a\"] }});");

        var plan = await cfg.Run(0, "plan", recipe, "--json");
        var apply = await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        await host.Sh("echo x >/srv/app.key");
        var repair = await cfg.Run(0, "apply", recipe, "--yes", "--verbose");

        var line = (await host.Sh("cat /srv/app.key")).Split('\n')[1];
        string[] said =
        [
            plan.Stdout,
            apply.Stdout,
            apply.Stderr,
            repair.Stdout,
            repair.Stderr,
            .. System.IO.Directory.EnumerateFiles(cfg.Directory, "*", SearchOption.AllDirectories).Select(System.IO.File.ReadAllText),
        ];
        Assert.All(said, text => Assert.DoesNotContain(line, text, StringComparison.Ordinal));
    }

    [LabFact]
    public async Task A_key_stays_on_its_host_and_another_host_signs_for_it()
    {
        await using var web = await lab.StartHostAsync("bullseye");
        await using var authority = await lab.StartHostAsync("trixie");
        CertificateRequest request = new("/srv/app.csr") { Names = ["app.example.com"] };
        Certificate root = new("/etc/ssl/ca.crt") { IsAuthority = true, CommonName = "CA" };
        Certificate signed = new("/srv/app.crt")
        {
            Names = ["app.example.com", "www.example.com"],
            SignedBy = "/etc/ssl/ca.crt",
            Request = request.Pem,
        };
        Catalog Both()
        {
            Catalog catalog = new();
            Dsl dsl = new(catalog, new NoLocalFiles());
            dsl.On(new Host(authority.Name), root, signed);
            dsl.On(new Host(web.Name), request);
            dsl.On(
                new Host(web.Name),
                new Resources.File("/srv/app.crt") { Content = $"{signed.Pem}" },
                new Resources.File("/srv/ca.crt") { Content = $"{root.Pem}" },
                new Resources.File("/srv/fingerprint") { Content = $"{signed.Fingerprint}" }
            );
            return catalog;
        }

        var first = await Rig.Apply(lab.SshConfig, Both());
        Assert.Empty(first.Hosts.SelectMany(host => host.Errors).Select(error => error.Message));
        await Shakes(web, "app", "www.example.com", "/srv/ca.crt");
        Assert.Equal("gone", await authority.Sh("ls /srv/*.key 2>/dev/null || echo gone"));
        var second = await Rig.Apply(lab.SshConfig, Both());
        Assert.Empty(second.Hosts.SelectMany(host => host.Changes.Select(change => $"{change}")));

        // A new key there, and all the rest follows in one run.
        var before = await web.ReadFile("/srv/fingerprint");
        await web.Sh("rm /srv/app.key");
        var third = await Rig.Apply(lab.SshConfig, Both());
        Assert.Empty(third.Hosts.SelectMany(host => host.Errors).Select(error => error.Message));
        await Shakes(web, "app", "app.example.com", "/srv/ca.crt");
        Assert.NotEqual(before, await web.ReadFile("/srv/fingerprint"));
        Assert.Empty((await Rig.Apply(lab.SshConfig, Both())).Hosts.SelectMany(host => host.Changes.Select(change => $"{change}")));
    }
}
