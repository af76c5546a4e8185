namespace ConfigEngine.Lab;

/// <summary>Every resource for what should not be there, as <see cref="EverythingTests"/> does for what should.</summary>
[Collection("lab")]
public sealed class AbsenceTests(Lab lab)
{
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";

    /// <summary>How each of it comes back, and the resource that must notice.</summary>
    static readonly (string Returns, string Address)[] Drift =
    [
        ("echo 'LEFTOVER yes' >>/etc/login.defs", "no-line /etc/login.defs"),
        ("sed -i '1i LEFTOVER yes' /etc/login.defs; echo 'LEFTOVER yes' >>/etc/login.defs", "no-line /etc/login.defs"),
        ("echo '203.0.113.9 old.example.com' >>/etc/hosts", "no-line /etc/hosts"),
        ("printf '# BEGIN old\\nexport OLD=1\\n# END old\\n' >>/etc/bash.bashrc", "no-block /etc/bash.bashrc: old"),
        ("printf '<p>\\n<!-- BEGIN old -->\\nold\\n<!-- END old -->\\n</p>\\n' >/srv/page.html", "no-block /srv/page.html: old"),
        ("echo x >/srv/file", "no-path /srv/file"),
        ("mkdir -p /srv/directory/deep && touch /srv/directory/deep/file && chmod 500 /srv/directory/deep", "no-path /srv/directory"),
        ("ln -sfn /srv/kept /srv/link", "no-path /srv/link"),
        ("ln -sfn nowhere /srv/link", "no-path /srv/link"),
        ("mkfifo /srv/fifo", "no-path /srv/fifo"),
        ("echo x >\"/srv/it's a \\\"name\\\" with \\$everything\"", "no-path /srv/it's a"),
        ("mkdir -p /srv/nowhere/at/all", "no-path /srv/nowhere/at/all"),
        ("mkdir /srv/old && mount -t tmpfs none /srv/old", "no-mount /srv/old"),
        ("mkdir /srv/old && mount -t tmpfs none /srv/old && mount -t tmpfs none /srv/old", "no-mount /srv/old"),
        ("mkdir /srv/old && mount -t tmpfs none /srv/old", "no-path /srv/old"),
        ("echo 'none /srv/old tmpfs defaults 0 0' >>/etc/fstab", "no-mount /srv/old"),
        (OldUnit, "systemd-unit old.service"),
        (OldUnit, "no-path /etc/systemd/system/old.service"),
        ("apt-get install -qy cfg-demo=1.0-1", "no-package cfg-demo"),
        ("apt-get install -qy cfg-demo=1.0-1 && apt-mark hold cfg-demo", "no-package cfg-demo"),
        ("cp /srv/apt-signed/key.asc /etc/apt/keyrings/signed.asc", "no-apt-repository signed"),
        ("echo 'deb [trusted=yes] file:/srv/apt-signed stable main' >/etc/apt/sources.list.d/signed.list", "no-apt-repository signed"),
        ("ln -s nowhere /etc/apt/sources.list.d/signed.sources", "no-apt-repository signed"),
        ($"echo '{Key} ann@laptop' >>/home/deploy/.ssh/authorized_keys", "no-authorized-key deploy"),
        (
            $"printf '%s\\n' '# ann' 'from=\"198.51.100.0/24\",command=\"echo hello\" {Key}' >>/home/deploy/.ssh/authorized_keys",
            "no-authorized-key deploy"
        ),
        ("useradd -m mallory", "no-user mallory"),
        (
            $"useradd -m mallory && install -d -o mallory -m 700 /home/mallory/.ssh && echo '{Key}' >/home/mallory/.ssh/authorized_keys",
            "no-authorized-key mallory"
        ),
        ("useradd -M mallory", "no-user mallory"),
        ("useradd trent", "no-user trent"),
        ("groupadd contractors && usermod -aG contractors deploy", "no-user-group contractors"),
        ("groupadd mallory", "no-user-group mallory"),
    ];

    /// <summary>All of it, and in use: it goes in one run.</summary>
    const string AllAtOnce = $"""
        set -e
        sed -i '1i LEFTOVER yes' /etc/login.defs
        echo '203.0.113.9 old.example.com' >>/etc/hosts
        printf '# BEGIN old\nexport OLD=1\n# END old\n' >>/etc/bash.bashrc
        mkdir -p /srv/directory/deep /srv/old /srv/nowhere/at/all
        touch /srv/file /srv/directory/deep/file
        ln -s /srv/kept /srv/link
        mkfifo /srv/fifo
        mount -t tmpfs none /srv/old
        echo 'none /srv/old tmpfs defaults 0 0' >>/etc/fstab
        {OldUnit}
        cp /srv/apt-signed/key.asc /etc/apt/keyrings/signed.asc
        echo 'deb [signed-by=/etc/apt/keyrings/signed.asc] file:/srv/apt-signed stable main' >/etc/apt/sources.list.d/signed.list
        apt-get -q update
        apt-get install -qy cfg-signed cfg-demo
        useradd -m trent
        touch /home/trent/file
        useradd -m mallory
        groupadd contractors
        echo '{Key} ann@laptop' >>/home/deploy/.ssh/authorized_keys
        """;

    const string OldUnit =
        "printf '[Service]\\nExecStart=/bin/sleep infinity\\n[Install]\\nWantedBy=multi-user.target\\n' "
        + ">/etc/systemd/system/old.service && systemctl daemon-reload && systemctl enable -q --now old.service";

    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task What_should_not_be_there_goes_and_goes_again_when_it_comes_back(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        using CfgProcess cfg = new(lab.SshConfig);
        RecipeOnHost absence = new(cfg, cfg.Place("absence.csx"), host);
        await host.Sh("mkdir -p /etc/apt/keyrings /srv/kept && touch /srv/kept/file && apt-get -q update");
        await absence.IsConverged();

        await host.Sh(AllAtOnce);
        await absence.Converges();
        Assert.Empty(await absence.Overlooked(Drift));

        Assert.Equal("file", await host.Sh("ls /srv/kept"));
        Assert.Equal("<p>\n</p>", await host.Sh("cat /srv/page.html"));
        Assert.Equal("file", await host.Sh("ls /home/trent"));
        Assert.Equal("lab\n# ann", await host.Sh("sed 's/.* lab$/lab/' /home/deploy/.ssh/authorized_keys"));
        Nothing.In(await host.Sh("ls /home | grep mallory || true; getent group contractors mallory || true"));
    }
}
